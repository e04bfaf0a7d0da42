"""What others are to read is looked through first, for what may point out somebody."""

from collections.abc import Collection

from courses.errors import Reason, Refused
from courses.rules.answers_guard import counted
from courses.rules.identity_guard import find


def refuse_pointing(
    *texts: str,
    known: Collection[str],
    has_checked: bool,
    number: Reason = Reason.PERSONAL_NUMBER,
    unchecked: Reason = Reason.NOT_CHECKED,
) -> dict[str, int]:
    """Refuse texts that hold a personal identity number, or that may point out somebody and were
    not checked; `number` and `unchecked` are the reasons. Return how many passages of which kind
    were asked about."""
    found = [one for text in texts for one in find(text, known=known)]
    if any(one.blocks for one in found):
        raise Refused(number)
    if found and not has_checked:
        raise Refused(unchecked)
    return counted(one.kind for one in found)
