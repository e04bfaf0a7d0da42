"""Choosing mails on the account page, leaving them from a mail, and the calendar address."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.mail.unsubscribing import unsubscribe_token
from courses.catalog import Dates
from courses.models import CalendarAddress, Cohort, CohortDeadline, CohortMeeting, NoticeChoice
from courses.services.cohorts import change_dates
from courses.vocabulary import EnrollmentState, NoticeTopic, Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    user_of,
)


@pytest.fixture
def person(session, course, login):
    """A participant who is logged in."""
    cohort = make_cohort(session, course)
    person = make_enrollment(session, cohort, team=make_team(session, cohort))
    login(user_of(session, person))
    return person


def chosen(session, person):
    session.expire_all()
    row = session.get(NoticeChoice, person.user_id)
    session.commit()
    return row and {t.value for t in NoticeTopic if getattr(row, t.value)}


class TestChoosing:
    def test_everything_is_on_until_somebody_says_otherwise(self, client, session, person, post):
        page = client.get("/konto").text
        ticked = [tag for tag in re.findall("<input[^>]*checkbox[^>]*>", page) if "checked" in tag]
        assert len(ticked) == 3

        answer = post("/konto/mejl", {"feedback": "y"})

        assert (answer.status_code, answer.location) == (303, "/konto#mejl")
        assert chosen(session, person) == {"feedback"}
        post("/konto/mejl", {"team": "y", "deadlines": "y"})
        assert chosen(session, person) == {"team", "deadlines"}

    def test_only_with_a_token_and_a_login(self, app, client, person):
        assert client.post("/konto/mejl").status_code == 400
        assert app.test_client().post("/konto/mejl").status_code == 400


class TestLeaving:
    @pytest.fixture
    def path(self, app, session, person):
        session.commit()
        with app.app_context():
            return f"/avanmal/{unsubscribe_token(person.user_id, ['deadlines', 'team'])}"

    def test_a_mail_program_posts_without_login_cookie_or_token(self, app, session, person, path):
        visitor = app.test_client()

        answer = visitor.post(path, data={"List-Unsubscribe": "One-Click"})

        assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
        assert "Set-Cookie" not in answer.headers
        assert chosen(session, person) == {"feedback"}
        assert visitor.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200

    def test_opening_the_link_changes_nothing_and_the_button_does(self, app, session, person,
                                                                  path):
        visitor = app.test_client()
        page = visitor.get(path)
        assert "Set-Cookie" not in page.headers
        assert page.text.count("<button") == 1
        assert chosen(session, person) is None

        answer = visitor.post(path)

        assert (answer.status_code, answer.location) == (303, path)
        assert "Du får inte mejlen längre" in visitor.get(path).text

    def test_what_was_off_stays_off(self, app, session, person, post, path):
        post("/konto/mejl", {"team": "y"})
        app.test_client().post(path)
        assert chosen(session, person) == set()

    @pytest.mark.parametrize("change", [lambda p: p[:-2] + "xx", lambda p: "/avanmal/x.y",
                                        lambda p: p.replace("/avanmal/", "/avanmal/W")])
    def test_an_address_that_we_did_not_sign_is_nowhere(self, app, path, change):
        assert app.test_client().get(change(path)).status_code == 404
        assert app.test_client().post(change(path)).status_code == 404

    def test_nobody_is_asked_or_written_down_once_erased(self, app, session, person, path):
        user_of(session, person).email = None
        session.commit()

        assert app.test_client().get(path).status_code == 404
        assert app.test_client().post(path).status_code == 404
        assert chosen(session, person) is None

    def test_another_site_cannot_press_the_button(self, app, session, person, path):
        answer = app.test_client().post(path, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 400
        assert chosen(session, person) is None


class TestCalendar:
    @pytest.fixture
    def address(self, client, person, post):
        """Make an address and return its path."""

        def make():
            assert post("/konto/kalender").status_code == 303
            return re.search(r"http://localhost(/kalender/[\w-]+\.ics)<", client.get(
                "/konto").text)[1]

        return make

    def read(self, app, path, **headers):
        answer = app.test_client().get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return Calendar.from_ical(answer.data)

    def test_the_address_is_shown_once_and_stored_as_a_hash(self, app, client, session, address):
        path = address()

        assert path not in client.get("/konto").text
        stored = session.scalars(select(CalendarAddress.token_hash)).one()
        assert stored not in path
        assert app.test_client().get(path).status_code == 200

    def test_a_renewed_or_ended_address_is_nowhere(self, app, address, post):
        first, second = address(), address()
        visitor = app.test_client()
        assert visitor.get(first).status_code == 404
        assert visitor.get(second).status_code == 200
        post("/konto/kalender/stang")
        assert visitor.get(second).status_code == 404
        assert visitor.get("/kalender/x.ics").status_code == 404

    def test_a_disabled_account_has_no_calendar(self, app, session, person, address):
        path = address()
        user_of(session, person).disabled_at = datetime(2026, 1, 1, tzinfo=UTC)
        session.commit()
        assert app.test_client().get(path).status_code == 404

    def test_programs_get_no_cookie_and_ask_again_cheaply(self, app, address, count_statements):
        path = address()
        with count_statements() as statements:
            answer = app.test_client().get(path)
        assert len(statements) <= 8
        assert answer.content_type == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "Set-Cookie" not in answer.headers

    @pytest.mark.parametrize("encoding", ["gzip", "gzip, deflate, br, zstd", "identity"])
    def test_what_has_not_changed_is_not_sent_again(self, app, address, encoding):
        path, asks = address(), {"Accept-Encoding": encoding}
        first = app.test_client().get(path, headers=asks)
        asks["If-None-Match"] = first.headers["ETag"]

        again = app.test_client().get(path, headers=asks)

        assert (again.status_code, again.data) == (304, b"")

    def test_meetings_keep_their_hour_when_the_clocks_change(self, app, session, person, course,
                                                             address):
        one, other = course.meetings[0], course.meetings[1]
        for meeting, day in ((one, date(2027, 3, 27)), (other, date(2027, 3, 29))):
            nine = datetime(day.year, day.month, day.day, 8 if day.day == 27 else 7, tzinfo=UTC)
            session.add(CohortMeeting(
                cohort_id=person.cohort_id, meeting_id=meeting.id, starts_at=nine,
                ends_at=nine + timedelta(hours=7), place="Lycksele", link="https://mote.example"))
        session.commit()

        read = self.read(app, address())

        events = [e for e in read.walk("VEVENT") if e["UID"].startswith("meeting-")]
        assert [e.start.hour for e in events] == [9, 9]
        assert [e.start.utcoffset() for e in events] == [timedelta(hours=1), timedelta(hours=2)]
        assert [e["DTSTART"].params["TZID"] for e in events] == ["Europe/Stockholm"] * 2
        zone = next(iter(read.walk("VTIMEZONE"))).to_tz()
        for event in events:  # read by the zone that the file itself brings
            own = event.start.replace(tzinfo=zone)
            assert own.utcoffset() == event.start.utcoffset()
        assert (events[0]["LOCATION"], events[0]["DESCRIPTION"]) == (
            "Lycksele", "https://mote.example")

    def test_last_days_are_ones_own_and_the_teams_and_nobody_elses_name(
        self, app, session, person, course, address
    ):
        own = next(a for a in course.assignments if not a.is_joint)
        cohort = session.get_one(Cohort, person.cohort_id)
        make_submission(
            session, cohort, person, own, SubmissionState.RETURNED, due_on=date(2027, 4, 9))
        mate = make_enrollment(session, cohort)
        session.commit()

        text = app.test_client().get(address()).data.decode()
        events = list(Calendar.from_ical(text).walk("VEVENT"))

        assert len(events) == len(course.assignments)
        mine = next(e for e in events if f"-{own.id}-" in e["UID"])
        assert (mine.start, mine.end) == (date(2027, 4, 9), date(2027, 4, 10))
        assert mine["SUMMARY"] == f"Sista dag: {own.title}"
        assert mine["TRANSP"] == "TRANSPARENT"
        assert user_of(session, mate).name not in text
        assert user_of(session, person).name not in text
        assert "omplettera" not in text.replace(own.title, "")

    def test_a_changed_date_keeps_its_uid_and_is_newer(self, app, session, person, course,
                                                       address):
        path, cohort = address(), session.get_one(Cohort, person.cohort_id)
        session.commit()
        before = {e["UID"]: e for e in self.read(app, path).walk("VEVENT")}
        plan = _dates(session, cohort)
        by = make_role(session, Role.COORDINATOR)
        session.commit()
        with app.extensions["database"].session(writes=True) as writer, writer.begin():
            change_dates(
                writer, writer.get_one(Cohort, cohort.id),
                replace(plan, due={k: d - timedelta(days=1) for k, d in plan.due.items()}),
                version=cohort.version, actor_id=by.id, now=datetime.now(UTC),
            )

        after = {e["UID"]: e for e in self.read(app, path).walk("VEVENT")}

        assert after.keys() == before.keys()
        for uid, event in after.items():
            assert event.start == before[uid].start - timedelta(days=1)
            assert event["SEQUENCE"] > before[uid]["SEQUENCE"]
            assert event["LAST-MODIFIED"].dt > before[uid]["LAST-MODIFIED"].dt

    def test_whoever_has_ended_sees_nothing_more(self, app, session, person, address):
        path = address()
        person.state = EnrollmentState.ENDED
        session.commit()
        assert list(self.read(app, path).walk("VEVENT")) == []


def _dates(session, cohort):
    rows = session.scalars(
        select(CohortDeadline).where(CohortDeadline.cohort_id == cohort.id)
    )
    return Dates(ends_on=cohort.ends_on, opens={}, meetings={},
                 due={row.item_id: row.due_on for row in rows})
