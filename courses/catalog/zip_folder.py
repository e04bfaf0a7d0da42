"""A course folder that somebody packed on their own computer, taken in with care."""

import io
import struct
import tomllib
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from stat import S_ISLNK

from courses.catalog.files import SUFFIXES, TEXTS
from courses.errors import Reason, Refused

MAX_PACKED = 10_000_000
MAX_FILES = 1_000
MAX_UNPACKED = 40_000_000
MAX_FILE = 2_000_000
MAX_NAME = 200
LEFT_OUT = {"__MACOSX", "Thumbs.db", "desktop.ini"}
"""What computers put into folders by themselves."""
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""What computers pack with, and what is unpacked piece by piece: with others, a few kilobytes
become gigabytes in memory before anybody can count them."""


@dataclass(frozen=True, kw_only=True)
class ZipFolder:
    """The files of the course, and what the ZIP held beside the course's folder."""

    files: Mapping[str, bytes]
    outside: tuple[str, ...]


def read_zip(data: bytes, course_id: str) -> ZipFolder:
    """Take in a packed course folder, at the top of the ZIP or in a folder inside it.

    Refused, with a reason of its own for each, when it is too large, unsafe, not a ZIP, or not
    a folder of this course. Line ends become those of the course's other files.
    """
    if len(data) > MAX_PACKED:
        raise Refused(Reason.ZIP_TOO_LARGE, limit=MAX_PACKED // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _entries(archive)
            root = _root_of(entries)
            inside = {name: one for name, one in entries.items() if name.startswith(root)}
            files = {
                name.removeprefix(root): _read(archive, entry, name)
                for name, entry in inside.items()
            }
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, OSError, ValueError,
            RuntimeError, IndexError, struct.error) as error:
        raise Refused(Reason.ZIP_UNREADABLE) from error
    _refuse_another_course(files["course.toml"], course_id)
    return ZipFolder(files=files, outside=tuple(sorted(entries.keys() - inside.keys())))


def written(name: str, content: bytes) -> bytes:
    """A text file with plain line ends and no mark before its first letter."""
    if PurePosixPath(name).suffix not in TEXTS:
        return content
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Every file that belongs to somebody's course, by a name that is safe."""
    infos = [one for one in archive.infolist() if not one.is_dir()]
    if len(infos) > MAX_FILES:
        raise Refused(Reason.ZIP_TOO_MANY, limit=MAX_FILES)
    entries: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        name = unicodedata.normalize("NFC", info.filename)
        _refuse_unsafe(name, info)
        if any(part.startswith((".", "_")) or part in LEFT_OUT for part in name.split("/")):
            continue
        if PurePosixPath(name).suffix not in SUFFIXES:
            raise Refused(Reason.ZIP_SUFFIX, file=name)
        if name.lower() in seen:
            raise Refused(Reason.ZIP_TWICE, file=name)
        if info.file_size > MAX_FILE:
            raise Refused(Reason.ZIP_FILE_TOO_LARGE, file=name, limit=MAX_FILE // 1_000_000)
        seen.add(name.lower())
        entries[name] = info
    if sum(info.file_size for info in entries.values()) > MAX_UNPACKED:
        raise Refused(Reason.ZIP_UNPACKS_TOO_LARGE, limit=MAX_UNPACKED // 1_000_000)
    return entries


def _refuse_unsafe(name: str, info: zipfile.ZipInfo) -> None:
    parts = name.split("/")
    climbs = name.startswith("/") or ".." in parts or "\\" in name or ":" in name
    if climbs or "" in parts:
        raise Refused(Reason.ZIP_PATH, file=name[:MAX_NAME])
    if S_ISLNK(info.external_attr >> 16):
        raise Refused(Reason.ZIP_LINK, file=name[:MAX_NAME])
    if len(name) > MAX_NAME or not name.isprintable():
        raise Refused(Reason.ZIP_NAME, file=name[:40])
    if info.flag_bits & _ENCRYPTED:
        raise Refused(Reason.ZIP_ENCRYPTED)
    if info.compress_type not in _METHODS:
        raise Refused(Reason.ZIP_UNREADABLE)


def _root_of(names: Iterable[str]) -> str:
    """The folder that holds course.toml: the whole ZIP, or one folder in it."""
    found = [name.removesuffix("course.toml") for name in names
             if name.rpartition("/")[2] == "course.toml"]
    if not found:
        raise Refused(Reason.ZIP_NO_COURSE)
    if len(found) > 1:
        raise Refused(Reason.ZIP_SEVERAL_COURSES)
    return found[0]


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Unpack one file, never more than it says and may hold, whatever the ZIP claims."""
    with archive.open(entry) as file:
        content = file.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise Refused(Reason.ZIP_FILE_TOO_LARGE, file=name, limit=MAX_FILE // 1_000_000)
    return written(name, content)


def _refuse_another_course(toml: bytes, course_id: str) -> None:
    """A course.toml that cannot be read is a fault like others: the draft says so."""
    try:
        found = tomllib.loads(toml.decode()).get("id")
    except (ValueError, RecursionError):  # of the text, of the TOML in it
        return
    if found != course_id:
        raise Refused(Reason.ZIP_OTHER_COURSE, found=str(found), course=course_id)
