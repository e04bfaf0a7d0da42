"""What a printed or saved page says of its edition."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Edition


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """Which edition a text is from, and when that was published."""

    number: int
    published_at: datetime


def imprint(session: Session, digest: str) -> Imprint:
    """Return the imprint of an edition that is kept."""
    number, published_at = session.execute(
        select(Edition.number, Edition.published_at).where(Edition.digest == digest)
    ).one()
    return Imprint(number=number, published_at=published_at)
