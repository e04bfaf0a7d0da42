"""Frozen copies of a course, by digest, and which of them is the published one."""

import io
import logging
import os
import re
import tempfile
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from threading import Lock, RLock

from courses.catalog.addresses import Addresses, site_address
from courses.catalog.files import SUFFIXES, Files, digest_of, read_folder
from courses.catalog.loader import LoadedCourse, load_files
from courses.catalog.problems import ContentError
from courses.catalog.reused_ids import meanings
from courses.errors import CoursesError

KEPT = 8
"""Editions that a process keeps in memory, some ten MB each when all of it has been read: what
is published, and what cohorts under way read."""
log = logging.getLogger(__name__)
MAX_FILES = 5_000
MAX_BYTES = 200_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_COURSE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class DamagedEdition(CoursesError):
    """An edition that is not what its name says, or that holds what no edition may."""


def pack(folder: Path) -> tuple[str, bytes]:
    """Pack a course folder: the same content gives the same digest and the same bytes."""
    return pack_files(read_folder(folder))


def pack_files(files: Files) -> tuple[str, bytes]:
    """Pack a course that is in memory, as `pack` does a folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return digest_of(files), buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Read a packed course into memory; nothing in it can name a place on the disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MAX_FILES or sum(one.file_size for one in entries) > MAX_BYTES:
                raise DamagedEdition("too large")
            files: dict[str, bytes] = {}
            for entry in entries:
                name = PurePosixPath(entry.filename)
                unsafe = name.is_absolute() or ".." in name.parts or "\\" in entry.filename
                if unsafe or name.suffix not in SUFFIXES or entry.filename in files:
                    raise DamagedEdition(f"unexpected file {entry.filename!r}")
                files[entry.filename] = archive.read(entry)
            return files
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise DamagedEdition(str(error)) from error


class EditionStore:
    """The editions under one directory. Each is loaded on first use; those used last are kept."""

    def __init__(self, directory: Path, *, addresses: Addresses = site_address) -> None:
        self.directory = directory
        self._addresses = addresses
        self._loaded: OrderedDict[str, LoadedCourse] = OrderedDict()
        self._loading: dict[str, Lock] = {}
        self._checked: set[str] = set()
        self._meanings: dict[str, dict[str, str]] = {}
        self._wordings: dict[str, dict[str, str]] = {}
        self._pointers: dict[str, tuple[tuple[int, int, int], str]] = {}
        self._lock = RLock()

    def put(self, data: bytes) -> str:
        """Keep a packed course; return the digest that it is found by from now on."""
        digest = digest_of(unpack(data))
        path = self._path(digest)
        if not path.exists():
            _write(path, data)
        return digest

    def accept(self, course: LoadedCourse, data: bytes) -> None:
        """Keep a packed course that has been checked and loaded a moment ago."""
        self.put(data)
        self._keep(course.digest, course)
        self._checked.add(course.digest)

    def is_checked(self, digest: str) -> bool:
        """Whether this process has accepted the edition."""
        return digest in self._checked

    def has(self, digest: str) -> bool:
        """Whether the edition is kept here."""
        return _DIGEST.fullmatch(digest) is not None and self._path(digest).exists()

    def read(self, digest: str) -> bytes:
        """The packed folder as it was put here, for somebody to take home; KeyError when it is
        not kept here."""
        if not self.has(digest):
            raise KeyError(digest)
        return self._path(digest).read_bytes()

    def get(self, digest: str) -> LoadedCourse:
        """The edition with this digest; KeyError when it is not kept here, DamagedEdition when
        its file is no longer what was put there."""
        if (course := self._kept(digest)) is not None:
            return course
        with self._lock:
            lock = self._loading.setdefault(digest, Lock())
        with lock:
            if (course := self._kept(digest)) is None:
                course = self._keep(digest, self._load(digest))
            return course

    def meanings(self, digests: Iterable[str]) -> dict[str, str]:
        """What every id in these editions has stood for; a kept edition that nobody reads is
        not kept in memory for that. One that is missing or damaged says nothing."""
        known: dict[str, str] = {}
        for digest in digests:
            if digest not in self._meanings:
                try:
                    course = self._loaded.get(digest) or self._load(digest)
                except (KeyError, DamagedEdition) as error:
                    log.warning("an earlier edition is missing or damaged: %r", error)
                    continue
                self._meanings[digest] = meanings(course.course())
            known.update(self._meanings[digest])
        return known

    def edition_with(self, digests: Iterable[str], item_id: str, wording: str) -> str | None:
        """The first of these editions in which the item has the wording that this digest names;
        None when none of those that can be read has it."""
        for digest in digests:
            if digest not in self._wordings:
                try:
                    course = self._loaded.get(digest) or self._load(digest)
                except (KeyError, DamagedEdition, ContentError) as error:
                    log.warning("an earlier edition is missing or damaged: %r", error)
                    continue
                items = course.course().items
                self._wordings[digest] = {key: item.digest for key, item in items.items()}
            if self._wordings[digest].get(item_id) == wording:
                return digest
        return None

    def files(self, digest: str) -> dict[str, bytes]:
        """The files of an edition; KeyError or DamagedEdition as `get`."""
        files = unpack(self.read(digest))
        if digest_of(files) != digest:
            raise DamagedEdition(digest)
        return files

    def set_current(self, course_id: str, digest: str) -> None:
        """Make an edition the published one of its course, for all processes at once."""
        if not self.has(digest):
            raise KeyError(digest)
        _write(self._pointer(course_id), f"{digest}\n".encode())

    def current(self, course_id: str) -> str | None:
        """The digest of the published edition: one `stat`, and a read when it has changed."""
        path = self._pointer(course_id)
        try:
            status = path.stat()
            seen = (status.st_mtime_ns, status.st_ino, status.st_size)
            known = self._pointers.get(course_id)
            if known and known[0] == seen:
                return known[1]
            digest = path.read_text("ascii").strip()
        except FileNotFoundError:
            return None
        self._pointers[course_id] = (seen, digest)
        return digest

    def published(self, course_id: str) -> LoadedCourse | None:
        """The published edition of a course, if there is one."""
        digest = self.current(course_id)
        return self.get(digest) if digest else None

    def courses(self) -> tuple[str, ...]:
        """The ids of the courses that have a published edition."""
        folder = self.directory / "current"
        if not folder.is_dir():
            return ()
        return tuple(
            sorted(path.name for path in folder.iterdir() if _COURSE_ID.fullmatch(path.name))
        )

    def _kept(self, digest: str) -> LoadedCourse | None:
        with self._lock:
            if digest in self._loaded:
                self._loaded.move_to_end(digest)
            return self._loaded.get(digest)

    def _keep(self, digest: str, course: LoadedCourse) -> LoadedCourse:
        """Keep it in memory as the one used last; return the one that is kept."""
        with self._lock:
            kept = self._loaded.setdefault(digest, course)
            self._loaded.move_to_end(digest)
            while len(self._loaded) > KEPT:
                self._loaded.popitem(last=False)
            return kept

    def _load(self, digest: str) -> LoadedCourse:
        return load_files(self.files(digest), addresses=self._addresses)

    def _path(self, digest: str) -> Path:
        return self.directory / f"{digest}.zip"

    def _pointer(self, course_id: str) -> Path:
        if not _COURSE_ID.fullmatch(course_id):
            raise KeyError(course_id)
        return self.directory / "current" / course_id


def _write(path: Path, data: bytes) -> None:
    """Write so that a reader, or a power cut, meets the old file or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
