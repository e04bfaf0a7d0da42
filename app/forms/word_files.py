"""What a Word document says beside what stands in the draft, and what shall become of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.forms.assignments import AnswersForm
from app.pages.answers import ReadSection, read_sections
from courses.catalog import Assignment
from courses.rules.answers import is_blank, merged
from courses.rules.word_reading import Leftover

DRAFT, FILE, BOTH = "draft", "file", "both"


@dataclass(frozen=True)
class Compared:
    """One section: what stands in the draft and what the file says, where they differ."""

    ours: ReadSection
    theirs: ReadSection
    version: int
    """Of the section's text in a team's draft."""
    use: str
    """What is chosen, or would be."""

    @property
    def id(self) -> str:
        return self.ours.section.id

    @property
    def takes_both(self) -> bool:
        """Whether there is room for both texts."""
        return not self.ours.is_blank and self.ours.section.kind in ("text", "short", "rows")


class WordForm:
    """The sections of a document that was read, and what becomes of each."""

    def __init__(
        self,
        assignment: Assignment,
        original: Assignment,
        *,
        found: Mapping[str, Any],
        draft: Mapping[str, Any],
        versions: Mapping[str, int],
        posted: Mapping[str, str] | None = None,
    ) -> None:
        self.fields = AnswersForm.showing(assignment, original, found)
        self.found, self.draft = dict(found), dict(draft)
        ours = read_sections(assignment, original, self.draft)
        theirs = read_sections(assignment, original, self.found)
        self.sections = [
            Compared(
                mine, other, versions.get(mine.section.id, 0), self._use(mine, posted or {})
            )
            for mine, other in zip(ours, theirs, strict=True)
            if not other.is_blank and other.value != mine.value
        ]
        self.same = [
            other.section for mine, other in zip(ours, theirs, strict=True)
            if not other.is_blank and other.value == mine.value
        ]
        self._assignment = assignment

    def chosen(self) -> dict[str, Any]:
        """Section → what it will say, of those in which something changes."""
        both = merged(self._assignment.sections, self.draft, self.found)
        return {
            one.id: both[one.id] if one.use == BOTH else self.found[one.id]
            for one in self.sections
            if one.use != DRAFT
        }

    def _use(self, mine: ReadSection, posted: Mapping[str, str]) -> str:
        given = posted.get(f"use-{mine.section.id}")
        if given in (DRAFT, FILE, BOTH):
            return given
        return FILE if is_blank(self.draft.get(mine.section.id, "")) else DRAFT


def leftovers_in(posted: Mapping[str, Any]) -> list[Leftover]:
    """Return what had no place, as a page carries it along."""
    values = posted.getlist("left") if hasattr(posted, "getlist") else []
    pairs = [one.partition("\n") for one in values]
    return [Leftover(section_id=where or None, text=text) for where, _, text in pairs]
