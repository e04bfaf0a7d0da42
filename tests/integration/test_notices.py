"""Who is told what on which day: one digest a person, each fact once, on both databases."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.cli.notices import WHY, WHY_NOT
from app.mail.sending import send_all
from app.mail.writing import write
from app.notices import write_digests
from app.worker import Worker
from courses.models import (
    CohortDeadline,
    CohortMeeting,
    Job,
    Notice,
    NoticeChoice,
    OutboxMail,
    User,
)
from courses.rules.notices import Hold, digest_day, stage
from courses.services.notices import notify
from courses.services.sweeping import NOTICES
from courses.services.teams import set_team_roles
from courses.vocabulary import (
    EnrollmentState,
    Language,
    MailState,
    NoticeKind,
    Role,
    SubmissionState,
)
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.mailserver import use

MORNING = datetime(2027, 2, 1, 7, 30, tzinfo=UTC)
TODAY = MORNING.date()
FAR = date(2027, 12, 1)


@pytest.fixture(autouse=True)
def traveller():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def own(course):
    return next(a for a in course.assignments if not a.is_joint)


@pytest.fixture
def joint(course):
    return next(a for a in course.assignments if a.is_joint)


@pytest.fixture
def cohort(session, course):
    """A cohort without a break now and without a date that is near."""
    due = {one.id: FAR for one in course.assignments}
    return make_cohort(session, course, due=due, starts_on=date(2027, 1, 11))


@pytest.fixture
def due(session, cohort):
    """Give an assignment of the cohort a last day."""
    def set_due(item, day):
        row = session.get_one(CohortDeadline, (cohort.id, item.id))
        row.due_on = day
        session.flush()

    return set_due


@pytest.fixture
def send(app, session):
    """Write today's digests; return them in order of person."""
    seen = set()

    def write_and_read():
        session.commit()
        with app.app_context():
            write_digests(app)
        session.expire_all()
        rows = session.scalars(select(OutboxMail).order_by(OutboxMail.user_id)).all()
        session.commit()
        new = [row for row in rows if row.id not in seen and row.template == "digest"]
        seen.update(row.id for row in new)
        return new

    return write_and_read


def facts(mail):
    return [(one["kind"], one.get("title", one.get("count"))) for one in mail.params["lines"]]


def test_a_week_and_a_day_before_and_no_other_day(session, cohort, own, due, send, traveller):
    person = make_enrollment(session, cohort)
    due(own, TODAY + timedelta(days=8))
    days = {}
    for day in range(10):
        if mails := send():
            days[day] = [facts(one) for one in mails]
            for mail in session.scalars(select(OutboxMail)):
                mail.state = MailState.SENT
        traveller.shift(timedelta(days=1))

    assert days == {1: [[("deadline", own.title)]], 7: [[("deadline", own.title)]]}
    assert {n.user_id for n in session.scalars(select(Notice))} == {person.user_id}


def test_who_has_handed_in_is_not_reminded(session, cohort, own, due, send):
    person = make_enrollment(session, cohort)
    returned = make_enrollment(session, cohort)
    make_submission(session, cohort, person, own)
    make_submission(session, cohort, returned, own, SubmissionState.RETURNED,
                    due_on=TODAY + timedelta(days=1))
    due(own, TODAY + timedelta(days=7))

    assert [mail.user_id for mail in send()] == [returned.user_id]


def test_a_date_that_is_moved_is_told_anew(session, cohort, own, due, send, traveller):
    make_enrollment(session, cohort)
    due(own, TODAY + timedelta(days=7))
    first = send()
    session.get_one(OutboxMail, first[0].id).state = MailState.SENT
    traveller.shift(timedelta(days=1))
    assert send() == []

    due(own, TODAY + timedelta(days=8))

    assert [one["day"] for one in send()[0].params["lines"]] == ["2027-02-09"]


def test_a_person_with_three_roles_gets_one_digest(app, session, cohort, course, own, joint, due,
                                                   send):
    person = make_user(session, name="Kim Trehatt", language=Language.ENGLISH)
    team = make_team(session, cohort)
    mine = make_enrollment(session, cohort, team=team, user=person)
    make_role(session, Role.TRAINER, user=person, cohort=cohort)
    make_role(session, Role.COORDINATOR, user=person)
    make_submission(session, cohort, make_enrollment(session, cohort), own)
    due(own, TODAY + timedelta(days=7))
    due(joint, TODAY + timedelta(days=7))
    session.add(CohortMeeting(
        cohort_id=cohort.id, meeting_id=course.meetings[0].id,
        starts_at=MORNING + timedelta(days=7), ends_at=MORNING + timedelta(days=7, hours=3)))

    mails = [mail for mail in send() if mail.user_id == mine.user_id]

    assert len(mails) == 1
    assert [kind for kind, _ in facts(mails[0])] == [
        "deadline", "deadline", "meeting", "no_holder", "arrived",
    ]
    text = write(app, mails[0], person.name).get_content()
    assert text.count("http://localhost/granska") == 1
    assert "Times and deadlines" in text
    assert "At most one mail" in text or "at most one mail" in text


def test_two_people_of_one_cohort_get_their_own(session, cohort, own, due, send):
    due(own, TODAY + timedelta(days=1))
    people = [make_enrollment(session, cohort) for _ in range(3)]

    assert [mail.user_id for mail in send()] == [one.user_id for one in people]
    assert send() == []


@pytest.mark.parametrize("change", ["paused", "ended", "disabled", "never came", "erased"])
def test_whoever_takes_no_part_is_left_alone(session, cohort, own, due, send, change):
    person = make_enrollment(session, cohort)
    user = session.get_one(User, person.user_id)
    due(own, TODAY + timedelta(days=7))
    notify(session, [user.id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    if change in ("paused", "ended"):
        person.state = EnrollmentState(change)
    elif change == "disabled":
        user.disabled_at = clock.now()
    elif change == "never came":
        user.activated_at = None
    else:
        user.email = None

    assert send() == []
    waits = session.scalars(select(Notice.settled_at)).one() is None
    assert waits is (change == "paused")


def test_a_break_is_quiet_and_what_happened_is_told_after_it(session, course, own, send,
                                                             traveller):
    first, last = course.break_weeks[0]
    monday = TODAY - timedelta(weeks=first - 1)
    cohort = make_cohort(session, course, starts_on=monday,
                         due={one.id: FAR for one in course.assignments})
    person = make_enrollment(session, cohort)
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())

    for _ in range((last - first + 1) * 7):
        assert send() == []
        traveller.shift(timedelta(days=1))

    assert [facts(mail) for mail in send()] == [[("feedback", own.title)]]


def test_nothing_after_the_cohorts_end(app, session, cohort, own, due, send, traveller):
    person = make_enrollment(session, cohort)
    due(own, TODAY + timedelta(days=7))
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    cohort.ends_on = TODAY - timedelta(days=1)

    assert send() == []
    assert session.scalars(select(Notice)).one().settled_at is not None

    session.commit()
    traveller.shift(NOTICES + timedelta(days=2))
    Worker(app).step()
    assert session.scalars(select(Notice)).all() == []


def test_a_switch_that_is_off_holds_back_its_kind_for_good(session, cohort, own, due, send):
    person = make_enrollment(session, cohort)
    due(own, TODAY + timedelta(days=7))
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    session.add(NoticeChoice(user_id=person.user_id, feedback=False, changed_at=clock.now()))

    assert [facts(mail) for mail in send()] == [[("deadline", own.title)]]
    assert session.scalars(
        select(Notice.mail_id).where(Notice.kind == NoticeKind.FEEDBACK)
    ).one() is None


def test_while_a_digest_has_not_gone_no_other_is_written(app, session, cohort, own, due, send,
                                                         traveller):
    """A mail server that was away for days must not let all of them arrive at once."""
    person = make_enrollment(session, cohort)
    due(own, TODAY + timedelta(days=7))
    assert len(send()) == 1
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    traveller.shift(timedelta(days=1))
    assert send() == []

    session.scalars(select(OutboxMail)).one().state = MailState.SENT

    assert [facts(mail) for mail in send()] == [[("feedback", own.title)]]


def test_who_comes_to_hold_the_pen_is_told_if_it_is_still_so(session, cohort, send, traveller):
    team = make_team(session, cohort)
    one, other = (make_enrollment(session, cohort, team=team) for _ in range(2))
    by = make_role(session, Role.COORDINATOR)
    for holder in (one, other):
        set_team_roles(session, team, holder_id=holder.id, deputy_id=None, first_reader_id=None,
                       version=team.version, actor_id=by.id, now=clock.now())

    mails = send()

    assert [(mail.user_id, facts(mail)[0][0]) for mail in mails] == [(other.user_id, "holder")]


def test_two_workers_at_once_write_one_digest_a_person(app, session, cohort, own, due):
    due(own, TODAY + timedelta(days=7))
    people = [make_enrollment(session, cohort).user_id for _ in range(12)]
    notify(session, people, NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    session.commit()
    start, written = Barrier(2), []

    def work():
        with app.app_context():
            start.wait()
            written.append(write_digests(app))

    threads = [Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sum(written) == 12
    assert sorted(session.scalars(select(OutboxMail.user_id))) == sorted(people)
    assert len(session.scalars(select(Notice)).all()) == 24


def test_two_workers_ask_once_a_day_from_the_hour_on(app, session, traveller):
    workers = [Worker(app), Worker(app)]
    traveller.move_to(datetime(2027, 2, 1, 5, 59, tzinfo=UTC))
    for _hour in range(30):
        for worker in workers:
            worker.ask_for_digests()
        traveller.shift(timedelta(hours=1))

    jobs = session.scalars(select(Job).order_by(Job.id)).all()
    assert [job.dedupe_key for job in jobs] == [
        "notices:digests:2027-02-01", "notices:digests:2027-02-02",
    ]
    assert [job.created_at.hour for job in jobs] == [6, 6]


@pytest.mark.parametrize("utc, hour, day", [
    ("2027-03-28T00:59", 2, None),  # 01.59, winter time
    ("2027-03-28T01:00", 2, date(2027, 3, 28)),  # 03.00: there is no two o'clock that night
    ("2027-10-31T00:00", 2, date(2027, 10, 31)),  # 02.00 the first time
    ("2027-10-31T01:00", 2, date(2027, 10, 31)),  # 02.00 again: the same day, asked for once
    ("2027-03-28T04:59", 7, None), ("2027-03-28T05:00", 7, date(2027, 3, 28)),
    ("2027-10-31T05:59", 7, None), ("2027-10-31T06:00", 7, date(2027, 10, 31)),
])
def test_the_hour_is_stockholms_also_when_the_clocks_change(utc, hour, day):
    assert digest_day(datetime.fromisoformat(utc).replace(tzinfo=UTC), hour) == day


def test_a_morning_without_a_server_costs_no_reminder():
    day = date(2027, 2, 12)
    assert [stage(day, day - timedelta(days=left)) for left in (8, 7, 5, 2, 1, 0, -1)] == [
        None, 7, 7, 7, 1, 1, None,
    ]


def test_the_preview_says_who_and_why_and_writes_nothing(app, session, cohort, own, due):
    due(own, TODAY + timedelta(days=7))
    one, paused = make_enrollment(session, cohort), make_enrollment(session, cohort)
    paused.state = EnrollmentState.PAUSED
    session.commit()

    said = app.test_cli_runner().invoke(args=["notices", "preview"]).output

    assert f"would get: user {one.user_id} deadline {own.id}, 2027-02-08" in said
    assert f"would not: user {paused.user_id} deadline" in said
    assert "(the last day is near and it is not handed in)" in said
    assert "(paused)" in said
    assert "1 digests with 1 facts; 1 held back" in said
    assert session.scalars(select(OutboxMail)).all() == []


def test_the_preview_has_words_for_everything():
    assert (set(WHY), set(WHY_NOT)) == (set(NoticeKind), set(Hold))


def test_the_administrator_sees_who_was_told_what_kind_of_thing(session, cohort, own, client,
                                                                login, send):
    person = make_enrollment(session, cohort, user=make_user(session, email="anna@example.org"))
    admin = make_role(session, Role.ADMINISTRATOR)
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    send()

    page = login(admin, on=client).get("/admin").text

    told = page.split("Vem som har fått vilka besked")[1].split("<h2")[0]
    assert "anna@example.org" in told
    assert "Återkoppling" in told
    assert "Väntar" in told
    assert own.title not in page


def test_a_digest_goes_by_mail_and_holds_no_text_of_anybodys(app, server, session, cohort, own,
                                                             send):
    person = make_enrollment(session, cohort)
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    send()
    use(app, f"smtp://127.0.0.1:{server.port}")

    assert send_all(app) == (1, 0)

    message = server.taken[0][1]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<https://stegvis.example/avanmal/")
    assert message["List-Unsubscribe"][1:-1] in message.get_content()
    assert message.get_content_type() == "text/plain"
    assert f"https://stegvis.example/uppgift/{own.slug}/aterkoppling" in message.get_content()
