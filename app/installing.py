"""The one-time code without which nobody sets up an installation, and the answers on the way.

The code is printed in the server's log when it starts on a database without people. It lies in
a file that only the server may read, so that its processes agree, and goes when it is used.
"""

import hmac
import json
import logging
from base64 import b64decode, b64encode
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import click
from flask import Flask, abort, current_app
from flask import session as cookie

from app import clock, db, keys
from app.mail.links import absolute
from app.secret_files import make_once
from courses.queries.installing import Installation, installation
from courses.rules.tokens import token_hash
from courses.services.installing import keep_answers

log = logging.getLogger(__name__)
PROOF = "setup"
ABOUT = "setup"
Answers = dict[str, Any]


def announce(app: Flask) -> None:
    """Print where an installation without people is set up; forget the code of one that has."""
    with app.extensions["database"].session(writes=False) as session:
        is_empty = installation(session).is_empty
    if not is_empty:
        _path(app).unlink(missing_ok=True)
        return
    with app.app_context():
        address = absolute("installing.enter", code=_make(app))
    log.warning("Nobody has an account yet. Set up Stegvis in the browser: %s", address)


def enter(code: str) -> None:
    """Let this browser go on when the code is right; else there is no such page."""
    _still_empty()
    stored = _code()
    if stored is None or not hmac.compare_digest(stored.encode(), code.encode()):
        log.warning("setup: wrong code")
        abort(404)
    cookie[PROOF] = token_hash(stored)


def answers() -> Answers:
    """Return what has been answered so far, to the browser that had the code."""
    found = _still_empty()
    stored = _code()
    if stored is None or not hmac.compare_digest(token_hash(stored), cookie.get(PROOF, "")):
        abort(404)
    if found.answers is None:
        return {}
    plain = keys.ring("setup").decrypt(b64decode(found.answers), about=ABOUT)
    return json.loads(plain)


def keep(known: Answers) -> None:
    """Keep what has been answered so far, sealed."""
    sealed = keys.ring("setup").encrypt(json.dumps(known).encode(), about=ABOUT)
    session = db.session()
    db.begin_again_when_outrun(
        lambda: keep_answers(session, b64encode(sealed).decode(), now=clock.now())
    )


def close() -> None:
    """Forget the code: everything has been set up."""
    cookie.pop(PROOF, None)
    _path(current_app._get_current_object()).unlink(missing_ok=True)


def _still_empty() -> Installation:
    with db.reading() as session:
        found = installation(session)
    if not found.is_empty:
        abort(404)
    return found


def _code() -> str | None:
    try:
        return _path(current_app._get_current_object()).read_text("ascii")
    except FileNotFoundError:
        return None


def _make(app: Flask) -> str:
    """Return the code; of processes that start at once the first one's stands."""
    path = _path(app)
    make_once(path, token_urlsafe(24).encode())
    return path.read_text("ascii")


def _path(app: Flask) -> Path:
    return app.config["STEGVIS"].data_dir / "setup-code"


def _serves() -> bool:
    """Whether this process is a server and no command."""
    context = click.get_current_context(silent=True)
    return context is None or context.info_name == "run"


def init_app(app: Flask) -> None:
    if app.extensions["ready"] and not app.config["TESTING"] and _serves():
        announce(app)
