"""Stopped words that were copied before the stop: in a team's draft, a shown version, its plan."""

import pytest

from courses.models import RoleAssignment
from courses.rules.secrecy import Passage
from courses.services import secrecy_steps as steps
from courses.services.joint_sections import save_section
from courses.vocabulary import Role, SubmissionState
from tests.cast import make_cast
from tests.factories import LONG_AGO, make_enrollment, make_submission, user_of
from tests.planning import PARTS, approve, mark_in
from tests.reviewing import NOON
from tests.stopping import WORDS, stop_round
from tests.teamwork import make_shown
from tests.writing_together import work_of


@pytest.fixture
def cast(session, course):
    cast = make_cast(session, course)
    session.commit()
    return cast


@pytest.fixture
def nora(cast, login, app):
    return login(cast.people["nora"], on=app.test_client())


def stop(session, course, cast, submission, section):
    """Stop its latest round, the officer taking over."""
    found = stop_round(
        session, submission, course, by=cast.people["trainer"], number=submission.round,
        passages=[Passage(section=section, text=WORDS)],
    )
    steps.take_over(session, found, actor_id=cast.people["secrecy officer"].id, now=NOON)
    session.commit()
    return found


def first_text(assignment):
    return next(one.id for one in assignment.sections if one.kind == "text")


@pytest.fixture
def joint(session, course, cast):
    """A joint text that holds the words, and no draft beside it."""
    assignment = course.items["GU5"]
    section = first_text(assignment)
    submission = make_submission(
        session, cast.cohort, cast.team, assignment, SubmissionState.RETURNED,
        answers={section: WORDS, "annat": "Kvar."}, submitted_by=cast.people["nora"],
    )
    session.commit()
    return submission, assignment, section


def test_what_is_in_the_diary_does_not_come_back_as_a_draft(session, course, cast, nora, joint):
    submission, assignment, section = joint
    page = f"/team/{cast.team.id}/uppgift/{assignment.slug}/avsnitt/{section}"
    found = stop(session, course, cast, submission, section)
    before = nora.get(page).get_data(as_text=True)
    steps.move_to_diary(
        session, found, number="1234-2026", on=NOON.date(),
        actor_id=cast.people["secrecy officer"].id, now=NOON,
    )
    session.commit()

    assert WORDS in before
    assert WORDS not in nora.get(page).get_data(as_text=True)

    other = [one.id for one in assignment.sections if one.kind == "text"][1]
    work = work_of(cast.enrollment, cast.team, course, assignment)
    save_section(session, work, other, "Skrivet nu.", version=0)
    session.commit()
    assert WORDS not in nora.get(page).get_data(as_text=True)


def test_a_version_that_was_shown_is_read_without_the_words(
    session, course, cast, login, app, joint
):
    submission, assignment, section = joint
    shown = make_shown(
        session, cast.team, assignment, by=cast.people["nora"], course=course,
        answers={section: f"Först. {WORDS}"},
    )
    newcomer = make_enrollment(session, cast.cohort, team=cast.team)
    session.commit()
    browser = login(user_of(session, newcomer), on=app.test_client())
    page = f"/team/{cast.team.id}/uppgift/{assignment.slug}/visade/{shown.id}"
    assert WORDS in browser.get(page).get_data(as_text=True)

    stop(session, course, cast, submission, section)

    after = browser.get(page).get_data(as_text=True)
    assert WORDS not in after
    assert "Först." in after


@pytest.fixture
def plan(session, course, cast, nora, post):
    """A plan whose chapter has the words, though the round it was edited from has been replaced:
    no source of its editions is a text that holds them."""
    approve(session, cast.cohort, cast.team, course, *PARTS, by=cast.people["nora"])
    session.commit()
    path = f"/team/{cast.team.id}/plan"
    post(f"{path}/kapitel/lage", {"v": 0, "a-GU8-lage": f"Först. {WORDS}"}, on=nora)
    return path


def issue(nora, post, path):
    page = nora.get(f"{path}/ge-ut").get_data(as_text=True)
    data = {"mark": mark_in(page), "attest": "1", "checked": "1", "language": "sv"}
    return post(f"{path}/ge-ut", data, on=nora)


def test_an_edition_with_stopped_words_is_kept_from_others_wherever_they_came_from(
    session, course, cast, nora, post, plan, login, app, joint_elsewhere
):
    assert issue(nora, post, plan).status_code == 303
    coordinator = login(cast.people["coordinator of Norr"], on=app.test_client())
    assert coordinator.get(f"{plan}/upplaga/1/plan.pdf").status_code == 200

    stop(session, course, cast, *joint_elsewhere)

    assert coordinator.get(f"{plan}/upplaga/1/plan.pdf").status_code == 404
    assert coordinator.get(f"{plan}/upplaga/1/plan.docx").status_code == 404


def test_a_coordinator_who_trains_the_cohort_is_none_of_the_writers(
    session, course, cast, nora, post, plan, login, app, joint_elsewhere
):
    coordinator = cast.people["coordinator of Norr"]
    session.add(
        RoleAssignment(
            user_id=coordinator.id, role=Role.TRAINER, cohort_id=cast.cohort.id,
            granted_at=LONG_AGO,
        )
    )
    assert issue(nora, post, plan).status_code == 303
    stop(session, course, cast, *joint_elsewhere)
    browser = login(coordinator, on=app.test_client())

    assert browser.get(plan).status_code == 200
    assert browser.get(f"{plan}/upplaga/1/plan.pdf").status_code == 404
    assert f"{plan}/upplaga/1/plan.pdf" not in browser.get(plan).get_data(as_text=True)


def test_no_plan_is_issued_while_stopped_words_stand_in_it(
    session, course, cast, nora, post, plan, joint_elsewhere
):
    stop(session, course, cast, *joint_elsewhere)

    answer = issue(nora, post, plan)

    assert answer.status_code == 422
    assert "står ord kvar som stoppades" in answer.get_data(as_text=True)
    post(
        f"{plan}/kapitel/lage", {"v": 1, "a-GU8-lage": "Utan dem.", "settle": "mine"}, on=nora
    )
    assert issue(nora, post, plan).status_code == 303


@pytest.fixture
def joint_elsewhere(course, cast):
    """The team's text in an assignment of which no chapter is made."""
    assert cast.joint.assignment_id not in PARTS
    return cast.joint, first_text(course.items[cast.joint.assignment_id])
