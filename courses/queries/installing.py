"""Whether an installation is still to be set up, and what has been answered so far."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from courses.models import OwnerSetting, User
from courses.rules.installing import ANSWERS


@dataclass(frozen=True)
class Installation:
    is_empty: bool
    """Nobody has an account or is to have one."""
    answers: str | None
    """Sealed."""


def installation(session: Session) -> Installation:
    """Return how far the set-up has come, in one statement."""
    row = session.execute(
        select(
            ~exists().where(User.id.is_not(None)),
            select(OwnerSetting.value).where(OwnerSetting.key == ANSWERS).scalar_subquery(),
        )
    ).one()
    return Installation(bool(row[0]), row[1])
