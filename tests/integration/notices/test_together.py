"""What is told of what a team makes together, and of what need not be done."""

import pytest
from sqlalchemy import select

from app import clock
from app.mail.writing import write
from courses.models import Notice, User
from courses.services.contributions import (
    save_contribution,
    share_contribution,
    withdraw_contribution,
)
from courses.services.excusing import excuse, take_back_excuse
from courses.services.plans import issue_plan
from courses.vocabulary import NoticeKind, Role, SubmissionState
from tests.factories import make_enrollment, make_role, make_submission
from tests.integration.notices.conftest import facts
from tests.writing_together import make_trio, work_of

SECRET = "Detta står bara i bidraget."


@pytest.fixture
def trio(session, cohort):
    return make_trio(session, cohort)


@pytest.fixture
def joint(course):
    return course.items["GU4"]


@pytest.fixture
def share(session, trio, course, joint):
    """Somebody shares a contribution under one of the assignment's first headings."""
    def give(who, heading=0, text=SECRET):
        work = work_of(who, trio.team, course, joint)
        section = joint.sections[heading].id
        before = version.get((who, heading), 0)
        mine = save_contribution(session, work, section, text, version=before)
        session.flush()
        version[who, heading] = mine.version
        return share_contribution(
            session, work, section, version=mine.version, has_checked=True
        )

    version = {}
    return give


def told(mails, kind="contribution"):
    return {
        mail.user_id: [one["count"] for one in mail.params["lines"] if one["kind"] == kind]
        for mail in mails
    }


def test_contributions_are_one_line_to_each_who_reads_them(app, session, trio, joint, share,
                                                           send):
    for heading in range(3):
        share(trio.olle, heading)

    mails = send()

    assert told(mails) == {trio.karin.user_id: [3]}, "the police reads none of them"
    karin = session.get_one(User, trio.karin.user_id)
    mail = write(app, mails[0], karin.name).get_content()
    assert f"3 bidrag har delats i ”{joint.title}”." in mail
    assert SECRET not in mail
    assert "Olle" not in mail


def test_another_authority_is_told_where_the_cohort_shares_with_it(session, cohort, trio, share,
                                                                   send):
    cohort.shares_drafts_across_authorities = True
    share(trio.karin)

    assert set(told(send())) == {trio.olle.user_id, trio.pia.user_id}


@pytest.mark.parametrize("who", ["holder_id", "deputy_id"])
def test_who_holds_the_pen_is_told_whatever_the_authority(session, trio, share, send, who):
    setattr(trio.team, who, trio.pia.id)
    session.flush()
    share(trio.karin)

    assert set(told(send())) == {trio.olle.user_id, trio.pia.user_id}


def test_whom_the_teams_municipality_employs_is_told_of_what_the_police_share(
    trio, share, send
):
    assert trio.team.organization_id == trio.olle.organization_id
    trio.team.holder_id = None
    share(trio.pia)

    assert set(told(send())) == {trio.karin.user_id, trio.olle.user_id}


def test_a_newer_one_in_its_place_is_no_second_one(trio, share, send):
    share(trio.olle)
    share(trio.olle, text="En senare ordalydelse.")

    assert told(send()) == {trio.karin.user_id: [1]}


def test_what_is_taken_back_is_not_told(session, trio, course, joint, share, send):
    shared = share(trio.olle)
    withdraw_contribution(
        session, work_of(trio.olle, trio.team, course, joint), shared.section_id
    )

    assert send() == []


def test_what_is_handed_in_since_is_not_told(session, cohort, trio, joint, share, send):
    share(trio.olle)
    make_submission(session, cohort, trio.team, joint, SubmissionState.SUBMITTED)

    assert send() == []


def test_a_plan_is_told_to_the_others_in_the_team(app, session, trio, send):
    issue_plan(
        session, team=trio.team, fields={"number": 1, "title": "Plan"}, pdf=b"%PDF", docx=b"PK",
        edition_digest="0" * 64, by=trio.karin.user_id, now=clock.now(),
    )

    mails = send()

    assert {mail.user_id for mail in mails} == {trio.olle.user_id, trio.pia.user_id}
    mail = write(app, mails[0], "Olle").get_content()
    assert "Teamet Norrbyn har gett ut en upplaga av sin plan." in mail
    assert f"/team/{trio.team.id}/plan" in mail


def test_who_need_not_do_something_is_told_which_and_not_why(app, session, cohort, course, own,
                                                             send):
    person = make_enrollment(session, cohort)
    by = make_role(session, Role.COORDINATOR)
    excuse(session, person, item_id=own.id, reason="Sjukskriven", course=course, actor_id=by.id,
           now=clock.now())

    mails = send()

    assert facts(mails[0]) == [("excused", own.title)]
    mail = write(app, mails[0], "Kim").get_content()
    assert f"Du behöver inte göra ”{own.title}”." in mail
    assert "Sjuk" not in mail


def test_a_team_is_told_as_one_and_nobody_when_it_is_taken_back(session, cohort, course, trio,
                                                                joint, send):
    by = make_role(session, Role.COORDINATOR)
    what = {"item_id": joint.id, "course": course, "actor_id": by.id, "now": clock.now()}
    excuse(session, trio.team, reason="Gjort i länet", **what)
    assert {
        one.team_id for one in session.scalars(select(Notice).filter_by(kind=NoticeKind.EXCUSED))
    } == {trio.team.id}

    take_back_excuse(session, trio.team, reason="Fel team", **what)

    assert send() == []
