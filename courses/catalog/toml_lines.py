"""On which line each key of a TOML text stands. `tomllib` reads values but forgets lines."""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]=]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r'\s*((?:[\w-]+|"[^"]*")(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=(.*)$')
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_FENCES = ('"""', "'''")


def index_lines(text: str) -> dict[Path, int]:
    """Map each key's path (table, index in an array of tables, key) to its line from 1."""
    lines = text.split("\n")
    index: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    numbers = iter(range(len(lines)))
    for number in numbers:
        line = lines[number]
        if header := _HEADER.match(line):
            table = _table_path(header[2], header[1] == "[[", counts)
            index.setdefault(table, number + 1)
            index.setdefault(table[:1], number + 1)
        elif key := _KEY.match(line):
            path = (*table, *_parts(key[1]))
            for length in range(len(table) + 1, len(path) + 1):
                index.setdefault(path[:length], number + 1)
            _skip_value(key[2], path, lines, numbers, index)
    return index


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip('"') for part in dotted.split("."))


def _table_path(name: str, is_array: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    parts = _parts(name)
    for position, part in enumerate(parts):
        path = (*path, part)
        if is_array and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _skip_value(
    value: str, path: Path, lines: list[str], numbers: Iterator[int], index: dict[Path, int]
) -> None:
    """Move past a value of several lines; note where an array's inline tables begin."""
    for fence in _FENCES:
        if value.count(fence) == 1:
            for number in numbers:
                if fence in lines[number]:
                    return
            return
    depth = _depth(value)
    elements = 0
    if depth <= 0:
        return
    for number in numbers:
        if depth == 1 and lines[number].lstrip().startswith("{"):
            index[(*path, elements)] = number + 1
            elements += 1
        depth += _depth(lines[number])
        if depth <= 0:
            return


def _depth(text: str) -> int:
    bare = _STRING.sub("", text).partition("#")[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
