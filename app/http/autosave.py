"""A page that saves by itself asks its form's own address for JSON, and gets it from here.

It is the same form, guard and service as when a button is pressed. No idempotency key is sent:
the draft's version is the guard, and the same text saved twice is one draft.
"""

import hmac
from datetime import datetime
from hashlib import sha256

from flask import Flask, Response, current_app, jsonify, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app import i18n, reasons, sessions
from app.csrf import is_foreign, mask
from app.http import rescue
from courses.errors import Refused


def is_wanted() -> bool:
    """Whether this request is a page's that saves by itself."""
    return request.method == "POST" and request.headers.get("Accept") == "application/json"


def saved(version: int, at: datetime, besides: str = "", warning: str = "") -> Response:
    """The draft is kept; the page goes on from `version`, says `besides` what else is so, and
    has a `warning` read out."""
    words = [_("Sparat %(time)s", time=i18n.clock_time(at))]
    if more := besides or warning:
        words = [f"{words[0]}.", more]
    kind = {"kind": "warned"} if warning else {}
    return _answer(
        200, "saved", said=" ".join(words), v=version, until=login_lasts(), **kind
    )


def conflict() -> Response:
    """Another text was saved in between: the form, sent by its button, shows both."""
    return _answer(409, "conflict")


def refused(error: Refused) -> Response:
    """No draft can be kept any more, and why."""
    return _answer(409, "refused", said=reasons.sentence(error))


def invalid(said: str) -> Response:
    """The draft cannot hold it: what is wrong, as beside the field."""
    return _answer(422, "invalid", said=said)


def stopped() -> Response | None:
    """Say who may not save here: nobody is logged in, or not the one who wrote; else None."""
    if not current_user.is_authenticated:
        # who has logged out wants nothing left; a login that ran out still has its cookie
        return _answer(401, "login" if sessions.current_token() else "left")
    if rescue.is_by_another(request.form.get("author", "")):
        return _answer(403, "other")
    return None


def token_renewed() -> Response:
    """The page's CSRF token has gone old: who is logged in and wrote it gets a fresh one."""
    if is_foreign():
        return _answer(400, "refused")
    return stopped() or _answer(400, "token", csrf=mask(generate_csrf()))


def login_lasts() -> str:
    """Say until when a page can lie open before one has to log in again; empty to visitors."""
    ends = sessions.ends_at()
    if ends is None:
        return ""
    return _("Du är inloggad till %(time)s. Tiden räknas om när du sparar.",
             time=i18n.clock_time(ends))


def writer() -> str:
    """Return a name for who is logged in that says nothing to anybody else."""
    secret = current_app.config["STEGVIS"].secret_key.encode()
    about = f"writer:{current_user.identity.user_id}".encode()
    return hmac.new(secret, about, sha256).hexdigest()[:16]


def _answer(status: int, state: str, **more: str | int) -> Response:
    response = jsonify(state=state, **more)
    response.status_code = status
    return response


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(writer=writer, login_lasts=login_lasts)
