"""What a team has shown, answered and said about its joint work; never the draft."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from courses.models import Enrollment, Team, owned_by
from courses.queries.team_rows import EVERYTHING
from courses.rules.sign_offs import Said


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


@dataclass(frozen=True, kw_only=True)
class Belongs:
    """Somebody in the team now, and for which authority."""

    enrollment_id: int
    name: str
    organization_id: int
    organization: str


@dataclass(frozen=True, kw_only=True)
class TeamStory:
    """What is stored of a team's joint work, and what a page of it asks beside that."""

    facts: dict[str, TeamFacts]
    """By assignment."""
    members: tuple[Belongs, ...]
    """By name; nobody for what is done alone."""
    done: frozenset[str]
    """Which of the items that were asked about the reader has finished."""


def team_facts(session: Session, owner: Enrollment | Team) -> dict[str, TeamFacts]:
    """Return assignment id → what is stored about it, in one statement. For somebody without a
    team: of what that person does alone."""
    return team_story(session, owner).facts


def team_story(
    session: Session,
    owner: Enrollment | Team,
    *,
    reader: Enrollment | None = None,
    items: Collection[str] = (),
) -> TeamStory:
    """Return the same with the team's members, and which of `items` the reader has finished:
    one statement for what would be three."""
    asked = {"team_id": 0, "enrollment_id": 0} | owned_by(owner) | {
        "reader": reader.id if reader else 0, "items": list(items),
    }
    found: dict[str, TeamFacts] = defaultdict(TeamFacts)
    members, done = [], set()
    for row in session.execute(EVERYTHING, asked):
        if row.kind == "done":
            done.add(row.item_id)
            continue
        if row.kind == "member":
            members.append(
                Belongs(
                    enrollment_id=row.enrollment_id, name=row.name,
                    organization_id=row.organization_id, organization=row.text,
                )
            )
            continue
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
    return TeamStory(
        facts=found, done=frozenset(done),
        members=tuple(sorted(members, key=lambda one: (one.name, one.enrollment_id))),
    )
