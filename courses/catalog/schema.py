"""A small language for what a table in a course file may hold, with remarks in Swedish."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from courses.catalog.frontmatter import Source
from courses.catalog.problems import Problems
from courses.catalog.toml_lines import Path


class Report:
    """Gathers what is wrong in one file; `broken` means that nothing can be built from it."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self.broken = False

    def error(self, at: Path, message: str, remedy: str, value: str | None = None) -> None:
        """Note an error that leaves the data usable."""
        line = self.source.line(*at, value=value)
        self.problems.error(self.source.file, line, message, remedy)

    def wrong(self, at: Path, message: str, remedy: str) -> None:
        """Note an error that leaves a hole in the data."""
        self.broken = True
        self.error(at, message, remedy)


Check = Callable[[Any, Path, Report], Any]
LARGEST = 100_000
_ABSENT = object()


@dataclass(frozen=True)
class Key:
    """One key of a table: what it must hold, and what it is when left out."""

    check: Check
    required: bool = True
    default: Any = _ABSENT


Shape = Mapping[str, Key]


def need(check: Check) -> Key:
    """A key that must be there."""
    return Key(check)


def may(check: Check, default: Any = _ABSENT) -> Key:
    """A key that may be left out; without a default it is then left out of the result too."""
    return Key(check, required=False, default=default)


def check_table(data: Mapping[str, Any], shape: Shape, at: Path, report: Report) -> dict[str, Any]:
    """Hold a table against its shape; return the known keys, cleaned and completed."""
    for name in data:
        if name not in shape:
            near = get_close_matches(name, shape, n=1)
            report.error(
                (*at, name),
                f"Nyckeln «{name}» är okänd.",
                f"Menade du «{near[0]}»?"
                if near
                else f"Ta bort den. Här får stå: {', '.join(sorted(shape))}.",
            )
    result: dict[str, Any] = {}
    for name, key in shape.items():
        if name in data:
            result[name] = key.check(data[name], (*at, name), report)
        elif key.required:
            report.wrong(at, f"Nyckeln «{name}» saknas.", f"Lägg till {name} = … här.")
        elif key.default is not _ABSENT:
            result[name] = key.default
    return result


def _name(at: Path) -> str:
    return next((str(part) for part in reversed(at) if isinstance(part, str)), "värdet")


def text(value: Any, at: Path, report: Report) -> Any:
    """A text that is not empty."""
    if not isinstance(value, str):
        report.wrong(
            at, f"«{_name(at)}» ska vara en text.", f'Skriv {_name(at)} = "…" med citattecken.'
        )
    elif not value.strip():
        report.wrong(at, f"«{_name(at)}» är tom.", "Skriv en text mellan citattecknen.")
    else:
        return value.lstrip(" \t").rstrip()  # an empty first line counts when lines are counted
    return ""


def lines(value: Any, at: Path, report: Report) -> Any:
    """A text, or a list of texts that stand under each other."""
    return many(text, 1)(value, at, report) if isinstance(value, list) else text(value, at, report)


def matching(pattern: str, says: str) -> Check:
    """A text of a given pattern; `says` tells the author which."""
    compiled = re.compile(pattern)

    def check(value: Any, at: Path, report: Report) -> Any:
        if isinstance(value, str) and compiled.fullmatch(value):
            return value
        report.wrong(at, f"«{_name(at)}» har fel form: {value!r}.", f"Det ska vara {says}.")
        return ""

    return check


def one_of(*choices: str) -> Check:
    """One of a few words."""

    def check(value: Any, at: Path, report: Report) -> Any:
        if value in choices:
            return value
        report.wrong(
            at,
            f"«{_name(at)}» är {value!r}.",
            f"Skriv ett av: {', '.join(choices)}.",
        )
        return choices[0]

    return check


def number(minimum: int = 0) -> Check:
    """A whole number of at least `minimum`, and none that nobody counts to."""

    def check(value: Any, at: Path, report: Report) -> Any:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if is_whole and minimum <= value <= LARGEST:
            return value
        report.wrong(
            at,
            f"«{_name(at)}» ska vara ett heltal, minst {minimum} och högst {LARGEST}.",
            f"Skriv {_name(at)} = {max(minimum, 1)} utan citattecken.",
        )
        return minimum

    return check


def amount(value: Any, at: Path, report: Report) -> Any:
    """A number that may have decimals and is not negative."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return value
    report.wrong(
        at, f"«{_name(at)}» ska vara ett tal.", f"Skriv {_name(at)} = 4.5 utan citattecken."
    )
    return 0


def flag(value: Any, at: Path, report: Report) -> Any:
    """True or false."""
    if isinstance(value, bool):
        return value
    report.wrong(
        at, f"«{_name(at)}» ska vara true eller false.", "Skriv true eller false utan citattecken."
    )
    return False


def day(value: Any, at: Path, report: Report) -> Any:
    """A date as 2026-11-22, in quotation marks or as TOML writes dates."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        report.wrong(
            at, f"«{_name(at)}» är inget datum: {value!r}.", 'Skriv det som "2026-11-22".'
        )
        return date.min


def many(check: Check, minimum: int = 0) -> Check:
    """A list whose elements all pass `check`."""

    def check_all(value: Any, at: Path, report: Report) -> Any:
        if not isinstance(value, list):
            report.wrong(
                at, f"«{_name(at)}» ska vara en lista.", f"Skriv {_name(at)} = [ … ]."
            )
            return ()
        if len(value) < minimum:
            report.wrong(at, f"«{_name(at)}» är tom.", f"Skriv minst {minimum} i listan.")
        return tuple(check(one, (*at, position), report) for position, one in enumerate(value))

    return check_all


def table(shape: Shape) -> Check:
    """A table with these keys."""

    def check(value: Any, at: Path, report: Report) -> Any:
        if isinstance(value, dict):
            return check_table(value, shape, at, report)
        report.wrong(
            at,
            f"«{_name(at)}» ska vara en tabell.",
            f"Skriv [{_name(at)}] och nycklarna på raderna under.",
        )
        return {}

    return check


def mapping(check: Check, *required: str) -> Check:
    """A table with keys of the author's own choice, all holding the same sort of thing."""

    def check_all(value: Any, at: Path, report: Report) -> Any:
        if not isinstance(value, dict):
            return table({})(value, at, report)
        for name in required:
            if name not in value:
                report.wrong(at, f"Nyckeln «{name}» saknas.", f"Lägg till {name} = … här.")
        return {name: check(one, (*at, name), report) for name, one in value.items()}

    return check_all
