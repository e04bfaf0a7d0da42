"""What a reflection says, while it can be read."""

from dataclasses import dataclass

FIRST = 70
"""Signs of a text that stand for it in the list."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """The text, and the question that it answers (empty: none)."""

    text: str
    prompt: str = ""

    @property
    def first(self) -> str:
        """The beginning of the text, whole words."""
        text = " ".join(self.text.split())
        return text if len(text) <= FIRST else text[:FIRST].rpartition(" ")[0] + " …"


def both(theirs: str, mine: str) -> str:
    """Return both texts, one after the other, or the one that holds the other already."""
    if not theirs.strip() or theirs in mine:
        return mine
    return theirs if mine in theirs else f"{theirs}\n\n{mine}"
