"""*Min utbildning* tells what the team waits for, and what has happened lately."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app import clock
from courses.models import SignOff, SignOffWaiver, Submission, Team
from courses.services.excusing import excuse, take_back_excuse
from courses.services.notices import notify
from courses.vocabulary import NoticeKind, Role, SubmissionState
from tests.conftest import statements_of
from tests.factories import make_cohort, make_enrollment, make_role, user_of
from tests.functional.test_home import next_card, submission
from tests.teamwork import Trio

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def traveller():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def trio(session, course):
    return Trio(session, course, needs_sign_off=True)


@pytest.fixture
def home(client, login, session):
    def open_(enrollment):
        login(user_of(session, enrollment))
        session.commit()
        page = client.get("/hem")
        assert page.status_code == 200
        return page

    return open_


def news(page):
    return page.text.partition("<h2>Det senaste</h2>")[2].partition("</ul>")[0]


def test_what_ones_authority_is_asked_to_approve_is_the_next_thing(trio, home):
    shown = trio.show(trio.police)

    page = home(trio.yngve)

    assert f"Läs och svara: {trio.joint.title}" in next_card(page)
    assert f'href="{trio.path}/visade/{shown.id}"' in next_card(page)
    assert f"Svara om din myndighet godkänner ”{trio.joint.title}”" in page.text
    assert page.text.count('class="btn"') == 1


def test_who_has_a_team_but_no_home_team_is_asked_too(trio, home):
    trio.show(trio.police)
    trio.yngve.home_team_id = None

    assert f"Läs och svara: {trio.joint.title}" in next_card(home(trio.yngve))


def test_the_others_in_the_team_are_asked_nothing(trio, home):
    trio.show(trio.police)

    assert "Teamet väntar" not in home(trio.anders).text
    assert "Teamet väntar" not in home(trio.karin).text


@pytest.mark.parametrize("since", ["answered", "changed", "handed in", "waived", "not asked for"])
def test_the_question_goes_when_there_is_nothing_to_answer(trio, home, session, since):
    shown = trio.show(trio.police)
    if since == "answered":
        session.add(SignOff(shown_version_id=shown.id, enrollment_id=trio.yngve.id,
                            is_approved=False, line="Mer.", answered_at=clock.now()))
    elif since == "changed":
        trio.write()
    elif since == "handed in":
        session.add(Submission(cohort_id=trio.cohort.id, team_id=trio.team.id, round=1,
                               assignment_id=trio.joint.id, state=SubmissionState.SUBMITTED,
                               submitted_at=clock.now()))
    elif since == "waived":
        session.add(SignOffWaiver(team_id=trio.team.id, assignment_id=trio.joint.id,
                                  organization_id=trio.police.id, reason="Svarar inte",
                                  waived_by=trio.karin.user_id, waived_at=clock.now()))
    else:
        trio.cohort.needs_sign_off = False

    assert "Teamet väntar" not in home(trio.yngve).text


def test_a_text_that_comes_back_to_the_same_words_is_asked_about_again(trio, home, session):
    trio.show(trio.police)
    before = dict(trio.draft.answers)
    trio.write()
    trio.draft.answers = before

    assert "Teamet väntar" in home(trio.yngve).text


def test_ones_own_returned_work_comes_first_and_the_question_waits_below(trio, home, session):
    trio.show(trio.police)
    submission(session, trio.yngve, "U1", SubmissionState.RETURNED, due_on=clock.today())

    page = home(trio.yngve)

    assert "Komplettera:" in next_card(page)
    assert "Teamet väntar" in page.text


@pytest.mark.parametrize("kind, words", [
    (NoticeKind.REPLY, "Utbildaren har svarat dig om"),
    (NoticeKind.EXTENDED, "Det finns ett nytt datum för"),
    (NoticeKind.FEEDBACK, "Du har fått återkoppling på"),
    (NoticeKind.REGISTERED, "Någon har skickat in"),
])
def test_what_has_happened_is_told_for_a_fortnight(
    home, session, course, traveller, kind, words
):
    karin = make_enrollment(session, make_cohort(session, course))
    notify(session, [karin.user_id], kind, "one", cohort_id=karin.cohort_id, item_id="U1",
           now=clock.now())

    assert words in news(home(karin))
    traveller.shift(timedelta(days=15))
    assert words not in home(karin).text


def test_many_contributions_are_one_line(trio, home, session):
    for number in range(3):
        notify(session, [trio.anders.user_id], NoticeKind.CONTRIBUTION, f"contribution:{number}",
               cohort_id=trio.cohort.id, item_id=trio.joint.id, team_id=trio.team.id,
               now=clock.now())

    told = news(home(trio.anders))

    assert f"3 bidrag har delats i ”{trio.joint.title}”" in told
    assert told.count("<li>") == 1


def test_who_is_excused_reads_of_it_until_it_is_asked_for_after_all(
    home, session, course, traveller
):
    karin = make_enrollment(session, make_cohort(session, course))
    what = {"item_id": "U1", "course": course, "actor_id": make_role(session, Role.COORDINATOR).id}
    excuse(session, karin, reason="Gjort förut", now=clock.now(), **what)
    title = course.items["U1"].title

    assert f"Du behöver inte göra ”{title}”." in news(home(karin))
    take_back_excuse(session, karin, reason="Fel person", now=clock.now(), **what)
    assert "Du behöver inte göra" not in home(karin).text


def test_a_pen_that_has_gone_on_is_no_news(trio, home, session):
    notify(session, [trio.karin.user_id], NoticeKind.HOLDER, "holder:1",
           cohort_id=trio.cohort.id, team_id=trio.team.id, now=clock.now())
    assert "Du är nu skrivansvarig" in news(home(trio.karin))

    session.get_one(Team, trio.team.id).holder_id = trio.anders.id

    assert "Du är nu skrivansvarig" not in home(trio.karin).text


def test_the_page_asks_the_database_eight_times_at_most(app, trio, client, login, session):
    trio.show(trio.police)
    login(user_of(session, trio.yngve))
    session.commit()

    with statements_of(app) as statements:
        client.get("/hem")

    assert len(statements) <= 8
