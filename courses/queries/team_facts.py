"""What a team has shown, answered and said about its joint work; never the draft."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
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

from courses.models import (
    CohortShowing,
    ContributionLine,
    Enrollment,
    ReadyMark,
    ShownVersion,
    SignOff,
    SignOffWaiver,
    Submission,
    SubmissionRound,
    Team,
    User,
    not_sealed,
    owned_by,
)
from courses.rules.sign_offs import Said
from courses.vocabulary import SubmissionState


@dataclass(frozen=True, kw_only=True)
class Shown:
    """That a version was shown, to whom and by whom."""

    id: int
    organization_id: int | None
    """None: the whole team."""
    digest: str
    draft_version: int
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Waiver:
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ready:
    """What somebody said they were ready with."""

    draft_version: int
    shown_id: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """Somebody's line about what they did for a round."""

    enrollment_id: int
    number: int
    """Of the round."""
    name: str
    line: str
    at: datetime


@dataclass(kw_only=True)
class TeamFacts:
    """What is stored about one joint assignment beside its draft and its rounds."""

    shown: list[Shown] = field(default_factory=list)
    """The newest first."""
    said: list[Said] = field(default_factory=list)
    """In order of time."""
    waived: dict[int, Waiver] = field(default_factory=dict)
    """By authority."""
    ready: dict[int, Ready] = field(default_factory=dict)
    """By enrollment."""
    lines: list[OwnLine] = field(default_factory=list)
    shown_to_cohort_at: datetime | None = None
    """Since when the other teams read it; None: they do not."""


def team_facts(session: Session, owner: Enrollment | Team) -> dict[str, TeamFacts]:
    """Return assignment id → what is stored about it, in one statement. For somebody without a
    team: of what that person does alone."""
    asked = {"team_id": 0, "enrollment_id": 0} | owned_by(owner)
    found: dict[str, TeamFacts] = defaultdict(TeamFacts)
    for row in session.execute(EVERYTHING, asked):
        facts = found[row.item_id]
        if row.kind == "shown":
            facts.shown.append(
                Shown(
                    id=row.id, organization_id=row.organization_id, digest=row.text,
                    draft_version=row.number, by=row.name, at=row.at,
                )
            )
        elif row.kind == "said":
            facts.said.append(
                Said(
                    shown_id=row.id, enrollment_id=row.enrollment_id, name=row.name,
                    is_approved=bool(row.number), line=row.text, at=row.at,
                )
            )
        elif row.kind == "waived":
            facts.waived[row.organization_id] = Waiver(reason=row.text, by=row.name, at=row.at)
        elif row.kind == "ready":
            facts.ready[row.enrollment_id] = Ready(
                draft_version=row.number, shown_id=row.id, at=row.at
            )
        elif row.kind == "line":
            facts.lines.append(
                OwnLine(
                    enrollment_id=row.enrollment_id, number=row.number, name=row.name,
                    line=row.text, at=row.at,
                )
            )
        else:
            facts.shown_to_cohort_at = row.at
    for facts in found.values():
        facts.shown.reverse()
    return found


def _everything() -> Select[Any]:
    team_id: BindParameter[int] = bindparam("team_id")
    enrollment_id: BindParameter[int] = bindparam("enrollment_id")
    no_id, nothing = cast(null(), Integer), literal("")
    is_owners = (Submission.team_id == team_id) | (Submission.enrollment_id == enrollment_id)
    whole = union_all(
        select(
            literal("shown").label("kind"), ShownVersion.id.label("place"), ShownVersion.id,
            ShownVersion.assignment_id.label("item_id"), ShownVersion.organization_id,
            no_id.label("enrollment_id"), ShownVersion.draft_version.label("number"),
            ShownVersion.digest.label("text"), ShownVersion.shown_at.label("at"),
            type_coerce(User.name, String).label("name"),
        ).join(User, User.id == ShownVersion.shown_by).where(ShownVersion.team_id == team_id),
        select(
            literal("said"), SignOff.id, ShownVersion.id, ShownVersion.assignment_id, no_id,
            SignOff.enrollment_id, cast(SignOff.is_approved, Integer), SignOff.line,
            SignOff.answered_at, User.name,
        )
        .join(ShownVersion, ShownVersion.id == SignOff.shown_version_id)
        .join(Enrollment, Enrollment.id == SignOff.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(ShownVersion.team_id == team_id),
        select(
            literal("waived"), SignOffWaiver.id, SignOffWaiver.id, SignOffWaiver.assignment_id,
            SignOffWaiver.organization_id, no_id, no_id, SignOffWaiver.reason,
            SignOffWaiver.waived_at, User.name,
        )
        .join(User, User.id == SignOffWaiver.waived_by)
        .where(SignOffWaiver.team_id == team_id),
        select(
            literal("ready"), ReadyMark.id, ReadyMark.shown_version_id, ReadyMark.assignment_id,
            no_id, ReadyMark.enrollment_id, ReadyMark.draft_version, nothing, ReadyMark.at,
            nothing,
        ).where(ReadyMark.team_id == team_id),
        select(
            literal("line"), ContributionLine.id, SubmissionRound.id, Submission.assignment_id,
            no_id, ContributionLine.enrollment_id, SubmissionRound.number, ContributionLine.line,
            ContributionLine.written_at, User.name,
        )
        .join(SubmissionRound, SubmissionRound.id == ContributionLine.round_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .join(Enrollment, Enrollment.id == ContributionLine.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(is_owners),
        select(
            literal("showing"), CohortShowing.id, CohortShowing.id, Submission.assignment_id,
            no_id, no_id, SubmissionRound.number, nothing, CohortShowing.shown_at, nothing,
        )
        .join(SubmissionRound, SubmissionRound.id == CohortShowing.round_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .where(
            is_owners, CohortShowing.hidden_at.is_(None),
            Submission.state == SubmissionState.APPROVED,
            SubmissionRound.number == Submission.round, not_sealed(),
        ),
    ).subquery()
    return select(whole).order_by(whole.c.kind, whole.c.place)


# built once: putting such a statement together takes longer than running it
EVERYTHING = _everything()
