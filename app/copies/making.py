"""The worker's part: one zip with a page to read, the same as data, and the files."""

import json
import re
import zipfile
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, render_template
from sqlalchemy.orm import Session

from app import db
from app.copies import keeping
from app.copies.words import Part, parts
from app.pages import reflecting
from app.worker import handles
from courses.models import User
from courses.queries.my_data import certificates_of, files_of, openings, own_rows
from courses.services.my_data import (
    JOB,
    SWEEP_JOB,
    copy_made,
    copy_to_make,
    drop_old_copies,
)


@handles(JOB)
def make(app: Flask, payload: dict[str, Any], now: datetime) -> None:
    """Make the copy that a job asks for. Running it again makes the same file anew."""
    database = app.extensions["database"]
    with database.session(writes=False) as session:
        copy = copy_to_make(session, payload["copy_id"])
        if copy is None:
            return
        user = session.get_one(User, copy.user_id)
        g.language = user.language
        file = keeping.Sealed(copy.file)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
            _fill(archive, session, user, now)
        file.keep()
    with db.transaction(app) as session:
        copy_made(session, copy.id, now=now)


@handles(SWEEP_JOB)
def sweep(app: Flask, _payload: dict[str, Any], now: datetime) -> None:
    """Remove copies that have run out, and files that no copy has."""
    with db.transaction(app) as session:
        wanted = drop_old_copies(session, now=now)
    keeping.sweep(wanted)


def _fill(archive: zipfile.ZipFile, session: Session, user: User, now: datetime) -> None:
    rows = own_rows(session, user.id)
    if "reflection" in rows:
        rows["reflection"] = [
            {
                "module_id": one.module_id, "created_at": one.created_at,
                "updated_at": one.updated_at,
                "prompt": one.words.prompt if one.words else None,
                "text": one.words.text if one.words else None,
            }
            for one in reflecting.all_of(session, user.id)
        ]
    opened = openings(session, user.id, since=datetime.fromtimestamp(0, tz=now.tzinfo))
    names = _add_files(archive, session, user.id)
    archive.writestr("data.json", _json({"tables": rows, "opened_by": [vars(o) for o in opened]}))
    told: list[Part] = parts(rows)
    archive.writestr(
        "index.html",
        render_template(
            "account/copy.html", user=user, now=now, parts=told, opened=opened, files=names,
        ),
    )


def _add_files(archive: zipfile.ZipFile, session: Session, user_id: int) -> list[str]:
    names = []
    for number, name, digest in files_of(session, user_id):
        path: Path = current_app.extensions["storage"].path(digest)
        if path.exists():
            names.append(f"filer/{number}-{_safe(name)}")
            archive.write(path, names[-1])
    for code, pdf in certificates_of(session, user_id):
        names.append(f"intyg/{_safe(code)}.pdf")
        archive.writestr(names[-1], pdf)
    return names


def _safe(name: str) -> str:
    """A name that every system takes."""
    return re.sub(r"[^\w.\- ]", "_", name).strip(". ")[-120:] or "fil"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # also a time
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value)
