"""A file that comes in: straight to the disk, looked at, and only then a matter for the database.

Everything slow about an upload happens here, before the request takes SQLite's one write lock:
who it is and whether there is room is asked in a short session that only reads, the body goes to
a file of its own as it arrives, and a process of its own looks into that file. A view then finds
in `received()` what came, or why nothing did.
"""

import errno
import fcntl
import io
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from app import csrf, db
from app.http.incoming import drain
from app.identity import find_user
from courses.documents.storage import LocalStorage, Storage, sync
from courses.documents.uploads import check
from courses.errors import Reason, Refused
from courses.rules.file_names import clean_name
from courses.services.files import Upload, refuse_over_quota

MAX_FILE = 20_000_000
MAX_BODY = MAX_FILE + 100_000
NOBODYS = 1_000_000
"""Bytes that are taken in from somebody who turns out to have no login."""
AT_ONCE = 2
"""Uploads of one person that may be under way."""
FIELD = "file"
RECEIVERS: dict[str, str] = {}
"""Endpoint that takes a file → the page that tells what was wrong (`fel`)."""


def receives_files(endpoint: str, *, page: str) -> None:
    """Let `endpoint` take one file in its field `file`; `page` has the same address."""
    RECEIVERS[endpoint] = page


class Incoming(io.BufferedIOBase):
    """A file being received: written to the disk as it comes, counted and hashed on the way."""

    def __init__(self, storage: Storage) -> None:
        self.file, self.path = storage.draft()
        self.digest, self.size = sha256(), 0

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.digest.update(piece)
        self.size += len(piece)
        return self.file.write(piece)

    def read(self, size: int | None = -1) -> bytes:
        return self.file.read(-1 if size is None else size)

    def seek(self, place: int, whence: int = 0) -> int:
        return self.file.seek(place, whence)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self.file.close()

    def throw_away(self) -> None:
        """Close it and take it from the disk, unless it has been kept."""
        self.file.close()
        with suppress(FileNotFoundError):
            self.path.unlink()


@dataclass
class Received:
    """What a request brought."""

    problem: Reason | None = None
    upload: Upload | None = None
    path: Path | None = None

    def keep(self) -> Upload:
        """Move the file to its place; from now on rows may name it. Refused says why not."""
        if self.problem or self.upload is None or self.path is None:
            raise Refused(self.problem or Reason.UPLOAD_MISSING)
        if self.path.exists():  # a view that is begun again has moved it already
            try:
                storage().keep(self.path, self.upload.sha256)
            except OSError as error:
                raise Refused(_disk_problem(error)) from error
        return self.upload


def storage() -> Storage:
    return current_app.extensions["storage"]


def received() -> Received:
    """Return what this request brought."""
    return g.get("received") or Received(problem=Reason.UPLOAD_MISSING)


def init_app(app: Flask) -> None:
    app.extensions["storage"] = LocalStorage(app.config["STEGVIS"].data_dir / "files")
    app.before_request(_receive)
    app.teardown_request(_clean_up)


def _receive() -> ResponseReturnValue | None:
    """Take the file in. What cannot be taken in leads back to the page, which says why."""
    if request.method in db.SAFE or request.endpoint not in RECEIVERS:
        return None
    csrf.check_origin()
    with db.reading() as session:
        user = find_user(session)
        try:
            if user is not None:
                refuse_over_quota(session, user.identity.user_id, 1)
        except Refused as refused:
            return _back(refused.reason)
    if user is None:  # who sends little is asked to log in, like everywhere
        return _back(None) if (request.content_length or 0) > NOBODYS else None
    if (request.content_length or 0) > MAX_BODY:
        return _back(Reason.UPLOAD_TOO_LARGE)
    if not _take_a_turn(user.identity.user_id):
        return _back(Reason.UPLOAD_AT_ONCE)
    g.incoming = []
    request.max_content_length = MAX_BODY
    request.receives = _new_incoming  # type: ignore[attr-defined]
    try:
        request.form  # noqa: B018 - reads the whole body
    except RequestEntityTooLarge:
        return _back(Reason.UPLOAD_TOO_LARGE)
    except HTTPException:
        return _back(Reason.UPLOAD_INTERRUPTED)
    except OSError as error:
        return _back(_disk_problem(error))
    g.received = _look_into()
    return None


class Nowhere(io.RawIOBase):
    """A file that nobody asked for: one form brings one."""

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        return len(piece)

    def readinto(self, _buffer: object) -> int:
        return 0

    def seek(self, _place: int, _whence: int = 0) -> int:
        return 0

    def readable(self) -> bool:
        return True


def _new_incoming() -> io.IOBase:
    if g.incoming:
        return Nowhere()
    one = Incoming(storage())
    g.incoming.append(one)
    return one


def _look_into() -> Received:
    """Whether what came is one file of a kind that is taken."""
    chosen = request.files.get(FIELD)
    if chosen is None or not chosen.filename or not isinstance(chosen.stream, Incoming):
        return Received(problem=Reason.UPLOAD_MISSING)
    stream, name = chosen.stream, clean_name(chosen.filename)
    if stream.size > MAX_FILE:
        return Received(problem=Reason.UPLOAD_TOO_LARGE)
    try:
        stream.file.flush()
        media_type = check(stream.path, name)
        sync(stream.path)  # here nobody waits for it; when it is kept it is quick
    except Refused as refused:
        return Received(problem=refused.reason)
    except OSError as error:
        return Received(problem=_disk_problem(error))
    upload = Upload(
        name=name, sha256=stream.digest.hexdigest(), size=stream.size, media_type=media_type
    )
    return Received(upload=upload, path=stream.path)


def _take_a_turn(user_id: int) -> bool:
    """Hold one of the person's places until the request ends, also when the process dies."""
    folder = current_app.config["STEGVIS"].data_dir / "counters" / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(AT_ONCE):
        file = (folder / f"{user_id}-{number}").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            g.upload_turn = file
            return True
    return False


def _back(problem: Reason | None) -> ResponseReturnValue:
    """To the page that takes files; a browser hears us only when it has sent everything."""
    drain()
    page = RECEIVERS[request.endpoint or ""]
    said = {"fel": str(problem)} if problem else {}
    return redirect(url_for(page, **(request.view_args or {}), **said), 303)


def _disk_problem(error: OSError) -> Reason:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return Reason.UPLOAD_NO_ROOM if full else Reason.UPLOAD_INTERRUPTED


def _clean_up(_error: BaseException | None) -> None:
    for one in g.pop("incoming", []):
        one.throw_away()
    if turn := g.pop("upload_turn", None):
        turn.close()
