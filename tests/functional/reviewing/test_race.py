"""Two trainers at the same moment, on whichever database the suite runs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from courses.models import Completion, Notice, Review, ReviewDraft, Submission
from courses.vocabulary import Role, SubmissionState
from tests.conftest import token_from
from tests.factories import make_enrollment, make_role, make_submission, make_user


@pytest.fixture
def trainers(app, session, login, cohort):
    """Return name → a browser in which that trainer is logged in."""

    def make(*names):
        people = [
            make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name=name))
            for name in names
        ]
        return {one.name: login(one, on=app.test_client()) for one in people}

    return make


def at_once(browsers, path, fields):
    """Post from every browser at the same moment; return name → answer."""
    barrier = Barrier(len(browsers))
    tokens = {name: token_from(browser) for name, browser in browsers.items()}

    def press(name):
        barrier.wait()
        data = fields | {"csrf_token": tokens[name], "idem": f"race-{name}"}
        return browsers[name].post(path, data=data)

    with ThreadPoolExecutor(len(browsers)) as pool:
        return dict(zip(browsers, pool.map(press, browsers), strict=True))


@pytest.mark.parametrize("attempt", range(3))
def test_two_answers_at_once_become_one_and_the_other_text_is_kept(
    session, trainers, post, cohort, own, attempt
):
    person = make_enrollment(session, cohort)
    submission = make_submission(session, cohort, person, own, SubmissionState.IN_REVIEW)
    browsers = trainers("Anna", "Bertil")
    levels = {f"level-{c.id}": "approved" for c in own.criteria}
    for name, browser in browsers.items():
        post(f"/granska/{submission.id}", on=browser, data=levels | {
            "overall": f"{name}s ord", "outcome": "approve", "round": 1, "v": 0, "do": "save"})
    row = session.get_one(Submission, submission.id)
    session.refresh(row)
    row.claimed_by = row.claimed_until = None  # the first one's half hour is over
    session.commit()

    answers = at_once(browsers, f"/granska/{submission.id}/skicka", {"round": 1, "v": 1})

    places = {name: answer.location for name, answer in answers.items()}
    winner = next(n for n, p in places.items() if p == f"/granska/{submission.id}/klart")
    loser = next(n for n in places if n != winner)
    assert places[loser] == f"/granska/{submission.id}/krock/1"
    review = session.scalars(select(Review)).one()
    assert review.overall == f"{winner}s ord"
    assert session.scalars(select(ReviewDraft)).one().content["overall"] == f"{loser}s ord"
    assert session.scalars(select(Completion.enrollment_id)).all() == [person.id]
    assert len(session.scalars(select(Notice)).all()) == 1
    page = browsers[loser].get(places[loser])
    assert page.status_code == 409
    assert f"{winner} skickade återkoppling" in page.text
    assert f"{loser}s ord" in page.text


def test_all_who_ask_for_the_next_at_once_get_one_each(session, trainers, cohort, own):
    waiting = [
        make_submission(session, cohort, make_enrollment(session, cohort), own) for _ in range(4)
    ]
    browsers = trainers("Anna", "Bertil", "Cecilia", "David")

    answers = at_once(browsers, "/granska/nasta", {})

    assert sorted(a.location for a in answers.values()) == sorted(
        f"/granska/{one.id}" for one in waiting
    )


def test_one_text_begun_by_two_at_once_is_in_one_pair_of_hands(session, trainers, cohort, own):
    submission = make_submission(session, cohort, make_enrollment(session, cohort), own)
    browsers = trainers("Anna", "Bertil")

    answers = at_once(browsers, f"/granska/{submission.id}/borja", {})

    assert sorted(a.status_code for a in answers.values()) == [303, 409]
