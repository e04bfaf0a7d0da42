"""Flask-WTF's CSRF protection over all unsafe methods, with a token that looks different in
every answer, so that compression cannot be used to guess it; plus a check of where it came from.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from secrets import token_bytes
from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf

from app import db


def mask(token: str) -> str:
    """Return `token` under a one-time pad that stands before it."""
    raw = token.encode()
    pad = token_bytes(len(raw))
    return urlsafe_b64encode(pad + bytes(a ^ b for a, b in zip(raw, pad, strict=True))).decode()


def unmask(masked: str) -> str:
    """Return what `mask` was given; an empty string when it is none of ours."""
    try:
        raw = urlsafe_b64decode(masked.encode())
        half = len(raw) // 2
        return bytes(
            a ^ b for a, b in zip(raw[:half], raw[half:], strict=True)
        ).decode()
    except ValueError:
        return ""


class MaskedCSRFProtect(CSRFProtect):
    def _get_csrf_token(self) -> str:
        return unmask(super()._get_csrf_token() or "")


def without_token(view: Callable) -> Callable:
    """Let programs that have no page of ours post to this view: its address is the permission."""
    view.needs_no_token = True
    return view


def check_origin() -> None:
    """Refuse an unsafe request that a browser says comes from another site."""
    if request.method not in db.SAFE and is_foreign():
        raise CSRFError("cross-site request")


def is_foreign() -> bool:
    """Whether the browser says that another site sent the request."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin", "null")
    return origin != "null" and _host_of(origin) != request.host


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def init_app(app: Flask) -> None:
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # lives as long as the login
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)  # check_origin does it for http too
    app.before_request(check_origin)
    protect = app.extensions["csrf_protect"] = MaskedCSRFProtect(app)
    for view in app.view_functions.values():
        if getattr(view, "needs_no_token", False):
            protect.exempt(view)
    # Flask-WTF puts its bare token into every template's context; ours comes after it
    app.context_processor(lambda: {"csrf_token": lambda: mask(generate_csrf())})
    app.jinja_env.globals["csrf_token"] = lambda: mask(generate_csrf())
