"""A personal identity number in a section of a team's draft, which others read while it is
written: said at once. What another authority would read is not even saved (`save_section`)."""

from typing import Any

from app.forms.guarding import Passage
from courses.catalog import Section
from courses.rules.answers_guard import numbers_in


def numbers(section: Section, value: Any) -> list[Passage]:
    """Return what looks like a personal number in what stands in a section."""
    return [
        Passage(finding=one.finding, before=one.before, after=one.after)
        for one in numbers_in([section], {section.id: value})
    ]
