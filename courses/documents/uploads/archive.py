"""A ZIP that an office program wrote, read by hand and piece by piece.

Python's own reader believes what a ZIP says of itself: how many entries there are, how large
they become, where they lie. Here every byte of the file must belong to exactly one entry, and
what is unpacked is counted.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import BinaryIO

from courses.errors import Reason, Refused

MAX_UNPACKED = 200_000_000
MAX_ENTRIES = 2_000
MAX_RATIO = 100
SMALL = 10_000_000
"""Unpacked, so little may be packed as tightly as anybody likes."""
MAX_NAME = 300
PIECE = 65_536
_END = Struct("<4s4H2LH")
_CENTRAL = Struct("<4s6H3L5H2L")
_LOCAL = Struct("<4s5H3L2H")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DESCRIPTION = 24
"""Bytes after an entry that tell its size, at most."""
_STORED, _DEFLATED = 0, 8
_UNSAFE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|\\|:|[\x00-\x1f\x7f]|//")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file in a ZIP, as its directory describes it."""

    name: str
    method: int
    crc: int
    packed: int
    unpacked: int
    starts: int
    """Where its own header lies, then its data: `at` to `ends`."""
    at: int
    ends: int


class Archive:
    """The entries of a ZIP that holds nothing else; Refused when it is not one."""

    def __init__(self, path: Path) -> None:
        self.file: BinaryIO = path.open("rb")
        try:
            self.entries = {one.name: one for one in self._directory(path.stat().st_size)}
        except BaseException:
            self.file.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.file.close()

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """Give an entry's content piece by piece; Refused when it is not what it said."""
        self.file.seek(entry.at)
        unpacker = zlib.decompressobj(-15) if entry.method == _DEFLATED else None
        left, count, crc = entry.packed, 0, 0
        waiting = b""
        while left or waiting or (unpacker and not unpacker.eof):
            if not waiting:
                waiting = self.file.read(min(left, PIECE))
                left -= len(waiting)
            if not waiting:
                raise _broken()  # there is more of it than the ZIP has room for
            if unpacker is None:
                piece, waiting = waiting, b""
            else:
                try:
                    piece = unpacker.decompress(waiting, PIECE)
                except zlib.error as error:
                    raise _broken() from error
                waiting = unpacker.unconsumed_tail
                if unpacker.eof and (unpacker.unused_data or left):
                    raise _broken()
            count += len(piece)
            if count > entry.unpacked:
                raise _broken()  # more than it says: no further
            crc = zlib.crc32(piece, crc)
            if piece:
                yield piece
        if count != entry.unpacked or crc != entry.crc:
            raise _broken()

    def content(self, name: str, limit: int) -> bytes:
        """Return a small entry as a whole; Refused when it is missing or too large."""
        entry = self.entries.get(name)
        if entry is None or entry.unpacked > limit:
            raise _broken()
        return b"".join(self.pieces(entry))

    def _directory(self, size: int) -> list[Entry]:
        """Read the directory; refuse what lies beside it, overlaps or cannot be counted."""
        if size < _END.size:
            raise _broken()
        self.file.seek(size - _END.size)
        mark, disk, start_disk, here, count, length, at, comment = _END.unpack(
            self.file.read(_END.size)
        )
        if mark != b"PK\x05\x06" or disk or start_disk or here != count or comment:
            raise _broken()
        if count > MAX_ENTRIES:
            raise Refused(Reason.UPLOAD_UNPACKS)
        if not count or at + length != size - _END.size or length > count * (46 + 1_000):
            raise _broken()
        self.file.seek(at)
        raw = self.file.read(length)
        entries, place = [], 0
        for _ in range(count):
            entry, place = self._entry(raw, place)
            entries.append(entry)
        if place != length:
            raise _broken()
        _refuse_hidden(sorted(entries, key=lambda one: one.at), at)
        _refuse_too_much(entries, size)
        if len({one.name.lower() for one in entries}) < count:
            raise _broken()
        return entries

    def _entry(self, raw: bytes, place: int) -> tuple[Entry, int]:
        if place + _CENTRAL.size > len(raw):
            raise _broken()
        (mark, _made, _needs, flags, method, _time, _date, crc, packed, unpacked, name_len,
         extra_len, comment_len, _disk, _inner, outer, at) = _CENTRAL.unpack_from(raw, place)
        start = place + _CENTRAL.size
        name = _name(raw[start : start + name_len], flags)
        if mark != b"PK\x01\x02" or comment_len or 0xFFFFFFFF in (packed, unpacked, at):
            raise _broken()
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
            raise _broken()  # locked with a password, or packed as no office program does
        if (outer >> 16) & 0o170000 == 0o120000:
            raise _broken()  # a link to somewhere else
        if method == _STORED and packed != unpacked:
            raise _broken()
        self.file.seek(at)
        local = self.file.read(_LOCAL.size)
        if len(local) < _LOCAL.size:
            raise _broken()
        (mark, _needs, local_flags, local_method, _time, _date, _crc, _packed, _unpacked,
         local_name, local_extra) = _LOCAL.unpack(local)
        same = raw[start : start + name_len] == self.file.read(local_name)
        if mark != b"PK\x03\x04" or not same or (local_flags ^ flags) & ~0x0806:
            raise _broken()
        if local_method != method:
            raise _broken()
        data = at + _LOCAL.size + local_name + local_extra
        return (
            Entry(
                name=name, method=method, crc=crc, packed=packed, unpacked=unpacked, starts=at,
                at=data, ends=data + packed,
            ),
            start + name_len + extra_len,
        )


def _name(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8" if flags & 0x800 else "ascii")
    except UnicodeDecodeError:
        name = raw.decode("cp437")
    if not 0 < len(name) <= MAX_NAME or _UNSAFE.search(name) or not name.isprintable():
        raise _broken()
    return name


def _refuse_hidden(entries: list[Entry], directory_at: int) -> None:
    """Between two entries there is at most what tells the size of the first, nothing else."""
    ends = 0
    for starts, next_ends in [(one.starts, one.ends) for one in entries] + [(directory_at, 0)]:
        if not 0 <= starts - ends <= (_DESCRIPTION if ends else 0):
            raise _broken()
        ends = next_ends


def _refuse_too_much(entries: list[Entry], size: int) -> None:
    total = sum(one.unpacked for one in entries)
    tight = any(
        one.unpacked > SMALL and one.unpacked > MAX_RATIO * max(one.packed, 1) for one in entries
    )
    if total > MAX_UNPACKED or tight or (total > SMALL and total > MAX_RATIO * size):
        raise Refused(Reason.UPLOAD_UNPACKS)


def _broken() -> Refused:
    return Refused(Reason.UPLOAD_UNREADABLE)
