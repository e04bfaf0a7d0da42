"""Trainers read what each member did for a joint text, on the page and on paper."""

import re

import pytest
from sqlalchemy import inspect, select

from courses.models import ContributionLine, RoundSource, SecrecyStop, SubmissionRound, TeamMember
from courses.vocabulary import OrganizationKind, Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_submission,
    make_team,
    make_user,
    user_of,
)
from tests.reviewing import NOON

LINE = "Jag tog fram statistiken och skrev ihop den."


@pytest.fixture
def police(session):
    return make_organization(session, kind=OrganizationKind.POLICE, name="Polisregion Nord")


@pytest.fixture
def handed_in(session, cohort, joint, police):
    """By Olle, who has said what he did, and Siv at the police, whose contribution stands in two
    sections beside that of Moa, who had left."""
    team = make_team(session, cohort, name="Team Granåsa")
    olle = make_enrollment(session, cohort, team=team, user=make_user(session, name="Olle"))
    siv = make_enrollment(
        session, cohort, team=team, user=make_user(session, name="Siv"),
        organization_id=police.id,
    )
    moa = make_enrollment(session, cohort, team=team, user=make_user(session, name="Moa"))
    session.get_one(TeamMember, (team.id, moa.id)).left_on = NOON.date()
    submission = make_submission(session, cohort, team, joint)
    round_ = session.scalars(select(SubmissionRound)).one()
    first, second = joint.sections[:2]
    session.add_all([
        ContributionLine(round_id=round_.id, enrollment_id=olle.id, line=LINE, written_at=NOON),
        RoundSource(round_id=round_.id, sources=[
            {"section_id": first.id, "enrollment_id": siv.id, "name": "Siv"},
            {"section_id": second.id, "enrollment_id": siv.id, "name": "Siv"},
            {"section_id": second.id, "enrollment_id": moa.id, "name": "Moa"},
        ]),
    ])
    session.commit()
    return submission, {"Olle": olle, "Siv": siv, "Moa": moa}


def lines_of(page):
    """The list of who did what, as text."""
    found = re.findall(r"<li><b>.*?</li>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in found]


@pytest.mark.parametrize("path", ["/granska/{id}", "/granska/skriv-ut"])
def test_each_with_authority_line_and_sections(client, login, anna, joint, handed_in, path):
    login(anna)

    page = client.get(path.format(id=handed_in[0].id)).text
    olle, siv, moa = lines_of(page)

    assert "Har inte skrivit något om sin del: Siv." in page
    assert olle.startswith("Olle (")
    assert LINE in olle
    both = f"{joint.sections[0].label}, {joint.sections[1].label}"
    assert siv == f"Siv (Polisregion Nord): Bidrag i: {both}."
    assert moa.startswith("Moa (")
    assert "hade lämnat teamet" in moa
    assert f"Bidrag i: {joint.sections[1].label}." in moa


@pytest.mark.parametrize("path", ["/granska/{id}", "/granska/skriv-ut"])
def test_protected_people_stand_under_the_name_that_others_read(
    client, session, login, anna, handed_in, path
):
    submission, people = handed_in
    for name in ("Siv", "Moa"):
        user_of(session, people[name]).alias = f"{name}s alias"
    session.commit()
    login(anna)

    _olle, siv, moa = lines_of(client.get(path.format(id=submission.id)).text)

    assert siv.startswith("Sivs alias (")
    assert moa.startswith("Moas alias (")


@pytest.mark.parametrize("path", ["/granska/{id}", "/granska/skriv-ut"])
def test_words_of_an_earlier_version_that_were_stopped_stand_in_no_line(
    client, session, login, anna, joint, handed_in, path
):
    submission, _people = handed_in
    now = session.scalars(select(SubmissionRound)).one()
    columns = [c.key for c in inspect(SubmissionRound).column_attrs if c.key != "id"]
    earlier = {"number": 0, "reference": "GU4-TST v0"}
    stopped = SubmissionRound(**{name: getattr(now, name) for name in columns} | earlier)
    session.add(stopped)
    session.flush()
    section = joint.sections[0].id
    session.add(SecrecyStop(
        round_id=stopped.id, passages=[{"section": section, "text": "statistiken"}],
        pressed_by=anna.id, pressed_at=NOON,
    ))
    session.commit()
    login(anna)

    page = client.get(path.format(id=submission.id)).text

    assert "Jag tog fram" in page
    assert "statistiken" not in page


@pytest.mark.parametrize("path", ["/granska/{id}", "/granska/skriv-ut"])
def test_asks_few_questions(client, login, anna, handed_in, count_statements, path):
    login(anna)
    with count_statements() as statements:
        client.get(path.format(id=handed_in[0].id))
    assert len(statements) <= 8


def test_who_trains_another_cohort_reads_no_line(client, session, login, course, handed_in):
    login(make_role(session, Role.TRAINER, cohort=make_cohort(session, course)))
    session.commit()

    assert client.get(f"/granska/{handed_in[0].id}").status_code == 404
    assert LINE not in client.get("/granska/skriv-ut").text


def test_who_reads_approved_work_reads_no_line(client, session, login, cohort, handed_in):
    submission, _people = handed_in
    submission.state = SubmissionState.APPROVED
    login(make_role(session, Role.COORDINATOR))
    session.commit()

    answer = client.get(
        f"/samordna/team/{submission.team_id}/uppgift/{submission.assignment_id}"
    )

    assert answer.status_code == 200
    assert LINE not in answer.text
