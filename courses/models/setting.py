from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NOT_PERSONAL, Base


class OwnerSetting(Base):
    """What the owner has decided for the whole installation, in the browser.

    Until an installation has been set up, one row holds what has been answered so far, the first
    person's name and address among it: encrypted, and deleted when that person's account is made.
    """

    __tablename__ = "owner_setting"
    __personal__ = NOT_PERSONAL

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    changed_at: Mapped[datetime]
