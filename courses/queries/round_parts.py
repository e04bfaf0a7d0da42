"""What each member did for a round that trainers read: the line that they wrote about it, and
the sections in which their contributions stand. Under the names that others read today.

Nobody but the team and the trainers of the cohort reads such a line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import (
    ContributionLine,
    Enrollment,
    Organization,
    RoundSource,
    Submission,
    SubmissionRound,
    TeamMember,
    User,
)
from courses.rules.masking import Mask


@dataclass(frozen=True, kw_only=True)
class RoundPart:
    """A member of the team that handed in, or somebody who had left it and whose words stand
    there."""

    name: str
    organization: str
    was_in_team: bool
    line: str | None
    """What they did, in their own words; None: not written yet."""
    sections: tuple[str, ...]
    """Ids of the sections in which their contributions stand."""

    @property
    def says_something(self) -> bool:
        return bool(self.line or self.sections)

    def under(self, mask: Mask) -> "RoundPart":
        """Return it without what is hidden from the reader."""
        return replace(self, line=mask.over(self.line)) if self.line else self


def parts_of_rounds(
    session: Session, rounds: Iterable[SubmissionRound]
) -> Mapping[int, tuple[RoundPart, ...]]:
    """Return round id → its members, then others whose contributions stand in it. One statement,
    or none when no round is a team's."""
    rounds = [one for one in rounds if one.members]
    if not rounds:
        return {}
    rows = session.execute(
        select(
            SubmissionRound.id.label("round_id"), TeamMember.enrollment_id, User.alias,
            Organization.name.label("organization"), ContributionLine.line, RoundSource.sources,
        )
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .join(TeamMember, TeamMember.team_id == Submission.team_id)  # also who has left it
        .join(Enrollment, Enrollment.id == TeamMember.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .outerjoin(
            ContributionLine,
            (ContributionLine.round_id == SubmissionRound.id)
            & (ContributionLine.enrollment_id == Enrollment.id),
        )
        .outerjoin(RoundSource, RoundSource.round_id == SubmissionRound.id)
        .where(SubmissionRound.id.in_([one.id for one in rounds]))
    )
    people: dict[int, dict[int, Any]] = {one.id: {} for one in rounds}
    for row in rows:
        people[row.round_id][row.enrollment_id] = row
    return {one.id: _parts(one, people[one.id]) for one in rounds}


def _parts(one: SubmissionRound, people: Mapping[int, Any]) -> tuple[RoundPart, ...]:
    sources = next((row.sources or [] for row in people.values()), [])
    sections: dict[int, list[str]] = {}
    for source in sources:
        sections.setdefault(source["enrollment_id"], []).append(source["section_id"])
    members = {member["enrollment_id"]: member for member in one.members}
    others = {
        source["enrollment_id"]: {
            "name": source["name"],
            "organization": people[source["enrollment_id"]].organization,
        }
        for source in sources
        if source["enrollment_id"] not in members and source["enrollment_id"] in people
    }
    return tuple(
        RoundPart(
            name=(row.alias if (row := people.get(person)) else None) or frozen["name"],
            organization=frozen["organization"], was_in_team=person in members,
            line=row.line if row else None, sections=tuple(sections.get(person, ())),
        )
        for person, frozen in (members | others).items()
    )
