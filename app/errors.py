"""Domain errors and failures become pages that say what happened and what is safe."""

import logging
from secrets import token_hex

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from app import db, reasons
from app.http import autosave, rescue
from app.http.incoming import drain
from courses.errors import NotFound, Refused

log = logging.getLogger(__name__)
PAGES = {400, 403, 404, 405, 409, 413, 415, 429, 503}


def _rollback() -> None:
    if "session" in g:
        g.session.rollback()  # gives the write lock back before the page is made


def not_found(_error: Exception) -> ResponseReturnValue:
    _rollback()
    return render_template("errors/404.html"), 404


def refused(error: Refused) -> ResponseReturnValue:
    _rollback()
    if autosave.is_wanted():
        return autosave.refused(error)
    return render_template("errors/409.html", reason=reasons.sentence(error)), 409


def csrf_failed(error: CSRFError) -> ResponseReturnValue:
    """The page lay open for long, or the request came from elsewhere: nothing typed is lost."""
    log.info("csrf: %s on %s", error.description, request.endpoint)
    return autosave.token_renewed() if autosave.is_wanted() else rescue.page()


def http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    _rollback()
    if code < 400:
        return error.get_response()
    known = code if code in PAGES else (400 if code < 500 else 500)
    wait = getattr(error, "retry_after", None)
    if code == 413:
        drain()
    page = render_template(f"errors/{known}.html", code="", wait=wait, kept=None)
    return page, code, error.get_headers()[1:]


def untrusted_host(_error: SecurityError) -> ResponseReturnValue:
    """No address can be built for a host that is not ours: no page, just no."""
    return "Unknown host", 400, {"Content-Type": "text/plain; charset=utf-8"}


def crashed(error: Exception) -> ResponseReturnValue:
    """Log with a code that the person can quote; show no internals, but what was typed: there
    may be no other copy. A database that is locked, full or away is a matter of waiting."""
    code = token_hex(4)
    log.error("%s on %s", code, request.endpoint, exc_info=error)
    _rollback()
    page = render_template("errors/500.html", code=code, kept=_typed())
    cause = getattr(error, "original_exception", None) or error
    if isinstance(cause, OperationalError | PoolTimeout):
        return page, 503, {"Retry-After": "60"}
    return page, 500


def _typed() -> rescue.Kept | None:
    if request.method in db.SAFE:
        return None
    try:
        return rescue.posted()
    except HTTPException:  # it cannot be read
        return None


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, csrf_failed)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(SecurityError, untrusted_host)
    app.register_error_handler(500, crashed)
    if not app.testing:
        app.register_error_handler(Exception, crashed)
