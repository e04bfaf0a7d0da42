"""Where the next page of a list begins, as it stands in an address: after this moment and id."""

from datetime import UTC, date, datetime

from courses.rules.queue import QueueKey, Turn

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


def turn_mark(key: QueueKey) -> str:
    """Return the mark of a page's last row in the queue."""
    turn, promised_on, number = key
    return f"{turn}_{promised_on.isoformat()}_{number}"


def turn_place(text: str | None) -> QueueKey | None:
    """Return what `turn_mark` was made of; None when it is none of ours."""
    parts = (text or "").split("_")
    try:
        turn, day, number = int(parts[0]), date.fromisoformat(parts[1]), int(parts[2])
    except (ValueError, IndexError):
        return None
    return (turn, day, number) if turn in list(Turn) and 0 <= number <= LARGEST_ID else None
