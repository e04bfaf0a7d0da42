"""Who was in the team when a text was handed in, under the names that others read today.

A round is frozen with the names that its members had. Whoever has got protected personal data
since is not to be read of there either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Enrollment, SubmissionRound, User


@dataclass(frozen=True)
class RoundMember:
    name: str
    organization: str


def members_of_rounds(
    session: Session, rounds: Iterable[SubmissionRound]
) -> Mapping[int, tuple[RoundMember, ...]]:
    """Return round id → its members, in one statement; in none when no round is a team's."""
    rounds = list(rounds)
    ids = {member["enrollment_id"] for one in rounds for member in one.members}
    aliases: dict[int, str] = {}
    if ids:
        rows = session.execute(
            select(Enrollment.id, User.alias)
            .join(User, User.id == Enrollment.user_id)
            .where(Enrollment.id.in_(ids), User.alias.is_not(None))
        )
        aliases = {row.id: row.alias for row in rows}
    return {
        one.id: tuple(
            RoundMember(aliases.get(member["enrollment_id"], member["name"]),
                        member["organization"])
            for member in one.members
        )
        for one in rounds
    }
