"""What a participant's first page tells beside their own work: which texts their authority is
asked to approve, and what has happened lately."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    String,
    bindparam,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from courses.models import (
    Draft,
    Notice,
    ShownVersion,
    SignOff,
    SignOffWaiver,
    Submission,
    Team,
    TeamMember,
)
from courses.queries.learning import Reading
from courses.queries.standing import Standing
from courses.rules.sign_offs import text_digest
from courses.rules.visible_status import OPEN_STATES
from courses.vocabulary import NoticeKind, SubmissionState

LATELY = timedelta(days=14)
SHOWN = 6
HAPPENED = (
    NoticeKind.FEEDBACK, NoticeKind.PROMISE_MOVED, NoticeKind.REPLY, NoticeKind.EXTENDED,
    NoticeKind.EXCUSED, NoticeKind.REGISTERED, NoticeKind.HOLDER, NoticeKind.PEN_TAKEN,
    NoticeKind.WITHDRAWN, NoticeKind.HANDOVER, NoticeKind.CONTRIBUTION, NoticeKind.SHOWN,
    NoticeKind.SIGN_OFF_ANSWERED, NoticeKind.PLAN_ISSUED,
)
"""What is told a participant once it has happened; dates and what waits stand on the page."""


@dataclass(frozen=True, kw_only=True)
class AskedOf:
    """A text that one's authority is asked to approve, and has not answered about yet."""

    shown_id: int
    item_id: str
    team_id: int
    team: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class News:
    """Something that has happened; `count` times under one name."""

    kind: NoticeKind
    item_id: str | None
    team_id: int | None
    team: str
    day: date | None
    at: datetime
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits for one's authority, and the news, the latest first."""

    asked: tuple[AskedOf, ...]
    news: tuple[News, ...]


def waiting(session: Session, reading: Reading, done: Standing, *, now: datetime) -> Waiting:
    """Return what the reader's teams wait for and what has happened lately, in one statement."""
    mine = reading.enrollment
    if mine is None:
        return Waiting(asked=(), news=())
    asked: list[AskedOf] = []
    news: dict[tuple[Any, ...], News] = {}
    rows = session.execute(
        TOLD,
        {
            "user": mine.user_id, "enrollment": mine.id, "cohort": mine.cohort_id,
            "since": now - LATELY,
            "organization": mine.organization_id if reading.cohort.needs_sign_off else 0,
        },
    )
    for kind, id_, item_id, team_id, team, day, at, answers, digest in rows:
        if kind == "asked":
            if text_digest(json.loads(answers)) == digest:  # else it has changed since
                asked.append(
                    AskedOf(shown_id=id_, item_id=item_id, team_id=team_id, team=team, at=at)
                )
            continue
        one = News(
            kind=NoticeKind(kind), item_id=item_id, team_id=team_id, team=team or "", day=day,
            at=at,
        )
        if _is_so(one, reading, done):
            key = (one.kind, item_id, team_id)
            before = news.pop(key, None)
            news[key] = replace(one, count=before.count + 1 if before else 1)
    return Waiting(
        asked=tuple(sorted(asked, key=lambda one: (one.at, one.shown_id))),
        news=tuple(list(news.values())[::-1][:SHOWN]),
    )


def _is_so(one: News, reading: Reading, done: Standing) -> bool:
    """Whether something that was written down when it happened is so still."""
    mine, team = reading.enrollment, reading.team
    if one.kind is NoticeKind.EXCUSED:
        return one.item_id in done.completed
    if team is None or one.team_id != team.id:
        return True
    if one.kind is NoticeKind.HOLDER:
        return mine is not None and team.holder_id == mine.id
    if one.kind is NoticeKind.WITHDRAWN:
        return done.team.submissions.get(one.item_id or "", (None,))[0] is (
            SubmissionState.WITHDRAWN
        )
    return True


def _told() -> CompoundSelect[Any]:
    """What somebody was told since a moment, and what their authority is asked; by time."""
    organization: BindParameter[int] = bindparam("organization")
    enrollment: BindParameter[int] = bindparam("enrollment")
    here = select(TeamMember.team_id).where(
        TeamMember.enrollment_id == enrollment, TeamMember.left_on.is_(None)
    )
    in_team = select(TeamMember.enrollment_id).where(
        TeamMember.team_id == ShownVersion.team_id, TeamMember.left_on.is_(None)
    )
    answered = exists().where(
        SignOff.shown_version_id == ShownVersion.id,
        or_(SignOff.is_approved, SignOff.enrollment_id.in_(in_team)),
    )
    waived = exists().where(
        SignOffWaiver.team_id == ShownVersion.team_id,
        SignOffWaiver.assignment_id == ShownVersion.assignment_id,
        SignOffWaiver.organization_id == organization,
    )
    nothing = cast(null(), String())
    told: CompoundSelect[Any] = union_all(
        select(
            type_coerce(Notice.kind, String()), Notice.id, Notice.item_id, Notice.team_id,
            Team.name, Notice.day, Notice.created_at.label("at"), nothing, nothing,
        )
        .outerjoin(Team, Team.id == Notice.team_id)
        .where(
            Notice.user_id == bindparam("user"), Notice.cohort_id == bindparam("cohort"),
            Notice.created_at > bindparam("since"), Notice.kind.in_(HAPPENED),
        ),
        select(
            literal("asked"), ShownVersion.id, ShownVersion.assignment_id, ShownVersion.team_id,
            Team.name, cast(null(), Date()), ShownVersion.shown_at, cast(Draft.answers, String()),
            ShownVersion.digest,
        )
        .join(Team, Team.id == ShownVersion.team_id)
        .join(
            Draft,
            (Draft.team_id == ShownVersion.team_id)
            & (Draft.assignment_id == ShownVersion.assignment_id),
        )
        .outerjoin(
            Submission,
            (Submission.team_id == ShownVersion.team_id)
            & (Submission.assignment_id == ShownVersion.assignment_id),
        )
        .where(
            ShownVersion.organization_id == organization, ShownVersion.team_id.in_(here),
            or_(Submission.id.is_(None), Submission.state.in_(OPEN_STATES)),
            ~answered, ~waived,
        ),
    )
    return told.order_by("at")


TOLD = _told()
