"""Where somebody stands: the cohort's dates and what the person has done, a statement each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    String,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from courses.models import (
    Certificate,
    CohortDeadline,
    CohortMeeting,
    CohortModule,
    Completion,
    Draft,
    Enrollment,
    Response,
    Submission,
)
from courses.models.base import UtcDateTime
from courses.queries.learning import Reading
from courses.vocabulary import CertificateState, SubmissionState


@dataclass(frozen=True, kw_only=True)
class Meeting:
    id: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A cohort's dates."""

    opens: Mapping[str, date]
    due: Mapping[str, date]
    meetings: tuple[Meeting, ...]
    """In order of time."""


@dataclass(kw_only=True)
class Standing:
    """What somebody has done: empty for those who only read."""

    completed: dict[str, datetime] = field(default_factory=dict)
    states: dict[str, SubmissionState] = field(default_factory=dict)
    """Assignment id → where one's own or the team's work stands, once it has a state."""
    drafts: set[str] = field(default_factory=set)
    """Assignments that somebody has begun to write."""
    new_dates: dict[str, date] = field(default_factory=dict)
    """Assignment id → a date that a trainer set, before the cohort's."""
    certificate_id: int | None = None
    certificate_at: datetime | None = None
    active_at: datetime | None = None
    """The latest thing this person did here themselves; logging in is nothing done."""

    def was_active(self, at: datetime) -> None:
        self.active_at = max(self.active_at or at, at)


def calendar(session: Session, cohort_id: int) -> Calendar:
    """Return when a cohort's modules open, what is due when, and its meetings."""
    no_time = cast(null(), UtcDateTime())
    opens, due, meetings = {}, {}, []
    for kind, key, day, starts_at, ends_at, place, link in session.execute(
        union_all(
            select(
                literal("opens"), CohortModule.module_id, CohortModule.opens_on, no_time,
                no_time, literal(""), literal(""),
            ).where(CohortModule.cohort_id == cohort_id),
            select(
                literal("due"), CohortDeadline.item_id, CohortDeadline.due_on, no_time,
                no_time, literal(""), literal(""),
            ).where(CohortDeadline.cohort_id == cohort_id),
            select(
                literal("meeting"), CohortMeeting.meeting_id, cast(null(), Date()),
                CohortMeeting.starts_at, CohortMeeting.ends_at, CohortMeeting.place,
                CohortMeeting.link,
            ).where(CohortMeeting.cohort_id == cohort_id),
        )
    ):
        if kind == "opens":
            opens[key] = day
        elif kind == "due":
            due[key] = day
        else:
            meetings.append(
                Meeting(id=key, starts_at=starts_at, ends_at=ends_at, place=place, link=link)
            )
    return Calendar(
        opens=opens, due=due, meetings=tuple(sorted(meetings, key=lambda m: m.starts_at))
    )


def standing(session: Session, reading: Reading) -> Standing:
    """Return what the reader has done, in one statement; empty without an enrollment."""
    found = Standing()
    mine = reading.enrollment
    if mine is None:
        return found
    items = reading.course.items
    own = set(items.keys() - {one.id for one in reading.course.assignments})
    rows = session.execute(_doings(mine, reading.course.id)).all()
    for kind, key, at, state, due_on, is_own in rows:
        if kind == "completion":
            found.completed[key] = at
            if key in own:  # an assignment's completion is a trainer's doing
                found.was_active(at)
        elif kind == "draft":
            found.drafts.add(key)
        elif kind == "submission":
            found.states[key] = SubmissionState(state)
            if due_on is not None:
                found.new_dates[key] = due_on
        elif kind == "certificate":
            found.certificate_id, found.certificate_at = int(key), at
        if at is not None and is_own and kind != "certificate":
            found.was_active(at)
    return found


def _doings(mine: Enrollment, course_id: str) -> CompoundSelect[Any]:
    yes, no = literal(1), literal(0)
    no_state, no_day = cast(null(), String()), cast(null(), Date())

    def belongs(table: type[Draft] | type[Submission]) -> ColumnElement[bool]:
        if mine.home_team_id is None:
            return table.enrollment_id == mine.id
        return or_(table.enrollment_id == mine.id, table.team_id == mine.home_team_id)

    return union_all(
        select(
            literal("draft"), Draft.assignment_id, Draft.updated_at, no_state, no_day,
            cast(Draft.updated_by == mine.user_id, Integer()),
        ).where(belongs(Draft)),
        select(
            literal("submission"), Submission.assignment_id, Submission.submitted_at,
            cast(Submission.state, String()), Submission.due_on,
            cast(Submission.enrollment_id.is_not(None), Integer()),
        ).where(belongs(Submission)),
        select(
            literal("certificate"), cast(Certificate.id, String()), Certificate.issued_at,
            no_state, no_day, no,
        ).where(
            Certificate.user_id == mine.user_id, Certificate.course_id == course_id,
            Certificate.state == CertificateState.VALID,
        ),
        select(
            literal("completion"), Completion.item_id, Completion.at, no_state, no_day, no
        ).where(Completion.enrollment_id == mine.id),
        select(
            literal("response"), Response.item_id, Response.at, no_state, no_day, yes
        ).where(Response.enrollment_id == mine.id),
    )


def responses(
    session: Session, enrollment: Enrollment | None, item_ids: Iterable[str]
) -> dict[str, Response]:
    """Return somebody's own last answers to these checks and exercises, by id."""
    wanted = list(item_ids)
    if enrollment is None or not wanted:
        return {}
    rows = session.scalars(
        select(Response).where(
            Response.enrollment_id == enrollment.id, Response.item_id.in_(wanted)
        )
    )
    return {row.item_id: row for row in rows}
