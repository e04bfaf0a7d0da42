"""What a course asks: surveys about the training, and a team's rating of how ready it is."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Steps from 1 to `steps` with words at both ends. `outside` is an answer beside the
    scale (“don't know”), empty when there is none."""

    id: str
    lowest: str
    highest: str
    steps: int
    outside: str


@dataclass(frozen=True, kw_only=True)
class SurveyQuestion:
    """One question. `looks_back_on` is the question that it asks about as things were before."""

    id: str
    text: str
    kind: Literal["scale", "text", "choice"]
    options: tuple[str, ...]
    max_chars: int | None
    modules: tuple[str, ...]
    looks_back_on: str | None


@dataclass(frozen=True, kw_only=True)
class SurveyGroup:
    """Questions under one heading; those of kind `scale` share its scale."""

    id: str
    title: str
    intro: str
    scale: Scale | None
    questions: tuple[SurveyQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What is asked on one occasion: `week` from the cohort's first = 1, `months_after` its end;
    a survey of a meeting is asked after each."""

    id: str
    title: str
    intro: str
    when: Literal["before", "after", "later", "meeting"]
    week: int | None
    months_after: int | None
    groups: tuple[SurveyGroup, ...]
    in_language: str

    @cached_property
    def questions(self) -> tuple[SurveyQuestion, ...]:
        """All its questions in order."""
        return tuple(question for group in self.groups for question in group.questions)


@dataclass(frozen=True, kw_only=True)
class ReadinessPoint:
    """One thing that a team rates, with the modules that it belongs to."""

    id: str
    text: str
    modules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """A team's own rating: each point gets a level, counted from 0, and a line of evidence."""

    title: str
    intro: str
    evidence: str
    levels: tuple[str, ...]
    weeks: tuple[int, ...]
    months_after: tuple[int, ...]
    points: tuple[ReadinessPoint, ...]
    in_language: str
