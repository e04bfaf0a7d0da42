"""What happens when somebody has proved who they are: a login, and where it leads."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import db, i18n, rescue, sessions, throttle
from app.destinations import safe_next
from courses.vocabulary import Language


def welcome(user_id: int, *, language: Language, email: str) -> ResponseReturnValue:
    """Log `user_id` in and lead on: to a text that was rescued, to `next`, or to their page."""
    session = db.session()
    sessions.start(session, user_id)
    response = make_response(
        rescue.restore(session, user_id)
        or redirect(safe_next(request.form.get("next")) or url_for("auth.landing"), 303)
    )
    throttle.remember_device(response, email)
    i18n.remember(response, language)
    return response
