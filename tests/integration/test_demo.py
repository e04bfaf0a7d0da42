import json
import tomllib
from datetime import date

import pytest
from sqlalchemy import func, select

from app import clock
from app.demo.texts import FOLDER, WRITTEN_FOR, answers, returned
from courses.models import (
    Certificate,
    Cohort,
    Draft,
    Enrollment,
    JointSection,
    Review,
    Submission,
    SubmissionRound,
    User,
)
from courses.services.progress import derive
from courses.services.submissions import HandIn, refuse_unfit
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
        SubmissionState.APPROVED, SubmissionState.ON_HOLD,
        SubmissionState.DRAFT,  # more time was given
    }


def test_one_cohort_is_under_way_and_the_other_has_ended(flask, session):
    flask("demo", "load")
    today = clock.today()

    under_way, ended = session.scalars(select(Cohort).order_by(Cohort.starts_on.desc()))

    assert under_way.starts_on < today < under_way.ends_on
    assert ended.ends_on < today


def test_things_happen_in_their_order(flask, session):
    flask("demo", "load")

    for draft, submission, review in session.execute(
        select(Draft, Submission, Review)
        .join(
            Submission,
            (Submission.assignment_id == Draft.assignment_id)
            & (
                (Submission.enrollment_id == Draft.enrollment_id)
                | (Submission.team_id == Draft.team_id)
            ),
        )
        .join(SubmissionRound, SubmissionRound.submission_id == Submission.id)
        .join(Review, Review.round_id == SubmissionRound.id)
    ):
        assert submission.submitted_at < review.created_at < draft.updated_at
        assert submission.due_on >= clock.today()


def test_a_section_is_to_be_written_before_the_whole_is_handed_in(flask, session):
    flask("demo", "load")
    days = session.execute(
        select(JointSection.due_on, Submission.due_on).join(
            Submission,
            (Submission.team_id == JointSection.team_id)
            & (Submission.assignment_id == JointSection.assignment_id),
        ).where(JointSection.due_on.is_not(None))
    ).all()

    assert days
    assert all(section <= whole for section, whole in days)


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


def test_there_is_a_file_of_answers_for_each_assignment_that_is_handed_in(course):
    written = {file.stem.upper() for file in FOLDER.glob("*.toml")}

    assert {one.id for one in course.assignments if one.is_handed_in} == written


@pytest.mark.parametrize("variant", [{}, {"returned": True}, {"regional": True}])
def test_what_the_invented_people_have_written_could_be_handed_in(course, variant):
    unasked = HandIn(version=1, has_attested=True, has_checked=False)

    for assignment in course.assignments:
        given = answers(assignment, WRITTEN_FOR, **variant)

        refuse_unfit(course, assignment, given, unasked)  # not even a passage to ask about


@pytest.mark.parametrize("variant", [{}, {"returned": True}, {"regional": True}])
def test_what_the_invented_people_have_written_fits_the_form(course, variant):
    for assignment in course.assignments:
        given = answers(assignment, WRITTEN_FOR, **variant)
        assert set(given) <= {section.id for section in assignment.sections}, assignment.id

        for section in assignment.sections:
            value = given.get(section.id)
            where = f"{assignment.id} {section.id}"
            if section.kind == "choice" and value:
                assert value in section.options, where
            if section.kind == "rows" and value:
                assert section.min_rows <= len(value) <= section.max_rows, where
                assert all(_fits(row, section) for row in value), where


def _fits(row, section):
    fields = {field.id: field for field in section.fields}
    return row.keys() <= fields.keys() and all(
        text in fields[name].options for name, text in row.items() if fields[name].kind == "choice"
    )


def test_every_answer_of_the_files_belongs_to_a_section(course):
    for assignment in course.assignments:
        file = FOLDER / f"{assignment.id.lower()}.toml"
        if not file.exists():
            continue
        written = tomllib.loads(file.read_text("utf-8"))
        sections = {section.id for section in assignment.sections}

        assert written["sections"].keys() <= sections, assignment.id
        assert written["returned"]["sections"].keys() <= written["sections"].keys(), assignment.id
        assert written.get("regional", {}).get("sections", {}).keys() <= sections, assignment.id
        assert written["approved"]["overall"], assignment.id


def test_what_is_returned_names_a_criterion_and_concerns_what_was_lacking(course):
    for assignment in course.assignments:
        if assignment.is_handed_in:
            criterion, comment, overall = returned(assignment)
            named = next(one for one in assignment.criteria if one.id == criterion)
            first = answers(assignment, WRITTEN_FOR, returned=True)
            whole = answers(assignment, WRITTEN_FOR)

            assert comment
            assert overall
            assert any(first[one] != whole[one] for one in named.sections if one in whole)


def test_dates_follow_the_beginning_of_the_cohort(course):
    assignment = next(one for one in course.assignments if one.id == "U3")

    assert answers(assignment, date(2026, 9, 14))["dag"] == "2026-11-24"
