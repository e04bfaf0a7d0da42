"""Assignments: sections to fill in and the criteria they are read by."""

from dataclasses import dataclass, field
from typing import Literal

from courses.catalog.problems import Place
from courses.catalog.rendering import Prose
from courses.vocabulary import AssignmentKind, Level


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column of a section of rows."""

    id: str
    label: str
    kind: Literal["short", "text", "choice", "date"] = "short"
    options: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of an assignment to fill in. What else is set depends on the kind:
    `max_chars` for text and short, `options` for choice, the rest for rows."""

    id: str
    kind: Literal["text", "short", "choice", "date", "rows"]
    label: str
    hint: str
    required: bool
    max_chars: int | None = None
    options: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    min_rows: int = 0
    max_rows: int = 0


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One line of the rubric, with what each level means. `excelled` may be empty."""

    id: str
    title: str
    sections: tuple[str, ...]
    revise: str
    approved: str
    excelled: str
    is_gate: bool

    @property
    def levels(self) -> tuple[tuple[Level, str], ...]:
        """The levels that this criterion has, lowest first, each with its meaning."""
        named = (
            (Level.REVISE, self.revise),
            (Level.APPROVED, self.approved),
            (Level.EXCELLED, self.excelled),
        )
        return tuple((name, meaning) for name, meaning in named if meaning)


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """How a trainer's comment can begin: what carries, then a question, then the next step."""

    strength: tuple[str, ...]
    question: tuple[str, ...]
    next_step: tuple[str, ...]
    in_language: str

    @property
    def all(self) -> tuple[str, ...]:
        """Each of them, in the order in which a comment says them."""
        return (*self.strength, *self.question, *self.next_step)


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Something to hand in, by one person or by a team."""

    id: str
    slug: str
    kind: AssignmentKind
    title: str
    summary: str
    minutes: int
    assessment: Literal["rubric", "checklist", "self"]
    readers: int
    sections: tuple[Section, ...]
    criteria: tuple[Criterion, ...]
    in_language: str
    digest: str
    criteria_digest: str
    place: Place = field(repr=False, compare=False)
    brief: Prose = field(repr=False)
    regional: Prose = field(repr=False)
    alone: Prose = field(repr=False)

    @property
    def is_joint(self) -> bool:
        """Whether a team hands it in together."""
        return self.kind is AssignmentKind.JOINT

    @property
    def is_handed_in(self) -> bool:
        """Whether it is handed in and assessed; otherwise one marks it as done oneself."""
        return self.assessment != "self"

    @property
    def brief_html(self) -> str:
        """What to do and why."""
        return self.brief.html

    @property
    def regional_html(self) -> str:
        """What differs for the regional team; empty when nothing does."""
        return self.regional.html

    @property
    def alone_html(self) -> str:
        """What differs for a participant without a team; empty when nothing does."""
        return self.alone.html

    @property
    def gate(self) -> Criterion | None:
        """The secrecy criterion; none where nothing is handed in."""
        return next((criterion for criterion in self.criteria if criterion.is_gate), None)

    def section(self, section_id: str) -> Section | None:
        """The section with this id, if the assignment has it."""
        return next((one for one in self.sections if one.id == section_id), None)
