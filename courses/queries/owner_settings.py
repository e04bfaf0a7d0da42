"""What the owner has decided for the whole installation."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import OwnerSetting


def settings(session: Session) -> Mapping[str, Any]:
    """Return every decision by its key, in one statement; what is not decided is not there."""
    rows = session.execute(select(OwnerSetting.key, OwnerSetting.value)).all()
    return {row.key: row.value for row in rows}
