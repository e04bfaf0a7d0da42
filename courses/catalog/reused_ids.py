"""Ids that come back with another meaning: what people have done is remembered by id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from courses.catalog.assignments import Assignment
from courses.catalog.course import Course
from courses.catalog.items import Item, KnowledgeCheck, Lesson
from courses.catalog.problems import Place, Problem

_WORDS = {
    "module": "en modul",
    "lesson": "en lektion",
    "check": "en kunskapskoll",
    "assignment": "en egen uppgift",
    "joint": "en gemensam uppgift",
    "exercise": "en övning",
    "question": "en fråga",
}


@dataclass(frozen=True)
class _Use:
    """What an id stands for, and where that is written."""

    kind: str
    place: Place


def reused_ids(before: Course, after: Course) -> list[Problem]:
    """Return an error for each id in `after` that stood for another kind of thing in `before`.
    An id may move to another module, get another title or disappear."""
    return reused_from(meanings(before), after)


def meanings(course: Course) -> dict[str, str]:
    """Return id → the kind of thing that it stands for."""
    return {name: use.kind for name, use in _uses(course)}


def reused_from(known: Mapping[str, str], after: Course) -> list[Problem]:
    """As `reused_ids`, with the meanings that ids have had in all earlier editions."""
    return [
        Problem(
            file=use.place.file,
            line=use.place.line,
            message=f"Id «{name}» var {_WORDS[known[name]]} i en tidigare upplaga "
            f"och är nu {_WORDS[use.kind]}.",
            remedy="Ge det ett nytt id. Det som någon har gjort är sparat under det gamla.",
        )
        for name, use in _uses(after)
        if known.get(name, use.kind) != use.kind
    ]


def _uses(course: Course) -> Iterator[tuple[str, _Use]]:
    for module in course.modules:
        yield module.id, _Use("module", module.place)
        for item in module.items.values():
            yield item.id, _Use(_kind(item), item.place)
            if isinstance(item, Lesson):
                for exercise in item.exercises:
                    yield exercise.id, _Use("exercise", item.place)
            elif isinstance(item, KnowledgeCheck):
                for question in item.questions:
                    yield question.id, _Use("question", item.place)


def _kind(item: Item) -> str:
    if isinstance(item, Assignment):
        return "joint" if item.is_joint else "assignment"
    return "lesson" if isinstance(item, Lesson) else "check"
