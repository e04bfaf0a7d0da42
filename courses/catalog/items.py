"""What a module holds, in one language: frozen, with HTML made on first use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from courses.catalog.assignments import Assignment
from courses.catalog.figures import Figure
from courses.catalog.problems import Place
from courses.catalog.rendering import Part, Prose
from courses.catalog.sources import Fact, Source, gathered

_QUOTED = re.compile(r"[”“]([^”“]+)”")


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """How long a lesson takes, in whole minutes."""

    reading: int
    exercise: int
    talk: int

    @property
    def total(self) -> int:
        """All of it together."""
        return self.reading + self.exercise + self.talk


@dataclass(frozen=True, kw_only=True)
class Word:
    """An entry in a lesson's glossary."""

    term: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class ExerciseItem:
    """One thing to judge. `right` is the place of the right choice, None when there is none."""

    text: str
    answer: str | None
    right: int | None
    feedback: str


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise inside a lesson: each item gets one of the choices."""

    id: str
    kind: Literal["judge", "sort"]
    title: str
    instructions: str
    choices: tuple[str, ...]
    items: tuple[ExerciseItem, ...]


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson. `in_language` is the language that the body is really in."""

    id: str
    slug: str
    title: str
    minutes: Minutes
    facts: tuple[Fact, ...]
    sensitive: bool
    words: tuple[Word, ...]
    exercises: tuple[Exercise, ...]
    requires_exercise: str | None
    in_language: str
    digest: str
    place: Place = field(repr=False, compare=False)
    word_count: int
    body: Prose = field(repr=False)
    note: Prose = field(repr=False)
    equivalent: Prose = field(repr=False)
    figures: tuple[Figure, ...] = field(repr=False)

    @property
    def html(self) -> str:
        """The text without its exercises."""
        return self.body.html

    @property
    def content_note_html(self) -> str:
        """The warning before a text that describes violence; empty when none is needed."""
        return self.note.html

    @property
    def equivalent_html(self) -> str:
        """What to do instead of reading a text with a content note; empty when not offered."""
        return self.equivalent.html

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text's parts, in order."""
        return self.body.rendered.parts

    def part_named_in(self, text: str) -> Part | None:
        """The first of its parts whose heading `text` quotes."""
        quoted = _QUOTED.findall(text)
        return next((part for part in self.parts if part.title in quoted), None)

    @property
    def goes_on_at(self) -> Part | None:
        """The part that the content note leads to, past what it warns of; None: it warns of
        the whole text."""
        return self.part_named_in(self.note.source)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where what the text says comes from, one line a source."""
        return gathered(self.facts, self.body.numbers, self.body.rendered.notes)

    @cached_property
    def blocks(self) -> tuple[str | Exercise, ...]:
        """The text as pieces of HTML with the exercises in their places."""
        by_id = {exercise.id: exercise for exercise in self.exercises}
        blocks: list[str | Exercise] = []
        for html, exercise_id in self.body.rendered.pieces:
            if html.strip():
                blocks.append(html)
            if exercise_id in by_id:
                blocks.append(by_id[exercise_id])
        return tuple(blocks)

    def exercise(self, exercise_id: str) -> Exercise | None:
        """The exercise with this id, if the lesson has it."""
        return next((one for one in self.exercises if one.id == exercise_id), None)


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer to choose in a question."""

    text: str
    is_right: bool


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of a knowledge check. `lesson` is where to read again."""

    id: str
    text: str
    options: tuple[Option, ...]
    feedback_right: str
    feedback_wrong: str
    sources: tuple[Fact, ...]
    lesson: str | None

    @property
    def right(self) -> int:
        """The place of the right option."""
        return next(place for place, option in enumerate(self.options) if option.is_right)


@dataclass(frozen=True, kw_only=True)
class KnowledgeCheck:
    """A module's questions; done at `pass_at` right answers."""

    id: str
    title: str
    pass_at: int
    questions: tuple[Question, ...]
    in_language: str
    digest: str
    place: Place = field(repr=False, compare=False)


Item = Lesson | KnowledgeCheck | Assignment


@dataclass(frozen=True, kw_only=True)
class Module:
    """One step of the course, numbered from 1. `in_language` is that of the introduction."""

    id: str
    number: int
    slug: str
    title: str
    summary: str
    goals: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    check: KnowledgeCheck | None
    assignments: tuple[Assignment, ...]
    reflections: tuple[str, ...]
    in_language: str
    digest: str
    place: Place = field(repr=False, compare=False)
    intro: Prose = field(repr=False)
    note: Prose = field(repr=False)

    @property
    def intro_html(self) -> str:
        """The short introduction."""
        return self.intro.html

    @property
    def content_note_html(self) -> str:
        """The warning before a module that describes violence; empty when none is needed."""
        return self.note.html

    @property
    def minutes(self) -> int:
        """How long the lessons take together."""
        return sum(lesson.minutes.total for lesson in self.lessons)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Everything to do in the module, in order, by id."""
        check = (self.check,) if self.check else ()
        return {item.id: item for item in (*self.lessons, *check, *self.assignments)}
