"""flask-login's user: what the policy needs, read once a request from the login row."""

from datetime import datetime

from flask import Flask, Request, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from app import clock, db, sessions
from app.http import autosave, rescue
from courses.identity import Identity
from courses.queries.identity import login_and_identity
from courses.rules.tokens import token_hash


class CurrentUser(UserMixin):
    """Who acts, through which login, and when they last proved that it is them."""

    def __init__(
        self, identity: Identity, *, login_id: int | None = None,
        proved_at: datetime | None = None,
    ) -> None:
        self.identity = identity
        self.login_id = login_id
        self.proved_at = proved_at

    def get_id(self) -> str:
        return str(self.identity.user_id)


def load_user(_request: Request) -> CurrentUser | None:
    """Return the person behind the login cookie, if the login still stands."""
    return find_user(db.session())


def find_user(session: Session) -> CurrentUser | None:
    """The same, asked in a session of one's own."""
    token = sessions.current_token()
    if token is None:
        return None
    now = clock.now()
    found = login_and_identity(
        session,
        token_hash(token),
        seen_after=now - sessions.IDLE,
        created_after=now - sessions.ABSOLUTE,
    )
    if found is None:
        return None
    login, identity = found
    sessions.touch_later(login)
    sessions.note_end(login)
    return CurrentUser(
        identity, login_id=login.id, proved_at=login.proved_at
    )


def ask_to_log_in() -> ResponseReturnValue:
    """A reader goes to the login page and comes back; what a writer wrote is shown and kept."""
    if autosave.is_wanted() and (answer := autosave.stopped()):
        return answer
    if request.method not in db.SAFE:
        return rescue.page()
    return redirect(url_for("auth.login", next=request.full_path.rstrip("?")), 303)


def init_app(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # it asks who it is on every page
    app.jinja_env.globals["current_user"] = current_user
    manager.session_protection = None  # the login row is the session; nothing is in a cookie
    manager.request_loader(load_user)
    manager.unauthorized_handler(ask_to_log_in)
