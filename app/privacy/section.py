"""One kind of personal data, in people's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString

COHORT = "two years after the cohort's end"
JOINT_WORK = "two years after the cohort's end; joint municipal work is kept"
SOON_AFTER = "90 days after the cohort's end"


@dataclass(frozen=True, kw_only=True)
class Section:
    """One kind of personal data: what it is, what it is for, and how long it is kept."""

    title: LazyString
    what: LazyString
    why: LazyString
    how_long: LazyString
    tables: Mapping[str, str]
    """Table → the retention that it declares."""
