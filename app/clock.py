"""The only place that asks what time it is. Services and rules are told."""

from datetime import UTC, date, datetime

from courses.rules.calendar import STOCKHOLM


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Stockholm."""
    return now().astimezone(STOCKHOLM).date()
