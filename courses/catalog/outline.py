"""A course without its texts, to compare one edition with another."""

from typing import Any

from courses.catalog.assignments import Assignment
from courses.catalog.course import Course
from courses.catalog.items import Item, Lesson
from courses.rules.edition_changes import Outline, OutlineItem
from courses.rules.next_step import ItemKind


def outline(course: Course) -> Outline:
    """Return what the course consists of."""
    return Outline(
        digest=course.digest,
        modules={module.id: module.title for module in course.modules},
        items={
            key: _item(item, module.id, module.slug)
            for module in course.modules
            for key, item in module.items.items()
        },
        requirements=tuple(requirement_set(course)),
        help_lines={line.id: (line.name, line.number) for line in course.support},
        facts={key: repr(fact) for key, fact in course.facts.items()},
    )


def requirement_set(course: Course) -> list[dict[str, Any]]:
    """Return what the course asks for, in the form that a cohort keeps."""
    return [
        {"id": line.id, "kind": line.kind, "items": list(line.items), "count": line.count}
        for line in course.requirements
    ]


def _item(item: Item, module_id: str, module_slug: str) -> OutlineItem:
    kind = ItemKind.CHECK
    if isinstance(item, Lesson):
        kind = ItemKind.LESSON
    elif isinstance(item, Assignment):
        kind = ItemKind.ASSIGNMENT
    return OutlineItem(
        id=item.id,
        kind=kind,
        module_id=module_id,
        title=item.title,
        slug=module_slug if kind is ItemKind.CHECK else getattr(item, "slug", ""),
        digest=item.digest,
        is_joint=isinstance(item, Assignment) and item.is_joint,
    )
