"""The words of a lesson line by line, to show what one edition says and another does not."""

from collections.abc import Iterator

from courses.catalog.items import Exercise, Lesson
from courses.catalog.plain_text import plain_lines


def wording(lesson: Lesson) -> str:
    """Everything that somebody reads in the lesson, a paragraph a line."""
    return "\n".join(line for line in _lines(lesson) if line)


def _lines(lesson: Lesson) -> Iterator[str]:
    yield lesson.title
    yield from plain_lines(lesson.note.source)
    yield from plain_lines(lesson.body.source)
    for exercise in lesson.exercises:
        yield from _exercise(exercise)
    for word in lesson.words:
        yield f"{word.term}: {word.meaning}"
    yield from plain_lines(lesson.equivalent.source)


def _exercise(exercise: Exercise) -> Iterator[str]:
    yield exercise.title
    yield exercise.instructions
    for item in exercise.items:
        yield item.text
        yield item.feedback
