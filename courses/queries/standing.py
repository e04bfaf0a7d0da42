"""Where somebody stands: the cohort's dates and what the person and the team have done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from courses.catalog import BesideKind
from courses.models import Certificate, CohortMeeting, Draft, Enrollment, LessonPlace, Response
from courses.models.base import UtcDateTime
from courses.queries.learning import Reading
from courses.queries.stored_facts import CohortFacts, Facts, stored_facts
from courses.vocabulary import CertificateState, SubmissionState


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What has been done about each item; nothing, for those who only read."""

    facts: CohortFacts
    own: Facts
    team: Facts

    @property
    def completed(self) -> Mapping[str, datetime]:
        """Item id → when one finished it."""
        return self.own.done

    def has_draft(self, item_id: str) -> bool:
        """Whether somebody has begun to write."""
        return item_id in self.own.drafts or item_id in self.team.drafts

    def state(self, item_id: str) -> SubmissionState | None:
        """Where one's own or the team's work on an assignment stands, once it has a state."""
        return self._work(item_id)[0]

    def due_on(self, item_id: str) -> date | None:
        """The last day: one that a trainer set, else the cohort's."""
        return self._work(item_id)[1] or self.facts.due.get(item_id)

    def _work(self, item_id: str) -> tuple[SubmissionState | None, date | None]:
        work = self.own.submissions.get(item_id) or self.team.submissions.get(item_id)
        return work[:2] if work else (None, None)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    id: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A certificate of this enrollment."""

    id: int
    state: CertificateState
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The rest of what the first page tells."""

    meetings: tuple[Meeting, ...]
    """In order of time."""
    certificates: tuple[Issued, ...]
    """The latest last."""
    place: tuple[str, str] | None
    """The lesson that one was last in the middle of, and the part."""
    active_at: datetime | None
    """The latest thing this person did here themselves; logging in is nothing done."""


def standing(session: Session, reading: Reading) -> Standing:
    """Return where the reader stands, in one statement."""
    mine, team = reading.enrollment, reading.team
    facts = stored_facts(
        session, reading.cohort.id, [mine.id] if mine else [], [team.id] if team else []
    )
    return Standing(
        facts=facts,
        own=facts.own[mine.id] if mine else Facts(),
        team=facts.teams[team.id] if team else Facts(),
    )


def marks(session: Session, reading: Reading, mine: Enrollment, done: Standing) -> Marks:
    """Return the meetings, the certificates and when the reader was last active."""
    meetings, certificates, active, places = [], [], [], []
    for kind, key, at, ends_at, place, link in session.execute(
        MARKS, {"cohort": mine.cohort_id, "enrollment": mine.id, "user": mine.user_id}
    ):
        if kind == "meeting":
            meetings.append(
                Meeting(id=key, starts_at=at, ends_at=ends_at, place=place, link=link)
            )
        elif kind == "certificate":
            certificates.append(Issued(id=int(key), state=CertificateState(place), at=at))
        else:
            active.append(at)
            if kind == "place" and key not in done.completed:
                places.append((at, (key, place)))
    by_others = {one.id for one in reading.course.assignments if one.is_handed_in} | {
        key for key, one in reading.course.beside.items() if one.kind is not BesideKind.SURVEY
    }  # approved or noted by a trainer, or done somewhere else on a day long ago
    active += [at for item, at in done.own.done.items() if item not in by_others]
    active += [at for _state, _due, at in done.own.submissions.values() if at is not None]
    return Marks(
        meetings=tuple(sorted(meetings, key=lambda one: one.starts_at)),
        certificates=tuple(sorted(certificates, key=lambda one: one.id)),
        place=max(places, default=(None, None))[1],
        active_at=max(active, default=None),
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


def _marks() -> CompoundSelect[Any]:
    enrollment: BindParameter[int] = bindparam("enrollment")
    nothing, no_time = literal(""), cast(null(), UtcDateTime())
    return union_all(
        select(
            literal("meeting"), CohortMeeting.meeting_id, CohortMeeting.starts_at,
            CohortMeeting.ends_at, CohortMeeting.place, CohortMeeting.link,
        ).where(CohortMeeting.cohort_id == bindparam("cohort")),
        select(
            literal("certificate"), cast(Certificate.id, String()), Certificate.issued_at,
            no_time, type_coerce(Certificate.state, String()), nothing,
        ).where(Certificate.enrollment_id == enrollment),
        select(
            literal("draft"), Draft.assignment_id, Draft.updated_at, no_time, nothing, nothing
        ).where(Draft.enrollment_id == enrollment, Draft.updated_by == bindparam("user")),
        select(
            literal("answer"), Response.item_id, Response.at, no_time, nothing, nothing
        ).where(Response.enrollment_id == enrollment),
        select(
            literal("place"), LessonPlace.lesson_id, LessonPlace.at, no_time, LessonPlace.part,
            nothing,
        ).where(LessonPlace.enrollment_id == enrollment),
    )


MARKS = _marks()
