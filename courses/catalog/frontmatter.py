"""Files into data: TOML, and Markdown with TOML between two lines of `+++`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from courses.catalog.problems import Problems
from courses.catalog.toml_lines import Path, index_lines

FENCE = "+++"
LONGEST_LINE = 10_000
"""Characters: some readings of a line take the square of its length, and nobody writes such."""
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file as it was read, able to say on which line a key stands."""

    file: str
    digest: str
    data: dict[str, Any]
    front: str
    front_line: int
    body: str = ""
    body_line: int = 1

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return index_lines(self.front)

    def line(self, *path: str | int, value: str | None = None) -> int:
        """The line of a key, else of what it would stand in; with `value`, of that word."""
        found = 0
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                found = self._lines[path[:length]]
                break
        if value is not None:
            quoted = re.compile(rf"(?<![\w.-]){re.escape(value)}(?![\w-])")
            for number, text in enumerate(self.front.split("\n")):
                if number + 1 >= found and quoted.search(text):
                    return self.front_line + number
        return self.front_line + max(found, 1) - 1

    def text_line(self, *path: str | int) -> int:
        """The line that the text of a key begins on: the next one after an opening \"\"\"."""
        line = self.line(*path)
        written = self.front.split("\n")[line - self.front_line].rstrip()
        return line + written.endswith(('"""', "'''"))


def read_toml(file: str, raw: bytes, problems: Problems) -> Source | None:
    """Read a TOML file; None, with a problem noted, when it cannot be read."""
    text = _decode(file, raw, problems)
    if text is None:
        return None
    data = _parse(file, text, 1, problems)
    if data is None:
        return None
    return Source(
        file=file, digest=sha256(raw).hexdigest(), data=data, front=text, front_line=1
    )


def read_markdown(file: str, raw: bytes, problems: Problems) -> Source | None:
    """Read front matter and body; None, with a problem noted, when they cannot be told apart."""
    text = _decode(file, raw, problems)
    if text is None:
        return None
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        problems.error(
            file,
            1,
            f"Filen börjar inte med en rad med bara {FENCE}.",
            f"Skriv {FENCE} på första raden, sedan uppgifterna om texten, sedan {FENCE} igen.",
        )
        return None
    ends = [n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE]
    if not ends:
        problems.error(
            file,
            1,
            f"Raden {FENCE} som avslutar uppgifterna om texten saknas.",
            f"Skriv en rad med bara {FENCE} mellan uppgifterna och texten.",
        )
        return None
    front = "\n".join(lines[1 : ends[0]])
    data = _parse(file, front, 2, problems)
    if data is None:
        return None
    return Source(
        file=file,
        digest=sha256(raw).hexdigest(),
        data=data,
        front=front,
        front_line=2,
        body="\n".join(lines[ends[0] + 1 :]),
        body_line=ends[0] + 2,
    )


def _decode(file: str, raw: bytes, problems: Problems) -> str | None:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problems.error(
            file,
            raw.count(b"\n", 0, error.start) + 1,
            "Filen är inte sparad som UTF-8.",
            "Spara om filen med teckenkodningen UTF-8.",
        )
        return None
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            problems.error(
                file,
                number,
                f"Raden är längre än {LONGEST_LINE} tecken.",
                "Dela den på flera rader eller stycken.",
            )
            return None
    return text


def _parse(file: str, text: str, first_line: int, problems: Problems) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also an endless number, endless brackets
        position = _POSITION.search(str(error))
        line = int(position[1]) if position else text.rstrip("\n").count("\n") + 1
        reason = str(error).partition(" (at ")[0]
        problems.error(
            file,
            first_line + line - 1,
            f"Uppgifterna går inte att läsa som TOML ({reason}).",
            "Kontrollera citattecken, hakparenteser och likhetstecken på raden och raden före. "
            "Skriv en nyckel på varje rad.",
        )
        return None
