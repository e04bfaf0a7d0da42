"""Who is told what on which day: one digest a person, each fact once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.mail.writing import write
from app.worker import Worker
from courses.models import CohortMeeting, Notice, NoticeChoice, OutboxMail, User
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
from tests.integration.notices.conftest import FAR, MORNING, TODAY, facts


@pytest.fixture
def joint(course):
    return next(a for a in course.assignments if a.is_joint)


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
    make_submission(session, cohort, make_enrollment(session, cohort), own, promised_on=FAR)
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


def test_who_comes_to_hold_the_pen_is_told_if_it_is_still_so(session, cohort, send, traveller):
    team = make_team(session, cohort)
    one, other = (make_enrollment(session, cohort, team=team) for _ in range(2))
    by = make_role(session, Role.COORDINATOR)
    for holder in (one, other):
        set_team_roles(session, team, holder_id=holder.id, deputy_id=None, first_reader_id=None,
                       version=team.version, actor_id=by.id, now=clock.now())

    mails = send()

    assert [(mail.user_id, facts(mail)[0][0]) for mail in mails] == [(other.user_id, "holder")]
