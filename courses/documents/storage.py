"""Where the bytes of uploaded files lie, by their SHA-256.

A file is written beside its place, brought to the disk, and only then moved to it; rows that
name it are written after that. So a row's file is always there, whole, also when the power goes;
a file that no row names is left over from something that was never acknowledged, and is swept.
"""

import fcntl
import os
import re
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, Protocol

LEFT_OVER_SECONDS = 3600
"""So old is a file at least that is swept: what is being uploaded is younger."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Storage(Protocol):
    """Keeps content by its digest. The same content twice is kept once; nobody can tell."""

    def draft(self) -> tuple[BinaryIO, Path]:
        """Return a file to write to, and where it lies until it is kept or thrown away."""

    def keep(self, draft: Path, digest: str) -> None:
        """Move a written file to its place; when this returns it survives a power cut."""

    def path(self, digest: str) -> Path:
        """Return where a file can be read."""

    def sweep(self, named: Collection[str]) -> int:
        """Remove what is old and not in `named`, and unfinished drafts; return how many."""


class LocalStorage:
    """Files below one directory of this machine: `ab/cdef…`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.drafts = directory / "tmp"

    def draft(self) -> tuple[BinaryIO, Path]:
        """Return a new file in the directory for drafts."""
        self.drafts.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = mkstemp(dir=self.drafts)
        return os.fdopen(handle, "w+b"), Path(name)

    def keep(self, draft: Path, digest: str) -> None:
        """Bring it to the disk, then move it: also when such a file is there already, so that
        it is as young, and takes as long, as one that is new."""
        place = self.path(digest)
        sync(draft)
        if not place.parent.is_dir():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            sync(self.directory)
        with self._alone():
            os.utime(draft)
            os.replace(draft, place)
        sync(place.parent)

    def path(self, digest: str) -> Path:
        """Return where the file with this digest lies."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"no digest: {digest[:80]!r}")
        return self.directory / digest[:2] / digest[2:]

    def sweep(self, named: Collection[str]) -> int:
        """Remove old files that nobody names. A file that is moved to its place at the same
        moment is young by then, and stays."""
        oldest, gone = time.time() - LEFT_OVER_SECONDS, 0
        for path in list(self.directory.glob("??/*")) + list(self.drafts.glob("*")):
            if path.parent != self.drafts and path.parent.name + path.name in named:
                continue
            with suppress(FileNotFoundError), self._alone():
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    gone += 1
        return gone

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep moving and removing apart, between all processes."""
        with (self.directory / "lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(65_536):
            digest.update(piece)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Bring a file or a directory's list of names to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
