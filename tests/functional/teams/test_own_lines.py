"""One's own part in joint work: a line of one's own, counted apart, nobody else's to write."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from courses.models import Completion, ContributionLine
from courses.vocabulary import OrganizationKind, Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_submission,
    user_of,
)

LINE = "Tog fram skolans siffror."


def body(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def gu4(course):
    return course.items["GU4"]


@pytest.fixture
def handed_in(trio, session, gu4):
    submission = make_submission(session, trio.cohort, trio.team, gu4)
    session.commit()
    return submission


@pytest.fixture
def path(trio, gu4):
    return f"/team/{trio.team.id}/uppgift/{gu4.slug}"


def parts(session, enrollment):
    session.commit()
    return session.scalars(
        select(Completion.item_id).where(Completion.enrollment_id == enrollment.id)
    ).all()


def test_a_line_counts_for_who_wrote_it_and_for_nobody_else(
    trio, session, as_, post, path, handed_in
):
    anders = as_(trio.user(trio.anders))
    before = body(anders.get(f"/team/{trio.team.id}"))

    answer = post(f"{path}/min-rad", {"line": LINE}, on=anders)

    assert f"{path}/min-rad" in before
    assert answer.status_code == 303
    assert "GU4.bidrag" in parts(session, trio.anders)
    assert "GU4.bidrag" not in parts(session, trio.yngve)
    assert LINE in body(as_(trio.user(trio.yngve)).get(path))
    assert f"{path}/min-rad" not in body(anders.get(f"/team/{trio.team.id}"))


def test_it_stays_as_it_was_written(trio, session, as_, post, path, handed_in):
    anders = as_(trio.user(trio.anders))
    post(f"{path}/min-rad", {"line": LINE}, on=anders)

    again = post(f"{path}/min-rad", {"line": "Något annat."}, on=anders)

    assert again.status_code == 409
    assert session.scalars(select(ContributionLine.line)).all() == [LINE]
    with pytest.raises((DatabaseError, IntegrityError), match="frozen"):
        session.execute(text("UPDATE contribution_line SET line = 'x'"))
    session.rollback()
    assert LINE in body(anders.get(f"{path}/min-rad"))


def test_before_the_hand_in_there_is_nothing_to_write_about(trio, session, as_, post, path):
    anders = as_(trio.user(trio.anders))

    assert anders.get(f"{path}/min-rad").status_code == 303
    post(f"{path}/min-rad", {"line": LINE}, on=anders)
    assert session.scalar(select(func.count(ContributionLine.id))) == 0


def test_an_empty_line_is_none_and_a_name_is_asked_about(
    trio, session, as_, post, path, handed_in
):
    anders = as_(trio.user(trio.anders))
    empty = post(f"{path}/min-rad", {"line": " "}, on=anders)
    named = post(f"{path}/min-rad", {"line": "Ringde Lena Berg på 070-123 45 67."}, on=anders)
    number = post(
        f"{path}/min-rad", {"line": "Om 19811228-9874.", "checked": "1"}, on=anders
    )

    assert [one.status_code for one in (empty, named, number)] == [422] * 3
    assert "Ringde Lena Berg" in body(named)
    checked = {"line": "Ringde Lena Berg på 070-123 45 67.", "checked": "1"}
    assert post(f"{path}/min-rad", checked, on=anders).status_code == 303


def test_who_came_after_the_hand_in_had_no_part_in_it(trio, session, as_, post, path, handed_in):
    late = make_enrollment(session, trio.cohort, team=trio.team)
    session.commit()

    post(f"{path}/min-rad", {"line": LINE}, on=as_(trio.user(late)))

    assert session.scalar(select(func.count(ContributionLine.id))) == 0


def test_who_has_left_the_team_writes_of_what_they_did(trio, session, as_, post, path, handed_in):
    session.execute(text(
        f"UPDATE team_member SET left_on = '2026-11-05' WHERE enrollment_id = {trio.anders.id}"
    ))
    session.commit()

    answer = post(f"{path}/min-rad", {"line": LINE}, on=as_(trio.user(trio.anders)))

    assert answer.status_code == 303
    assert "GU4.bidrag" in parts(session, trio.anders)


def test_the_coordinator_learns_no_more_than_that_it_is_done(
    trio, session, as_, post, path, handed_in
):
    post(f"{path}/min-rad", {"line": LINE}, on=as_(trio.user(trio.anders)))
    county = as_(make_role(session, Role.COORDINATOR))

    page = body(county.get(f"/samordna/deltagare/{trio.anders.id}"))

    assert LINE not in page
    assert "Eget bidrag" in page
    assert LINE not in body(county.get(f"/samordna/team/{trio.team.id}"))


def test_somebody_alone_does_joint_work_and_has_a_part_in_it(session, course, as_, post, gu4):
    cohort = make_cohort(session, course)
    town = make_organization(session, name="Ensamby", kind=OrganizationKind.MUNICIPALITY)
    alone = make_enrollment(session, cohort, organization_id=town.id)
    make_submission(session, cohort, alone, gu4, SubmissionState.APPROVED)
    session.commit()
    client = as_(user_of(session, alone))

    page = body(client.get("/mitt-team"))
    answer = post(f"/uppgift/{gu4.slug}/min-rad", {"line": LINE}, on=client)
    shown = post(f"/uppgift/{gu4.slug}/visa-for-teamen", {"do": "show"}, on=client)

    assert "Du gör de gemensamma uppgifterna för Ensamby" in page
    assert "två–tre funktioner" in page
    assert answer.status_code == 303
    assert "GU4.bidrag" in parts(session, alone)
    assert "Ensamby" in body(client.get(shown.location))
