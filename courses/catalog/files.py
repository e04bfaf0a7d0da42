"""A course folder as a mapping from path to bytes, and its digest."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

Files = Mapping[str, bytes]

SUFFIXES = {".md", ".toml", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".pdf", ".vtt"}


def read_folder(folder: Path) -> dict[str, bytes]:
    """Read what belongs to a course: hidden files and other kinds of file stay outside."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith((".", "_")) for part in inside.parts)
        if path.suffix in SUFFIXES and not hidden and path.is_file() and not path.is_symlink():
            files[inside.as_posix()] = path.read_bytes()
    return files


def digest_of(files: Files) -> str:
    """Name this exact content. Says nothing about times, owners or how it is packed."""
    lines = [f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return sha256("".join(lines).encode()).hexdigest()
