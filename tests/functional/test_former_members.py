"""Whoever has left a team keeps reading what was handed in with them in it, and nothing else."""

from datetime import date

import pytest
from sqlalchemy import select

from courses.models import Draft, SubmissionRound, TeamMember
from courses.vocabulary import SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_organization,
    make_submission,
    make_team,
    make_user,
    user_of,
)


@pytest.fixture
def joint(course):
    return next(one for one in course.assignments if one.is_joint)


@pytest.fixture
def world(session, course, joint):
    """A team whose first round Anna was in; the second was handed in after she had left."""
    norr = make_organization(session, name="Norr")
    cohort = make_cohort(session, course)
    team = make_team(session, cohort, name="Norr", organization_id=norr.id)
    anna = make_enrollment(session, cohort, team=team, user=make_user(session, name="Anna"))
    bo = make_enrollment(session, cohort, team=team, user=make_user(session, name="Bo"))
    team.holder_id = bo.id
    work = make_submission(session, cohort, team, joint, SubmissionState.SUBMITTED)
    row = session.get_one(TeamMember, (team.id, anna.id))
    row.left_on = date(2026, 11, 1)
    anna.home_team_id = None
    second = session.scalars(
        select(SubmissionRound).where(SubmissionRound.submission_id == work.id)
    ).one()
    later = SubmissionRound(
        **{
            column.name: getattr(second, column.name)
            for column in SubmissionRound.__table__.columns
            if column.name not in ("id", "number", "reference", "members")
        },
        number=2, reference="GU1-NOR-0001 v2",
        members=[one for one in second.members if one["enrollment_id"] != anna.id],
    )
    session.add(later)
    work.round = 2
    session.add(
        Draft(
            team_id=team.id, assignment_id=joint.id, answers=second.answers, version=1,
            updated_at=second.submitted_at, updated_by=bo.user_id,
        )
    )
    session.commit()
    return user_of(session, anna), f"/team/{team.id}/uppgift/{joint.slug}"


def test_the_versions_with_oneself_in_them_stay(client, login, world):
    anna, address = world
    login(anna)
    page = client.get(f"{address}/versioner").text
    assert "Version 1" in page
    assert "Version 2" not in page
    assert "Du har lämnat Norr" in page
    first = client.get(f"{address}/versioner/1")
    assert first.status_code == 200
    assert "Anna" in first.text


@pytest.mark.parametrize(
    "rest,status",
    [
        ("", 403), ("/skriv", 403), ("/kontrollera", 403), ("/filer", 403),
        ("/versioner/2", 404), ("/versioner/2/filer/1", 404),
    ],
)
def test_what_came_later_and_the_draft_are_no_longer_theirs(client, login, world, rest, status):
    anna, address = world
    login(anna)
    assert client.get(address + rest).status_code == status


def test_the_receipt_leads_to_the_versions(client, login, world):
    anna, address = world
    login(anna)
    assert client.get(f"{address}/kvitto").headers["Location"].endswith("/versioner")
