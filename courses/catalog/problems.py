"""What is wrong in a course folder: where, what, and how to put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from courses.errors import CoursesError


class Severity(StrEnum):
    """An error stops a publish; a warning is shown and stops nothing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Place:
    """Where in a course's folder something is written."""

    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One remark to an author, in the authors' language (Swedish)."""

    file: str
    line: int
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        word = "fel" if self.severity is Severity.ERROR else "varning"
        return f"{self.file}:{self.line}: {word}: {self.message} {self.remedy}"


class ContentError(CoursesError):
    """A course folder that cannot be published, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problems(list[Problem]):
    """The remarks gathered during one reading."""

    def error(self, file: str, line: int, message: str, remedy: str) -> None:
        """Add something that must be put right before the course is published."""
        self.append(Problem(file=file, line=line, message=message, remedy=remedy))

    def warning(self, file: str, line: int, message: str, remedy: str) -> None:
        """Add something that the author should know."""
        self.append(
            Problem(
                file=file, line=line, message=message, remedy=remedy, severity=Severity.WARNING
            )
        )

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The errors alone, in reading order of the files."""
        return tuple(problem for problem in self if problem.severity is Severity.ERROR)

    def in_order(self) -> tuple[Problem, ...]:
        """Errors before warnings, then by file and line; each remark once."""
        return tuple(
            sorted(
                dict.fromkeys(self),
                key=lambda one: (one.severity is not Severity.ERROR, one.file, one.line),
            )
        )
