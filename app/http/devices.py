"""Whether the browser is its owner's own: said by that person, never assumed.

On such a device a text that could not be sent may be kept in the browser, and pages for
reading without a network. The mark is one person's: for anybody else who logs in there it
counts as a shared device.
"""

from flask import Flask, Response, g, request
from flask_login import current_user
from itsdangerous import BadSignature

from app.http import cookies
from app.http.signing import signer

COOKIE = "stegvis-own-device"
YEAR = 365 * 24 * 3600


def is_own_device() -> bool:
    """Whether the person who is logged in has said that this device is their own."""
    return current_user.is_authenticated and _owner() == current_user.identity.user_id


def is_anothers(user_id: int) -> bool:
    """Whether somebody else than `user_id` has said that this device is their own."""
    return _owner() not in (None, user_id)


def _owner() -> int | None:
    try:
        return signer("own-device").loads(request.cookies.get(COOKIE, ""), max_age=YEAR)
    except BadSignature:
        return None


def mark_as_own(user_id: int) -> None:
    """Let this browser count as `user_id`'s own, from the next answer on."""
    g.own_device = signer("own-device").dumps(user_id)


def forget_own() -> None:
    """Let this browser count as a shared one again."""
    g.own_device = ""


def _finish(response: Response) -> Response:
    value = g.pop("own_device", None)
    if value is None or response.status_code >= 400:
        return response
    if value:
        cookies.keep(response, COOKIE, value, max_age=YEAR)
    else:
        cookies.drop(response, COOKIE)
    return response


def init_app(app: Flask) -> None:
    app.after_request(_finish)
    app.jinja_env.globals["is_own_device"] = is_own_device
