import json

import pytest
from sqlalchemy import func, select

from courses.models import Certificate, Enrollment, Submission, User
from courses.services.progress import derive
from courses.vocabulary import SubmissionState


@pytest.fixture
def flask(app):
    runner = app.test_cli_runner()

    def run(*arguments):
        return runner.invoke(args=arguments)

    return run


def test_a_second_load_gives_the_same_answer(flask, session):
    first = flask("demo", "load", "--json")
    people = session.scalar(select(func.count(User.id)))
    session.rollback()
    second = flask("demo", "load", "--json")

    assert first.exit_code == second.exit_code == 0
    assert json.loads(first.output) == json.loads(second.output)
    assert session.scalar(select(func.count(User.id))) == people > 30


def test_it_refuses_a_database_that_holds_other_people(flask, session):
    from tests.factories import make_user

    make_user(session)
    session.commit()

    answer = flask("demo", "load")

    assert answer.exit_code == 1
    assert "redan personer" in answer.output


def test_every_state_can_be_seen(flask, session):
    flask("demo", "load")

    assert set(session.scalars(select(Submission.state))) == {
        SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW, SubmissionState.RETURNED,
        SubmissionState.APPROVED,
    }


def test_what_is_derived_agrees_with_the_events(flask, session, course):
    flask("demo", "load")

    assert derive(session, session.scalars(select(Enrollment)).all(), course) == 0


def test_the_certificate_of_the_demonstration_is_a_real_pdf(flask, session):
    flask("demo", "load")

    certificate = session.scalars(select(Certificate)).first()

    assert certificate.pdf.startswith(b"%PDF-")


def test_every_account_logs_in_with_address_and_password(flask, client, post):
    accounts = json.loads(flask("demo", "load", "--json").output)["accounts"]

    for account in accounts:
        answer = post("/logga-in", {"email": account["email"], "password": account["password"]})
        assert answer.status_code == 303, account
        post("/logga-ut")


def test_a_synthetic_cohort_of_any_size(flask, session):
    answer = flask("synthetic", "load", "--municipalities", "3", "--participants", "50", "--json")

    assert json.loads(answer.output)["paths"]
    assert session.scalar(select(func.count(Enrollment.id))) == 50
