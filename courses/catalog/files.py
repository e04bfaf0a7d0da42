"""A course folder as a mapping from path to bytes, and its digest."""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

Files = Mapping[str, bytes]

TEXTS = {".md", ".toml", ".svg", ".vtt"}
"""Suffixes of files that can be written in a text box."""
SUFFIXES = {".md", ".toml", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".pdf", ".vtt"}
_NAME = "[a-z0-9][a-z0-9-]*"
_TEXT_PATH = re.compile(rf"(?:{_NAME}/){{0,2}}{_NAME}(?:\.[a-z]{{2}})?\.(?:md|toml|svg|vtt)")


def read_folder(folder: Path) -> dict[str, bytes]:
    """Read what belongs to a course: hidden files and other kinds of file stay outside."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith((".", "_")) for part in inside.parts)
        if path.suffix in SUFFIXES and not hidden and path.is_file() and not path.is_symlink():
            files[inside.as_posix()] = path.read_bytes()
    return files


def is_text_path(path: str) -> bool:
    """Whether a text of a course may lie there: in a folder of plain names, two deep at most."""
    return _TEXT_PATH.fullmatch(path) is not None and len(path) <= 200


def as_written(text: str) -> bytes:
    """What a text box holds, as a file: plain line ends, one of them last."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return f"{plain}\n".encode()


def fingerprint(content: bytes | None) -> str:
    """Name the text of one file; empty when there is no file."""
    return "" if content is None else sha256(content).hexdigest()


def digest_of(files: Files) -> str:
    """Name this exact content. Says nothing about times, owners or how it is packed."""
    lines = [f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return sha256("".join(lines).encode()).hexdigest()
