"""Logins live on the server, behind an opaque cookie, so that logging out ends them."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from flask import Flask, Response, current_app, g, request
from flask import session as cookie
from flask_login import current_user
from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock, db
from app.http import cookies, devices
from courses.models import LoginSession
from courses.rules.tokens import token_hash
from courses.services.second_factor import renew_login
from courses.vocabulary import SecondStep

IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
TOUCH = timedelta(minutes=5)
"""A page view writes the login row's last-seen at most this often."""


def cookie_name(app: Flask) -> str:
    """`__Host-` ties the cookie to this host; browsers take it over https only."""
    return "__Host-stegvis-login" if app.config["STEGVIS"].is_https else "stegvis-login"


def start(
    session: Session, user_id: int, *, awaits: SecondStep | None = None, has_proved: bool = True
) -> str:
    """Log `user_id` in: a new row, a new cookie, a new CSRF token. An older login ends, and
    with it what somebody else has left in the browser.

    A login that `awaits` something opens nothing before that is done; one that begins without
    a proof (`has_proved`) is asked for it before it changes what protects the account. Returns
    the token.
    """
    was = current_user.identity.user_id if current_user.is_authenticated else user_id
    end(session)
    g.clears_browser = was != user_id or devices.is_anothers(user_id)
    token = token_urlsafe(32)
    now = clock.now()
    session.add(
        LoginSession(
            user_id=user_id,
            token_hash=token_hash(token),
            device=request.headers.get("User-Agent", "")[:200],
            created_at=now,
            last_seen_at=now,
            proved_at=now if has_proved else None,
            awaits=awaits,
        )
    )
    cookie.clear()
    g.login_cookie = token
    return token


def renew(session: Session, login_id: int) -> None:
    """Go on with a login whose owner has proved who they are, under a new cookie."""
    token = token_urlsafe(32)
    renew_login(session, login_id, token_hash(token), clock.now())
    g.login_cookie = token


def end(session: Session) -> None:
    """Log out: the row ends, the cookie goes."""
    if token := current_token():
        session.execute(
            update(LoginSession)
            .where(
                LoginSession.token_hash == token_hash(token), LoginSession.ended_at.is_(None)
            )
            .values(ended_at=clock.now())
        )
    cookie.clear()
    g.login_cookie = ""
    g.clears_browser = True


def forget() -> None:
    """Take a cookie away whose login has ended, so that pages offer to log in again."""
    if current_token():
        g.login_cookie = ""


def current_token() -> str | None:
    return request.cookies.get(cookie_name(current_app)) or None


def touch_later(login: LoginSession) -> None:
    """Note that the login is in use, after the page and in a transaction of its own."""
    if clock.now() - login.last_seen_at > TOUCH:
        g.touched_login = login.id


def note_end(login: LoginSession) -> None:
    """Remember for this request when the login runs out, if it is not used before."""
    seen = clock.now() if "touched_login" in g else login.last_seen_at
    g.login_ends = min(seen + IDLE, login.created_at + ABSOLUTE)


def ends_at() -> datetime | None:
    """Return when the login of this request runs out; None when nobody is logged in."""
    return g.get("login_ends")


def _finish(response: Response) -> Response:
    if (login_id := g.pop("touched_login", None)) and response.status_code < 400:
        with db.transaction() as own:
            own.execute(
                update(LoginSession)
                .where(LoginSession.id == login_id)
                .values(last_seen_at=clock.now())
            )
    token = g.pop("login_cookie", None)
    if token is not None and response.status_code < 400:
        name = cookie_name(current_app)
        if token:
            cookies.keep(response, name, token)
        else:
            cookies.drop(response, name)
        if g.pop("clears_browser", False):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def init_app(app: Flask) -> None:
    app.after_request(_finish)
