"""What happens when somebody has proved who they are: a login, and where it leads."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock, db, i18n, sessions
from app.http import devices, rescue
from app.http.destinations import safe_next
from app.login import recovery, second_step, throttle
from app.login.authentication import authenticate
from app.login.denied import Denied
from app.login.recovery import Codes
from courses.models import User
from courses.queries.second_factor import step_due, waiting_login
from courses.rules.tokens import token_hash
from courses.vocabulary import Language


def welcome(
    user_id: int, *, language: Language, email: str, by_link: bool = False
) -> ResponseReturnValue:
    """Lead in whoever has proved a first factor: through the second step where one is due.

    With `by_link` it was a mail alone: that opens the account, and changes nothing that
    protects it before the password has been given.
    """
    session = db.session()
    due = step_due(
        session, user_id, device_hash=second_step.device_hash(), now=clock.now()
    )
    if due is None:
        return enter(user_id, language=language, email=email, has_proved=not by_link)
    token = sessions.start(session, user_id, awaits=due)
    if rescue.carried():  # a text cannot go by way of an address
        login = waiting_login(session, token_hash(token), now=clock.now())
        response = make_response(second_step.page(login) if login else rescue.page())
    else:
        carried = {name: request.form.get(name) or None for name in ("next", "own_device")}
        response = make_response(redirect(url_for("second_step.show", **carried), 303))
    i18n.remember(response, language)
    return response


def welcome_again(email: str, password: str) -> ResponseReturnValue | None:
    """Answer the second of two clicks like the first: it knows the password just chosen."""
    try:
        account = authenticate(email, password)
    except Denied:
        return None
    return welcome(account.user_id, language=account.language, email=email)


def enter(
    user_id: int, *, language: Language, email: str, remember: bool = False,
    codes: Codes | None = None, has_proved: bool = True,
) -> ResponseReturnValue:
    """Log `user_id` in and lead on: to a text that was rescued, to `next`, or to their page.

    With `remember` the browser is not asked for a second step for a while; `codes` are
    new recovery codes, shown on the way.
    """
    session = db.session()
    sessions.start(session, user_id, has_proved=has_proved)
    if remember:
        second_step.remember(session, user_id)
    if request.form.get("own_device"):
        devices.mark_as_own(user_id)
    response = make_response(
        _codes(session, user_id, codes) if codes else lead_on(session, user_id)
    )
    throttle.know_device(response, email)
    i18n.remember(response, language)
    return response


def lead_on(session: Session, user_id: int) -> ResponseReturnValue:
    """Go on to what the form of the login carried along."""
    return rescue.restore(session, user_id) or redirect(
        safe_next(request.form.get("next")) or url_for("auth.landing"), 303
    )


def _codes(session: Session, user_id: int, codes: Codes) -> str:
    shown = recovery.renew(session, session.get_one(User, user_id), codes, clock.now())
    return render_template("auth/codes.html", codes=shown, kept=rescue.carried())
