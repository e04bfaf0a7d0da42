"""How approved texts become the chapters of a plan, and what has come since they were edited."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from courses.rules.answers import filled_rows, is_blank, is_iso_date
from courses.rules.secrecy import Passage, standing

PREFACE = "inledning"
"""The part of every chapter that comes from nowhere: what the team writes first in it."""


class PartLike(Protocol):
    """As much of the catalog's `PlanPart` as the rules need."""

    @property
    def id(self) -> str: ...
    @property
    def assignment_id(self) -> str: ...
    @property
    def section_id(self) -> str: ...


class ChapterLike(Protocol):
    """As much of the catalog's `PlanChapter` as the rules need."""

    @property
    def parts(self) -> Sequence[PartLike]: ...
    @property
    def until(self) -> Sequence[PartLike]: ...
    @property
    def regional(self) -> Sequence[PartLike]: ...


class DateLike(Protocol):
    """As much of the catalog's `PlanDate` as the rules need."""

    @property
    def part(self) -> PartLike: ...
    @property
    def date(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def lead(self) -> str: ...


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")

Approved = Mapping[str, Mapping[str, Any]]
"""Assignment id → the answers of its approved round."""


def parts_of(
    chapter: ChapterLike, approved: Iterable[str], *, is_regional: bool
) -> tuple[PartLike, ...]:
    """Return what makes up a chapter now. While the first of its parts is not approved, what
    stands in for it comes after those that are."""
    stand_ins = () if chapter.parts[0].assignment_id in set(approved) else chapter.until
    own = chapter.regional if is_regional else ()
    return tuple(dict.fromkeys((*chapter.parts, *stand_ins, *own)))


def compiled(chapter: ChapterLike, approved: Approved, *, is_regional: bool) -> dict[str, Any]:
    """Return part → what the approved texts say there; nothing is put where they say nothing."""
    found = {}
    for part in parts_of(chapter, approved, is_regional=is_regional):
        value = approved.get(part.assignment_id, {}).get(part.section_id)
        if value and not is_blank(value):
            found[part.id] = value
    return found


def sources_of(
    chapter: ChapterLike, references: Mapping[str, str], *, is_regional: bool
) -> dict[str, str]:
    """Return assignment → reference of the approved rounds that a chapter is made of."""
    parts = parts_of(chapter, references, is_regional=is_regional)
    wanted = dict.fromkeys(part.assignment_id for part in parts)
    return {one: references[one] for one in wanted if one in references}


def came_since(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the references that have come since a chapter was edited."""
    return [reference for one, reference in now.items() if then.get(one) != reference]


def days_in(dates: Iterable[DateLike], answers: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the days to remember in what stands in the plan (part → value), in order."""
    found = [
        {
            "date": row[one.date], "what": f"{one.lead} {row[one.what]}".strip(),
            "who": row.get(one.who, "") if one.who else "",
        }
        for one in dates
        for row in filled_rows(answers.get(one.part.id))
        if is_iso_date(row.get(one.date, "")) and row.get(one.what, "").strip()
    ]
    return sorted(found, key=lambda row: row["date"])


def printable(value: Any) -> Any:
    """Return what was written without signs that nobody sees, which other programs leave behind
    when text is copied, and with their bullets as ours."""
    if isinstance(value, str):
        return _UNSEEN.sub("", value).replace("\uf0b7", "•")
    if isinstance(value, list):
        return [printable(one) for one in value]
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    return value


def lacking(chapters: Iterable[str], filled: Iterable[str]) -> tuple[str, ...]:
    """Return which of the chapters that a point of the law leads to say nothing yet."""
    there = set(filled)
    return tuple(one for one in chapters if one not in there)


def quotes(answers: Mapping[str, Any], passages: Sequence[Passage]) -> bool:
    """Whether words that were stopped stand in some part of a plan; a part is named after its
    assignment and section, and short passages count where they stood."""
    return any(
        standing({part.partition("-")[2] or part: value}, passages)
        for part, value in answers.items()
    )
