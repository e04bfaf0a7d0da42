"""Every view says who may call it; an app with a view that does not will not start."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from flask import Flask, abort, current_app, make_response, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app import db
from app.http import autosave, idempotency
from app.pages.undertaking import asked_first
from courses.errors import NotFound
from courses.identity import Identity
from courses.permissions import Context, Own, Permission, permits

Loader = Callable[..., Context]


def public(view: Callable) -> Callable:
    """Anyone may call this view."""
    view.guard = "public"
    return view


def own(_session: Session, _identity: Identity) -> Own:
    """The loader for pages about nobody but oneself."""
    return Own()


def guarded(permission: Permission, *, load: Loader = own) -> Callable:
    """Call the view with what `load(session, identity, **url)` finds, if the actor may.

    Nobody logged in: to the login page. An actor who may not even know of the thing (the
    context's READ) gets 404; one who may read but not do it gets 403. A form that was
    answered before gets the same answer again.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def wrapper(**url: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()
            if request.method in db.SAFE:
                return _go_on(view, _permitted(permission, load, url), permission)
            if autosave.is_wanted() and (stopped := autosave.stopped()):
                return stopped
            return db.begin_again_when_outrun(
                lambda: _go_on(
                    partial(_once, view), _permitted(permission, load, url), permission
                )
            )

        wrapper.guard = permission
        wrapper.load = load
        return wrapper

    return decorate


def _permitted(permission: Permission, load: Loader, url: dict[str, Any]) -> Context:
    """Return what the request is about, or end it."""
    identity = current_user.identity
    context = load(db.session(), identity, **url)
    if not permits(identity, context, context.READ):
        raise NotFound
    if not permits(identity, context, permission):
        abort(403)
    return context


def _go_on(view: Callable, context: Context, permission: Permission) -> Any:
    """Call the view, unless the secrecy undertaking comes first."""
    return asked_first(current_user.identity, context, permission) or view(context)


def _once(view: Callable, context: Context) -> Any:
    answer = make_response(idempotency.once(lambda: view(context)))
    if answer.status_code < 400:
        db.session().flush()  # what somebody else was faster with shows now
    return answer


def init_app(app: Flask) -> None:
    """Publish the policy to templates and refuse to start with a bare view. Runs last."""
    app.jinja_env.globals.update(Permission=Permission, permits=permits)
    bare = [
        name
        for name, view in app.view_functions.items()
        if name != "static" and not hasattr(view, "guard")
    ]
    if bare:
        raise RuntimeError(f"views without a guard: {', '.join(sorted(bare))}")
