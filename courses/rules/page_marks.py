"""Where the next page of a list begins, as it stands in an address: after this moment and id."""

from datetime import UTC, datetime

LARGEST_ID = 2**31 - 1


def mark(at: datetime | None, number: int) -> str:
    """Return the mark of a page's last row."""
    return f"{at.isoformat() if at else ''}_{number}"


def place_of(text: str | None) -> tuple[datetime, int] | None:
    """Return what `mark` was made of; None when it is none of ours."""
    at, _, number = (text or "").rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
        is_ours = moment.tzinfo and moment.astimezone(UTC) and int(number) <= LARGEST_ID
    except (ValueError, OverflowError):
        return None
    return (moment, int(number)) if is_ours else None
