"""What templates may use besides Flask's own: labels of stored words, and strictness."""

from datetime import date

from flask import Flask, current_app
from jinja2 import StrictUndefined
from markupsafe import Markup

from app import clock, i18n, labels, sessions
from app.pages.periods import period, spans_days
from courses.catalog import render_user_text
from courses.rules.language import written_in


def user_text(text: str, top: int = 3) -> Markup:
    """What a participant or a trainer wrote, as HTML that cannot hurt; headings from `top`."""
    html = Markup(render_user_text(text, top=top))  # noqa: S704 - nh3 has cleaned it
    mark = lang(text)
    return Markup("<div{}>{}</div>").format(mark, html) if html and mark else html


def lang(text: str) -> Markup:
    """The attribute for what somebody wrote in another language than the page's, else nothing."""
    written = written_in(text)
    return Markup(' lang="{}"').format(written) if written != i18n.select_language() else Markup()


def iso_day(text: str) -> str:
    """A date as answers store it (`2027-02-09`), for people; anything else as it is."""
    try:
        return i18n.day(date.fromisoformat(text))
    except ValueError:
        return text


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["label"] = labels.label
    app.jinja_env.filters["user_text"] = user_text
    app.jinja_env.globals["lang"] = lang
    app.jinja_env.filters["iso_day"] = iso_day
    app.jinja_env.filters.update(period=period, spans_days=spans_days)
    app.jinja_env.tests["passed"] = lambda day: day < clock.today()
    app.jinja_env.globals["settings"] = lambda: current_app.config["STEGVIS"]
    app.jinja_env.globals["known_endpoints"] = app.view_functions
    # whether the browser holds a login, which may have run out: asks no database
    app.jinja_env.globals["logged_in_before"] = lambda: sessions.current_token() is not None
