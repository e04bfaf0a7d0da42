"""The second step of logging in: what is accepted, how long it counts, and who needs one."""

import re
from datetime import datetime, timedelta

from courses.vocabulary import Role

SETTING = "second_factor_roles"
"""The key of the owner's decision: for whom a second step is required."""
PARTICIPANT = "participant"
WHO = (PARTICIPANT, *(role.value for role in Role))
"""For whom it can be required."""
PERIOD = 30
"""Seconds that an app shows a code."""
WAITS = timedelta(minutes=20)
"""How long after the password the second step may come; getting an app takes its time."""
REMEMBERED = timedelta(days=30)
FRESH = timedelta(minutes=15)
"""How long a proof counts for changing what protects the account."""
CODES, SELECTOR, REST = 10, 4, 8
"""How many recovery codes there are, and how many signs each part of one has."""
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that are not mistaken for each other on paper."""


def time_step(now: datetime) -> int:
    """Return the number of the half minute; the app of today and the server count alike."""
    return int(now.timestamp()) // PERIOD


def accepted_steps(now: datetime) -> range:
    """Return the half minutes whose codes are taken: clocks differ, and fingers are slow."""
    step = time_step(now)
    return range(step - 1, step + 2)


def app_code(typed: str) -> str | None:
    """Return the six digits of `typed`, however they were grouped; None when they are not six."""
    digits = re.sub(r"[\s-]", "", typed)
    return digits if re.fullmatch(r"[0-9]{6}", digits) else None


def recovery_code(typed: str) -> tuple[str, str] | None:
    """Return the two parts of a recovery code; None when it is not the shape of one."""
    signs = re.sub(r"[\s-]", "", typed).upper()
    if len(signs) != SELECTOR + REST or not set(signs) <= set(ALPHABET):
        return None
    return signs[:SELECTOR], signs[SELECTOR:]
