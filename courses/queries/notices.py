"""Who would be told what today, and why; who would not, and why not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import Cohort, Edition, Notice, NoticeChoice, OutboxMail, User
from courses.queries.notice_facts import facts_of
from courses.queries.notice_people import Found, cohort_people
from courses.rules.calendar import week_days
from courses.rules.notices import DIGEST, Candidate, Hold, Person, digest_key, is_within
from courses.rules.opening import is_under_way
from courses.vocabulary import MailState, NoticeKind


@dataclass
class _Whole:
    """What holds for everybody, read once."""

    choices: Mapping[int, NoticeChoice]
    unsent: set[int]
    had_today: set[int]

    def hold(self, user: User, kind: NoticeKind) -> Hold | None:
        if user.email is None or user.disabled_at or not user.activated_at:
            return Hold.GONE
        choice = self.choices.get(user.id)
        if choice is not None and not getattr(choice, kind.topic.value):
            return Hold.TURNED_OFF
        if user.id in self.had_today:
            return Hold.HAD_TODAY
        return Hold.UNSENT if user.id in self.unsent else None


def candidates(
    session: Session, *, course_of: Callable[[str], Course], today: date
) -> list[Candidate]:
    """Return every fact that is due to be told today, held back or not."""
    whole = _whole(session, today)
    found: list[Candidate] = []
    cohorts = session.execute(
        select(Cohort, Edition.digest)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(
            Cohort.opened_at.is_not(None),
            (Cohort.ends_on >= today)  # of those that are over, what is still to be settled
            | Cohort.id.in_(select(Notice.cohort_id).where(Notice.settled_at.is_(None))),
        )
        .order_by(Cohort.id)
    )
    for cohort, digest in cohorts.all():
        found += _of_cohort(session, cohort, digest, course_of(digest), whole, today)
    return found


def _of_cohort(
    session: Session, cohort: Cohort, digest: str, course: Course, whole: _Whole, today: date
) -> Iterator[Candidate]:
    waiting = session.execute(
        select(Notice, User)
        .join(User, User.id == Notice.user_id)
        .where(Notice.cohort_id == cohort.id, Notice.settled_at.is_(None))
        .order_by(Notice.id)
    ).all()
    goes_on = is_under_way(cohort.opened_at, cohort.ends_on, today)
    if not goes_on and not waiting:
        return
    rests = is_within(today, week_days(cohort.starts_on, course.break_weeks))
    people = cohort_people(session, cohort.id)
    told = {
        (user_id, fact)
        for user_id, fact in session.execute(
            select(Notice.user_id, Notice.fact).where(
                Notice.cohort_id == cohort.id, Notice.settled_at.is_not(None)
            )
        )
    }

    def candidate(one: Found, notice_id: int | None) -> Candidate:
        hold = one.hold
        if (one.user.id, one.fact) in told:
            hold = Hold.TOLD
        elif not goes_on:
            hold = Hold.OVER
        else:
            hold = hold or whole.hold(one.user, one.kind) or (Hold.BREAK if rests else None)
        return Candidate(
            person=Person(one.user.id, one.user.email or "", one.user.language), kind=one.kind,
            fact=one.fact, cohort_id=cohort.id, edition=digest, item_id=one.item_id,
            team_id=one.team_id, day=one.day, notice_id=notice_id, hold=hold,
            team=people.name_of(one.team_id),
        )

    known = facts_of(session, cohort, course, people, today=today) if goes_on else None
    for notice, user in waiting:
        one = Found(
            user=user, kind=notice.kind, fact=notice.fact, item_id=notice.item_id,
            team_id=notice.team_id, day=notice.day,
        )
        hold = people.hold(one) or (known.moot(one) if known else None)
        yield candidate(replace(one, hold=hold), notice.id)
    for one in known.found if known else ():
        yield candidate(one, None)


def _whole(session: Session, today: date) -> _Whole:
    choices = {row.user_id: row for row in session.scalars(select(NoticeChoice))}
    unsent, had_today = set(), set()
    digests = session.execute(
        select(OutboxMail.user_id, OutboxMail.dedupe_key, OutboxMail.state).where(
            OutboxMail.template == DIGEST,
            (OutboxMail.state == MailState.WAITING)
            | OutboxMail.dedupe_key.like(digest_key("%", today)),
        )
    )
    for user_id, key, state in digests:
        if user_id is None:
            continue
        if key == digest_key(user_id, today):
            had_today.add(user_id)
        elif state is MailState.WAITING:
            unsent.add(user_id)
    return _Whole(choices=choices, unsent=unsent, had_today=had_today)
