"""What is mailed to somebody and what is not, and the address of their calendar."""

from dataclasses import dataclass

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, headers
from app.csrf import without_token
from app.forms.notices import NoticesForm
from app.guard import guarded, public
from app.mail.links import absolute
from app.mail.unsubscribing import read_unsubscribe_token
from app.pages.calendars import calendar_of
from courses.errors import NotFound
from courses.permissions import Own, Permission
from courses.queries.calendar import owner_of_calendar
from courses.queries.notice_settings import NoticeSettings, notice_settings
from courses.services.calendar_addresses import end_calendar_address, renew_calendar_address
from courses.services.notices import choose_topics, turn_off
from courses.vocabulary import NoticeTopic

bp = Blueprint("notices", __name__)
NEW_ADDRESS = "calendar_address"
"""Where the cookie carries an address from the click that made it to the page that shows it."""


@dataclass(frozen=True)
class NoticesPart:
    """What `account/_notices.html` shows."""

    form: NoticesForm
    settings: NoticeSettings
    new_address: str
    """Shown once, on the page after it was made."""


def account_part() -> NoticesPart:
    """Return the account page's part about notices and the calendar."""
    settings = notice_settings(db.session(), current_user.identity.user_id)
    if settings is None:
        raise NotFound
    form = NoticesForm(**{topic.value: topic in settings.topics for topic in NoticeTopic})
    return NoticesPart(form, settings, cookie.pop(NEW_ADDRESS, ""))


@bp.post("/konto/mejl")
@guarded(Permission.HOME_READ)
def choose(_context: Own) -> ResponseReturnValue:
    form = NoticesForm(request.form)
    choose_topics(
        db.session(), current_user.identity.user_id, form.topics, now=clock.now()
    )
    flash(_("Ändringarna är sparade."))
    return _back()


@bp.post("/konto/kalender")
@guarded(Permission.HOME_READ)
def renew_calendar(_context: Own) -> ResponseReturnValue:
    secret = renew_calendar_address(
        db.session(), current_user.identity.user_id, now=clock.now()
    )
    cookie[NEW_ADDRESS] = absolute("notices.calendar", secret=secret)
    return _back()


@bp.post("/konto/kalender/stang")
@guarded(Permission.HOME_READ)
def end_calendar(_context: Own) -> ResponseReturnValue:
    end_calendar_address(db.session(), current_user.identity.user_id)
    flash(_("Kalenderadressen är avstängd."))
    return _back()


@bp.get("/kalender/<secret>.ics")
@public
def calendar(secret: str) -> ResponseReturnValue:
    """The dates of whoever the address belongs to. No login, no cookie: programs fetch it."""
    user = owner_of_calendar(db.session(), secret)
    if user is None:
        raise NotFound
    response = make_response(calendar_of(user, current_app.config["STEGVIS"].host))
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="stegvis.ics"'
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.add_etag()
    headers.cache_as("private, no-cache")
    return response.make_conditional(request)


@bp.get("/avanmal/<token>")
@public
def unsubscribe(token: str) -> ResponseReturnValue:
    """Ask before anything changes: mail scanners open links, too."""
    _user_id, topics, settings = _leaving(token)
    return render_template(
        "notices/unsubscribe.html", token=token, topics=topics,
        is_off=settings.topics.isdisjoint(topics),
    )


@bp.post("/avanmal/<token>")
@public
@without_token
def leave(token: str) -> ResponseReturnValue:
    """A mail program's button (RFC 8058) or our own. The signed address is the permission: what
    it can do is to turn off mails that can be turned on again, so no CSRF token is asked for."""
    user_id, topics, _settings = _leaving(token)
    turn_off(db.session(), user_id, topics, now=clock.now())
    if request.form.get("List-Unsubscribe") == "One-Click":
        return _("Klart."), 200, {"Content-Type": "text/plain; charset=utf-8"}
    return redirect(url_for(".unsubscribe", token=token), 303)


def _leaving(token: str) -> tuple[int, list[NoticeTopic], NoticeSettings]:
    known = read_unsubscribe_token(token)
    settings = notice_settings(db.session(), known[0]) if known else None
    if known is None or settings is None:
        raise NotFound
    return *known, settings


def _back() -> ResponseReturnValue:
    return redirect(url_for("account.show", _anchor="mejl"), 303)
