"""The owner decides something for the whole installation."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from courses.models import OwnerSetting
from courses.services.audit import audit


def change_setting(
    session: Session, key: str, value: Any, *, by: int | None, now: datetime
) -> None:
    """Let `key` be `value` (whatever JSON can say) from now on. The trail names the key alone."""
    row = session.get(OwnerSetting, key, with_for_update=True)
    if row is None:
        row = OwnerSetting(key=key, value=value, changed_at=now)
        session.add(row)
    row.value, row.changed_at = value, now
    session.flush()
    audit(session, "setting:change", "owner_setting", None, actor_id=by, now=now, key=key)
