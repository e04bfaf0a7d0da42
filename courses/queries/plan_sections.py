"""A chapter of a plan as sections to read and fill in, as an assignment has them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from courses.catalog import Assignment, Course, Section
from courses.rules.plans import PREFACE, PartLike

_NUMBER = re.compile(r"\d+\.\s+")


@dataclass(frozen=True)
class ChapterSections:
    """What a form or a page asks of an assignment: its sections."""

    sections: tuple[Section, ...]

    def section(self, section_id: str) -> Section | None:
        """The section with this id, if there is one."""
        return next((one for one in self.sections if one.id == section_id), None)


def chapter_sections(
    course: Course, chapter_id: str, parts: Iterable[PartLike], answers: Mapping[str, Any]
) -> ChapterSections:
    """Return the sections of a chapter in the course's language: room for the team's own words
    first, then its parts under the plan's headings. What no longer fits a part, as it is kept,
    is left out."""
    template = course.plan_template
    chapter = template.chapter(chapter_id) if template else None
    own = Section(id=PREFACE, kind="text", label="", hint="", required=False)
    found = [own]
    for part in parts:
        item = course.items.get(part.assignment_id)
        section = item.section(part.section_id) if isinstance(item, Assignment) else None
        if section is not None and _fits(section, answers.get(part.id)):
            layout = template.layout_of(part.id) if template else None
            label = _NUMBER.sub("", section.label, count=1)
            if layout:  # without a heading of its own it stands under the chapter's
                label = layout.heading or (chapter.title if chapter else label)
            found.append(
                replace(
                    section, id=part.id, label=label, hint="", required=False, max_chars=None,
                )
            )
    return ChapterSections(tuple(found))


def _fits(section: Section, value: Any) -> bool:
    return value is None or isinstance(value, str) is (section.kind != "rows")
