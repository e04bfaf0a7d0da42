"""What somebody wrote when their login had run out: shown at once, saved after logging in.

A writing form carries the macro `author()`: who it was made for, signed. When its POST comes
without a login (or with a stale CSRF token) the answer shows the text and a login form that
carries it along. When the same person logs in, the rescuer registered for the form's endpoint
saves it as a draft, never more; the endpoint's own guard says whether that person may.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from app.forms.auth import LoginForm
from app.http.destinations import page_at
from app.http.signing import signer
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import User
from courses.permissions import permits
from courses.queries.identity import identity_of

log = logging.getLogger(__name__)

Fields = MultiDict[str, str]
Rescuer = Callable[[Identity, dict[str, Any], Fields], str]
"""Saves a form's fields as a draft in `db.session()`; returns where to go on writing."""
RESCUERS: dict[str, Rescuer] = {}
MACHINERY = {
    "csrf_token", "idem", "author", "setup", "code", "recovery", "credential", "challenge",
}
"""What a form carries for us, or as a proof: nobody has to copy it, and it is not shown."""
KEEP, LABEL = "keep.", "label."
LONGEST = 30 * 24 * 3600
"""Seconds that a form may lie open and still be saved for its author."""


def register(endpoint: str, rescuer: Rescuer) -> None:
    """Let what is posted to `endpoint` without a login be saved after logging in."""
    RESCUERS[endpoint] = rescuer


def author_token() -> str:
    """Return who the page is made for, signed; the macro `author()` puts it into a form."""
    if not current_user.is_authenticated:
        return ""
    return signer("author").dumps(current_user.identity.user_id)


@dataclass(frozen=True)
class Kept:
    """What was posted, to where, and by whom it was written."""

    path: str
    author: str
    fields: Fields

    @property
    def is_text(self) -> bool:
        return any(True for _each in self.shown())

    @property
    def can_be_saved(self) -> bool:
        """Whether logging in will save it; else it has to be copied."""
        return bool(self.author) and _target(self.path)[0] in RESCUERS

    def shown(self) -> Iterator[tuple[str, str, str]]:
        """Yield label, name and value of what a person wrote."""
        for name, value in self.fields.items(multi=True):
            label = self.fields.get(LABEL + name, "")
            written = label or len(value) > 20 or len(value.split()) > 1
            if written and value.strip() and not name.startswith(LABEL):
                yield label, KEEP + name, value

    def hidden(self) -> Iterator[tuple[str, str]]:
        """Yield name and value of everything else that goes along."""
        shown = [(name, value) for _label, name, value in self.shown()]
        for name, value in self.fields.items(multi=True):
            if (KEEP + name, value) not in shown:
                yield KEEP + name, value


def posted() -> Kept:
    """Return what this request wanted to write."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in MACHINERY and "password" not in name
    ]
    return Kept(request.path, request.form.get("author", ""), MultiDict(fields))


def carried() -> Kept | None:
    """Return what the login form carries along, if it does."""
    if "rescue_path" not in request.form:
        return None
    fields = [
        (name.removeprefix(KEEP), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(KEEP)
    ]
    author = request.form.get("rescue_author", "")
    return Kept(request.form["rescue_path"], author, MultiDict(fields))


def page() -> ResponseReturnValue:
    """Return the page that shows what was posted, with a way to log in again."""
    if request.endpoint == "auth.log_in" or request.blueprint == "second_step":
        return show(carried(), LoginForm(email=request.form.get("email", ""))), 400
    return show(posted(), LoginForm()), 400


def show(kept: Kept | None, form: LoginForm) -> str:
    return render_template("errors/rescue.html", kept=kept, form=form)


def restore(session: Session, user_id: int) -> ResponseReturnValue | None:
    """Save what the login form carried, if this person wrote it; None when it carried nothing.

    What cannot be saved is shown once more: a text is never lost because of a rule.
    """
    kept = carried()
    if kept is None or not kept.author:
        target = page_at(kept.path) if kept else None
        return redirect(target, 303) if target else None
    if _author(kept.author) != user_id:
        flash(_("Texten på sidan var skriven av någon annan och är inte sparad."))
        return redirect(url_for("auth.landing"), 303)
    try:
        with session.begin_nested():
            target = _save(session, user_id, kept)
    except Exception:  # the person has no other copy
        log.exception("rescue: could not save what was posted to %s", kept.path)
        target = None
    if target is None:
        return render_template("errors/rescued.html", kept=kept, back=page_at(kept.path))
    flash(_("Din text är sparad som utkast. Den är inte inskickad."))
    return redirect(target, 303)


def _save(session: Session, user_id: int, kept: Kept) -> str | None:
    endpoint, url = _target(kept.path)
    rescuer = RESCUERS.get(endpoint)
    if rescuer is None:
        return None
    identity = identity_of(session, session.get_one(User, user_id))
    view = current_app.view_functions[endpoint]
    context = view.load(session, identity, **url)
    if not (permits(identity, context, context.READ) and permits(identity, context, view.guard)):
        raise NotFound
    fields = [(n, v) for n, v in kept.fields.items(multi=True) if not n.startswith(LABEL)]
    return rescuer(identity, url, MultiDict(fields))


def _target(path: str) -> tuple[str, dict[str, Any]]:
    """Return the endpoint that a form at `path` posts to, and what stands in its address."""
    try:
        endpoint, url = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return "", {}
    return endpoint, dict(url)


def is_by_another(author: str) -> bool:
    """Whether a page that carries `author` was made for somebody else than who is logged in."""
    return _author(author) != current_user.identity.user_id


def _author(author: str) -> int | None:
    try:
        return signer("author").loads(author, max_age=LONGEST)
    except BadSignature:
        return None


def init_app(app: Flask) -> None:
    app.jinja_env.globals["author_token"] = author_token
