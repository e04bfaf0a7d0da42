"""How much a certificate says that somebody has done, and what the work of making it is called."""

from collections.abc import Sequence
from decimal import Decimal

JOB = "issue_certificate"
"""The kind of job that makes one."""
HALF_HOUR = 30


def half_hours(minutes: Sequence[int]) -> list[Decimal]:
    """Return minutes as hours in whole halves that add up to the rounded total.

    Whoever adds up the modules on a certificate must get the number that stands above them;
    rounding each on its own would not promise that.
    """
    halves = [each // HALF_HOUR for each in minutes]
    missing = (sum(minutes) * 2 + HALF_HOUR) // (2 * HALF_HOUR) - sum(halves)
    by_remainder = sorted(range(len(minutes)), key=lambda place: -(minutes[place] % HALF_HOUR))
    for place in by_remainder[:missing]:
        halves[place] += 1
    return [Decimal(each) / 2 for each in halves]
