"""What is to be told of a cohort on a day: found from its dates and from where work stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.models import Cohort, CohortMeeting, Submission, User
from courses.queries.notice_people import CohortPeople, Found, hold_of, readers_of
from courses.queries.notice_questions import asked_of
from courses.queries.second_queue import second_readings
from courses.queries.stored_facts import CohortFacts, Facts, stored_facts
from courses.rules.calendar import STOCKHOLM, DayRange, week_days
from courses.rules.notices import HOLDER_BEFORE, Hold, stage
from courses.rules.promises import Reminder, reminder
from courses.rules.reviews import OPEN
from courses.rules.second_reading import READERS
from courses.rules.visible_status import OPEN_STATES
from courses.vocabulary import NoticeKind, SubmissionState


@dataclass(frozen=True, kw_only=True)
class DayFacts:
    found: tuple[Found, ...]
    people: CohortPeople
    stored: CohortFacts

    def moot(self, one: Found) -> Hold | None:
        """Whether something that was written down when it happened is so no more."""
        if one.kind is NoticeKind.HOLDER and not self.people.holds_pen(one.user.id, one.team_id):
            return Hold.MOOT
        if one.kind is NoticeKind.WITHDRAWN:
            work = self.stored.teams[one.team_id].submissions.get(one.item_id or "")
            if work is None or work[0] is not SubmissionState.WITHDRAWN:
                return Hold.MOOT
        if one.kind in (NoticeKind.SHOWN, NoticeKind.SIGN_OFF_ASKED, NoticeKind.CONTRIBUTION):
            work = self.stored.teams[one.team_id].submissions.get(one.item_id or "")
            return Hold.MOOT if work is not None and work[0] not in OPEN_STATES else None
        if one.kind is NoticeKind.PROMISE_MOVED:
            facts = self.stored.teams[one.team_id] if one.team_id else self._own(one.user.id)
            state = facts.submissions.get(one.item_id or "", (None,))[0]
            return None if state in OPEN else Hold.MOOT
        return None

    def _own(self, user_id: int) -> Facts:
        places = (e.id for e, user in self.people.participants.values() if user.id == user_id)
        return self.stored.own[next(places, 0)]


def facts_of(
    session: Session, cohort: Cohort, course: Course, people: CohortPeople, *, today: date
) -> DayFacts:
    """Return what is to be told of the cohort today, in five statements."""
    stored = stored_facts(session, cohort.id, list(people.participants), list(people.teams))
    found: dict[tuple[int, str], Found] = {}
    for one in (
        *_deadlines(cohort, course, people, stored, today),
        *_meetings(session, cohort, people, today),
        *_waiting(session, cohort, course, people, today),
        *_without_holder(course, people, stored, today),
        *asked_of(session, cohort, people),
    ):
        before = found.get((one.user.id, one.fact))
        if before is None or before.hold is not None:  # two roles, one fact
            found[one.user.id, one.fact] = one
    return DayFacts(found=tuple(found.values()), people=people, stored=stored)


def _deadlines(
    cohort: Cohort, course: Course, people: CohortPeople, stored: CohortFacts, today: date
) -> Iterator[Found]:
    own = [one for one in course.assignments if not one.is_joint]
    joint = [one for one in course.assignments if one.is_joint]
    for enrollment_id in people.participants:
        for assignment in own:
            yield from _deadline(
                cohort, assignment, people, stored, stored.own[enrollment_id], None,
                (enrollment_id,), today,
            )
    for team_id, members in people.members.items():
        for assignment in joint:
            yield from _deadline(
                cohort, assignment, people, stored, stored.teams[team_id], team_id, members,
                today,
            )


def _deadline(
    cohort: Cohort,
    assignment: Assignment,
    people: CohortPeople,
    stored: CohortFacts,
    facts: Facts,
    team_id: int | None,
    members: tuple[int, ...],
    today: date,
) -> Iterator[Found]:
    state, moved, _at = facts.submissions.get(assignment.id, (None, None, None))
    due_on = moved or stored.due.get(assignment.id)
    days = stage(due_on, today) if due_on else None
    if days is None:
        return
    is_left = assignment.id not in facts.done and (state is None or state in OPEN_STATES)
    for enrollment_id in members:
        enrollment, user = people.participants[enrollment_id]
        yield Found(
            user=user, kind=NoticeKind.DEADLINE, item_id=assignment.id, team_id=team_id,
            day=due_on, fact=f"due:{cohort.id}:{assignment.id}:{team_id or 0}:{due_on}:{days}",
            hold=hold_of(enrollment) or (None if is_left else Hold.MOOT),
        )


def _meetings(
    session: Session, cohort: Cohort, people: CohortPeople, today: date
) -> Iterator[Found]:
    """For those who take part and those who train."""
    guests = [(user, hold_of(enrollment)) for enrollment, user in people.participants.values()]
    guests += [(user, None) for user in people.trainers.values()]
    for meeting_id, starts_at in session.execute(
        select(CohortMeeting.meeting_id, CohortMeeting.starts_at)
        .where(CohortMeeting.cohort_id == cohort.id)
        .order_by(CohortMeeting.starts_at)
    ):
        day = starts_at.astimezone(STOCKHOLM).date()
        days = stage(day, today)
        if days is None:
            continue
        for user, hold in guests:
            yield Found(
                user=user, kind=NoticeKind.MEETING, item_id=meeting_id, day=day, hold=hold,
                fact=f"meeting:{cohort.id}:{meeting_id}:{day}:{days}",
            )


def _waiting(
    session: Session, cohort: Cohort, course: Course, people: CohortPeople, today: date
) -> Iterator[Found]:
    """What waits for an answer, and whether the day that was promised is near or has passed."""
    breaks = week_days(cohort.starts_on, course.break_weeks)
    for_two = [one.id for one in course.assignments if one.readers >= READERS]
    seconds = second_readings(session, cohort.id, for_two)
    for submission in session.scalars(
        select(Submission)
        .where(Submission.cohort_id == cohort.id, Submission.state.in_(OPEN))
        .order_by(Submission.submitted_at, Submission.id)
    ):
        first, readers = readers_of(submission, people)
        second = people.trainers.get(seconds.get(submission.id, 0))
        if second in readers:
            yield Found(
                user=second, kind=NoticeKind.SECOND_READING, item_id=submission.assignment_id,
                team_id=submission.team_id,
                fact=f"second:{submission.id}:{submission.round}",
            )
        if submission.state is SubmissionState.SUBMITTED:
            for reader in [first] if first else [one for one in readers if one is not second]:
                yield Found(
                    user=reader, kind=NoticeKind.ARRIVED, item_id=submission.assignment_id,
                    team_id=submission.team_id, fact=f"arrived:{submission.id}:{submission.round}",
                )
        if submission.promised_on is not None:
            nearest = [one for one in (first, second) if one in readers]
            yield from _promised(submission, people, nearest, readers, breaks, today)


def _promised(
    submission: Submission,
    people: CohortPeople,
    nearest: Sequence[User],
    readers: Sequence[User],
    breaks: Sequence[DayRange],
    today: date,
) -> Iterator[Found]:
    """Who reads it first, or has not read it second yet, is reminded first, then all; when the
    day has passed again, who coordinates the cohort is told, too."""
    day = submission.promised_on
    named = f"{submission.id}:{submission.round}:{day}"
    if day is None:
        return
    if day < today:
        told = [*readers, *(user for user, part in people.coordinators if part is None)]
        kind, fact = NoticeKind.PROMISE_LATE, f"promise-late:{named}"
    else:
        who = reminder(day, today, without=breaks)
        told = [] if who is None else list(readers)
        if nearest and who is Reminder.FIRST_READER:
            told = list(nearest)
        kind, fact = NoticeKind.PROMISE_NEAR, f"promise-near:{named}:{who}"
    for user in told:
        yield Found(
            user=user, kind=kind, item_id=submission.assignment_id, team_id=submission.team_id,
            day=day, fact=fact,
        )


def _without_holder(
    course: Course, people: CohortPeople, stored: CohortFacts, today: date
) -> Iterator[Found]:
    """To those who coordinate the team: nobody holds its pen, and a joint date is near."""
    for team_id, team in people.teams.items():
        if team.holder_id is not None or team_id not in people.members:
            continue
        near = [
            one.id
            for one in course.assignments
            if one.is_joint
            and one.id not in stored.teams[team_id].done
            and today <= stored.due.get(one.id, date.max) <= today + timedelta(HOLDER_BEFORE)
        ]
        for item_id in near[:1]:
            for user, organization_id in people.coordinators:
                if organization_id in (None, team.organization_id):
                    yield Found(
                        user=user, kind=NoticeKind.NO_HOLDER, item_id=item_id, team_id=team_id,
                        day=stored.due[item_id], fact=f"no-holder:{team_id}:{item_id}",
                    )
