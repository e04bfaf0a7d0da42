"""The files of copies: encrypted in pieces, so that none is ever whole in memory or readable
on the disk."""

import io
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from app import keys

PIECE = 1 << 20
LENGTH = 4
"""Bytes in front of each piece that say how long it is."""
RING = "copies"
UNFINISHED = ".part"


def folder() -> Path:
    """Return where the copies lie."""
    place: Path = current_app.config["STEGVIS"].data_dir / "copies"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def pieces(name: str) -> Iterator[bytes]:
    """Yield what a copy holds; FileNotFoundError when it has gone, before the first piece."""
    file, ring = (folder() / name).open("rb"), keys.ring(RING)

    def read() -> Iterator[bytes]:
        number = 0
        with file:
            while length := file.read(LENGTH):
                sealed = file.read(int.from_bytes(length, "big"))
                yield ring.decrypt(sealed, about=f"{name} {number}")
                number += 1

    return read()


def sweep(wanted: Collection[str]) -> int:
    """Remove the files that nobody wants any more; return how many."""
    gone = [
        path for path in folder().iterdir() if path.name.removesuffix(UNFINISHED) not in wanted
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


class Sealed(io.RawIOBase):
    """A file that is written from front to back and encrypted on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.place = folder() / name
        self.draft = folder() / (name + UNFINISHED)
        handle = os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file: BinaryIO = os.fdopen(handle, "wb")
        self.ring = keys.ring(RING)
        self.waiting = bytearray()
        self.number = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        plain = bytes(data)  # type: ignore[call-overload]
        self.waiting += plain
        while len(self.waiting) >= PIECE:
            self._seal(PIECE)
        return len(plain)

    def keep(self) -> None:
        """Write what remains and put the file in its place, whole."""
        if self.waiting:
            self._seal(len(self.waiting))
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.draft.replace(self.place)

    def _seal(self, length: int) -> None:
        sealed = self.ring.encrypt(
            bytes(self.waiting[:length]), about=f"{self.name} {self.number}"
        )
        self.file.write(len(sealed).to_bytes(LENGTH, "big") + sealed)
        del self.waiting[:length]
        self.number += 1
