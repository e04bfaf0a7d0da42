"""The pages that tell of a promise stay within the statements of a page."""

import pytest

from courses.models import User

MOST = 8


@pytest.mark.parametrize("path", ["/granska/{id}/svarsdag", "/granska/bild/{cohort}/{item}"])
def test_the_trainers_pages(client, login, cohort, anna, own, submission, path, count_statements):
    login(anna)
    with count_statements() as statements:
        answer = client.get(path.format(id=submission.id, cohort=cohort.id, item=own.id))

    assert answer.status_code == 200
    assert len(statements) <= MOST


@pytest.mark.parametrize("path", ["/uppgift/{slug}", "/uppgift/{slug}/kvitto"])
def test_the_participants_pages(
    client, session, login, karin, own, submission, path, count_statements
):
    login(session.get_one(User, karin.user_id))
    with count_statements() as statements:
        answer = client.get(path.format(slug=own.slug))

    assert answer.status_code == 200
    assert len(statements) <= MOST
