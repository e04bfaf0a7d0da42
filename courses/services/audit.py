"""The trail: every change of state leaves a row that says who, what and when."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from courses.models import AuditEvent


def audit(
    session: Session,
    action: str,
    object_type: str,
    object_id: int | None,
    *,
    actor_id: int | None,
    now: datetime,
    **details: Any,
) -> None:
    """Append to the trail, in the transaction of what it tells about. Ids only, no texts."""
    session.add(
        AuditEvent(
            at=now, actor_id=actor_id, action=action, object_type=object_type,
            object_id=object_id, details=details,
        )
    )
