"""What becomes of a cohort when another edition of its course is published."""

from collections.abc import Iterable, Mapping
from typing import Any

from courses.rules.edition_changes import EditionChanges
from courses.rules.next_step import ItemKind
from courses.rules.requirements import required_items
from courses.vocabulary import Decision


def default_decision(*, reads_published: bool) -> Decision:
    """Return what happens to a cohort about which nobody says anything: it follows what is
    published, unless it was left on an older edition before."""
    return Decision.KEEP if reads_published else Decision.NEW_COHORTS


def asked_again(
    changes: EditionChanges, requirement_set: Iterable[Mapping[str, Any]]
) -> frozenset[str]:
    """Return what is done again by those who have finished it: lessons and knowledge checks
    whose wording has changed and which the new requirement set names. Assignments never are:
    what has been handed in stands."""
    required = set(required_items(requirement_set))
    return frozenset(
        item.id
        for item in changes.changed
        if item.kind is not ItemKind.ASSIGNMENT and item.id in required
    )
