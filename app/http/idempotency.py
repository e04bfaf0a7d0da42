"""A second click gets the first one's answer.

Every form that changes something carries a key (`idem`). The row is written first, inside the
same transaction as the work: a second request with the same key waits for the first, finds
its row and is redirected to where the first one went.
"""

import hmac
from collections.abc import Callable
from hashlib import sha256
from secrets import token_urlsafe

from flask import Flask, abort, current_app, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock, db
from courses.models import IdempotencyKey

IGNORED = {"csrf_token"}
WITHOUT_TRACE: set[str] = set()


def leave_no_trace(*endpoints: str) -> None:
    """Let what is posted to `endpoints` be remembered nowhere: not that it came, nor when, nor
    a hash from which what was written could be guessed. They must do the same twice by
    themselves: a constraint or a version has the last word, and the second click finds that
    it is done."""
    WITHOUT_TRACE.update(endpoints)


def once(answer: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Return `answer()`, or what it returned when this form was sent before."""
    key = request.form.get("idem", "")
    if not key or request.endpoint in WITHOUT_TRACE:
        return answer()
    if len(key) > 64:
        abort(400)
    session = db.session()
    row = IdempotencyKey(
        user_id=current_user.identity.user_id,
        key=key,
        endpoint=request.endpoint or "",
        body_hash=_body_hash(),
        created_at=clock.now(),
    )
    session.add(row)
    try:
        session.flush()  # the unique constraint makes the second click wait for the first
    except IntegrityError:
        session.rollback()
        return _replay(row) or answer()
    response = make_response(answer())
    row.location = response.location
    return response


def _replay(row: IdempotencyKey) -> ResponseReturnValue | None:
    """Return the first answer, or None when the same form came back with another text.

    That happens when somebody goes back in the browser and goes on writing. It is no repeat:
    optimistic versions decide, and show both texts when they disagree.
    """
    first = db.session().scalars(
        select(IdempotencyKey).where(
            IdempotencyKey.user_id == row.user_id, IdempotencyKey.key == row.key
        )
    ).one()
    same = (first.endpoint, first.body_hash) == (row.endpoint, row.body_hash)
    return redirect(first.location, 303) if same and first.location else None


def _body_hash() -> str:
    # keyed: a form may hold a password, which a bare digest would let somebody guess
    key = current_app.config["STEGVIS"].secret_key.encode()
    digest = hmac.new(key, request.path.encode(), sha256)
    for name, values in sorted(request.form.lists()):
        if name not in IGNORED:
            digest.update(repr((name, values)).encode())
    for name, file in sorted(request.files.items()):
        digest.update(repr((name, file.filename)).encode())
        while piece := file.stream.read(65_536):
            digest.update(piece)
        file.stream.seek(0)
    return digest.hexdigest()


def init_app(app: Flask) -> None:
    app.jinja_env.globals["idempotency_key"] = lambda: token_urlsafe(16)
