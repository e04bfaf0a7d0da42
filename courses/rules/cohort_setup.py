"""What a cohort must have before it opens."""

from enum import StrEnum


class Missing(StrEnum):
    """One thing that a cohort lacks."""

    MODULE_DATE = "module_date"
    TEAM = "team"
    PARTICIPANT = "participant"
    TRAINER = "trainer"


def missing_to_open(
    *, module_dates: int, teams: int, participants: int, trainers: int
) -> list[Missing]:
    """Return what is missing, in the order in which it is set up."""
    counts = {
        Missing.MODULE_DATE: module_dates, Missing.TEAM: teams,
        Missing.PARTICIPANT: participants, Missing.TRAINER: trainers,
    }
    return [what for what, count in counts.items() if count == 0]
