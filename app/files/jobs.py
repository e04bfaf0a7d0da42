"""The worker's part in an uploaded file: gone through, scanned, and swept when nobody has it.

A picture is written anew, without the place where it was taken; of a document the text is taken
out, for those who look for personal numbers. Each reads outside of any transaction.
"""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask

from app import db
from app.editions import current_course
from app.files.scanner import is_clean
from app.worker import handles, sweeps
from config import Config
from courses.documents.storage import Storage, digest_of
from courses.documents.uploads import PICTURES, extract_text, rewrite_picture
from courses.errors import Reason, Refused
from courses.rules.file_guard import places_in
from courses.services.file_checks import (
    SCAN_JOB,
    Unread,
    drop_old_files,
    file_to_check,
    note_clean,
    note_read,
    note_refused,
    scan_what_waits,
)
from courses.services.files import READ_JOB

log = logging.getLogger(__name__)


@handles(READ_JOB)
def read(app: Flask, payload: dict[str, Any], now: datetime) -> None:
    """Go through a file once; a second time finds it done."""
    file = _find(app, payload)
    if file is None or file.is_read:
        return
    storage = app.extensions["storage"]
    try:
        digest, text = _go_through(storage, file)
        places = places_in(text, known=current_course().function_numbers)
    except Refused as refused:
        with db.transaction(app) as session:
            note_refused(session, file, refused.reason, now=now)
        return
    config: Config = app.config["STEGVIS"]
    with db.transaction(app) as session:
        note_read(
            session, file, sha256=digest, size=storage.path(digest).stat().st_size,
            has_text=bool(text.strip()), places=places,
            counts_as_clean=not config.clamd_url and config.opens_unscanned, now=now,
        )


@handles(SCAN_JOB)
def scan(app: Flask, payload: dict[str, Any], now: datetime) -> None:
    """Let the scanner say whether others may open a file. Without one it stays unchecked; with
    one that does not answer the job is tried again."""
    url = app.config["STEGVIS"].clamd_url
    file = _find(app, payload)
    if file is None or not url:
        return
    clean = is_clean(url, app.extensions["storage"].path(file.sha256))
    with db.transaction(app) as session:
        if clean:
            note_clean(session, file, now=now)
        else:
            log.warning("file %d was stopped by the scanner", file.id)
            note_refused(session, file, Reason.UPLOAD_VIRUS, now=now)


@sweeps
def sweep_files(app: Flask, now: datetime) -> None:
    """Delete what is kept no longer, then the bytes that no row names; ask for scans again."""
    config: Config = app.config["STEGVIS"]
    with db.transaction(app) as session:
        named = drop_old_files(session, now=now)
        if config.clamd_url:
            scan_what_waits(session, now=now)
    app.extensions["storage"].sweep(named)


def _go_through(storage: Storage, file: Unread) -> tuple[str, str]:
    """Return the digest of what is kept from now on, and the text in it."""
    path = storage.path(file.sha256)
    if file.media_type not in PICTURES:
        return file.sha256, extract_text(path, file.media_type).replace("\0", "")
    handle, draft = storage.draft()
    handle.close()
    try:
        rewrite_picture(path, draft, file.media_type)
        return _kept(storage, draft), ""
    finally:
        draft.unlink(missing_ok=True)


def _kept(storage: Storage, draft: Path) -> str:
    digest = digest_of(draft)
    storage.keep(draft, digest)
    return digest


def _find(app: Flask, payload: dict[str, Any]) -> Unread | None:
    with app.extensions["database"].session(writes=False) as session:
        return file_to_check(session, payload["file_id"])

