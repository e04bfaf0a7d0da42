"""Swedish is the source language; English is read from `translations/en/*.po`, an area each."""

import io
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date as format_day
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, has_request_context, request
from flask_babel import (
    Babel,
    Domain,
    format_decimal,
    get_locale,
    gettext,
    ngettext,
)

from app.clock import STOCKHOLM, today
from app.http import cookies
from courses.vocabulary import Language

TRANSLATIONS = Path(__file__).parent / "translations"
COOKIE = "stegvis-language"


@cache
def translations(language: str) -> NullTranslations:
    """Return the catalog of `language`, put together from the po files of its areas."""
    if language == Language.SWEDISH:
        return NullTranslations()
    whole = Catalog(locale=language)
    for path in sorted((TRANSLATIONS / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    whole[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translations(compiled)


class AreaDomain(Domain):
    """Flask-Babel's domain, reading our po files instead of compiled ones."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return translations(locale.language if locale else Language.SWEDISH)


class AreaBabel(Babel):
    @property
    def domain_instance(self) -> Domain:
        return AreaDomain()


def select_language() -> str:
    """`?lang=` while it stands in the address; else the account's; else the cookie; else the
    browser's."""
    try:
        return g.language
    except AttributeError:
        g.language = _select() if has_request_context() else Language.SWEDISH
        return g.language
    except RuntimeError:  # outside of any application: a command, a module being imported
        return Language.SWEDISH


def _say(message: str) -> str:
    return translations(select_language()).gettext(message)


def _say_counted(one: str, many: str, count: int) -> str:
    return translations(select_language()).ngettext(one, many, count)


def remember(response: Response, language: Language) -> None:
    """Keep `language` in this browser, for pages that ask nobody who is logged in."""
    cookies.keep(response, COOKIE, language, max_age=31_536_000)


def _select() -> str:
    if asked := _asked():
        return asked
    if (user := g.get("_login_user")) and user.is_authenticated:  # asks no database
        return user.identity.language
    if (kept := request.cookies.get(COOKIE)) in list(Language):
        return kept
    return request.accept_languages.best_match(list(Language), Language.SWEDISH)


def _asked() -> str | None:
    asked = request.args.get("lang", "")
    return asked if asked in list(Language) else None


def _keep_asking(endpoint: str, values: dict[str, Any]) -> None:
    """Links lead on in the language that was asked for, without a cookie."""
    if endpoint != "static" and has_request_context() and (asked := _asked()):
        values.setdefault("lang", asked)


def day(value: date | datetime, *, year: bool = True) -> str:
    """Return `9 februari 2027`, in the reader's language and Stockholm's calendar."""
    if isinstance(value, datetime):
        value = value.astimezone(STOCKHOLM).date()
    return _written(value, "d MMMM y" if year else "d MMMM", str(get_locale() or "sv"))


@lru_cache(maxsize=4096)
def _written(value: date, pattern: str, locale: str) -> str:
    """A page has many dates, a training few: a day is put into words once."""
    return format_day(value, pattern, locale=locale)


def number(value: str | int | Decimal) -> str:
    """Return a number that is kept as text the way it is written: `136,5`."""
    return format_decimal(Decimal(value))


def moment(value: datetime) -> str:
    """Return `9 februari 2027 kl. 14.30`."""
    local = value.astimezone(STOCKHOLM)
    if select_language() == Language.ENGLISH:
        return f"{day(value)} at {local:%H:%M}"
    return f"{day(value)} kl. {local:%H.%M}"


def lately(value: datetime) -> str:
    """Return `i dag kl. 08.12`, `i går kl. 08.12`, or the day and the time."""
    days = (today() - value.astimezone(STOCKHOLM).date()).days
    if days == 0:
        return gettext("i dag %(time)s", time=clock_time(value))
    if days == 1:
        return gettext("i går %(time)s", time=clock_time(value))
    return moment(value)


def clock_time(value: datetime) -> str:
    local = value.astimezone(STOCKHOLM)
    return f"{local:%H:%M}" if select_language() == Language.ENGLISH else f"kl. {local:%H.%M}"


def duration(minutes: int) -> str:
    """Return `45 minuter`, `1 timme` or `5,5 timmar`: whole half hours from one hour on."""
    if minutes < 60:
        return ngettext("%(num)s minut", "%(num)s minuter", minutes)
    hours = Decimal(round(minutes / 30)) / 2
    if hours == 1:
        return gettext("1 timme")
    return gettext("%(hours)s timmar", hours=format_decimal(hours))


def waiting(seconds: int) -> str:
    """Return how long to wait, in seconds up to two minutes and then in minutes."""
    if seconds <= 120:
        return ngettext("%(num)s sekund", "%(num)s sekunder", seconds)
    return ngettext("%(num)s minut", "%(num)s minuter", -(-seconds // 60))


def init_app(app: Flask) -> None:
    AreaBabel(
        app,
        locale_selector=select_language,
        timezone_selector=lambda: "Europe/Stockholm",
        default_locale="sv",
    )
    # a page says some eighty sentences: templates ask the catalog without the way around
    app.jinja_env.install_gettext_callables(_say, _say_counted, newstyle=True)
    app.url_defaults(_keep_asking)
    app.jinja_env.filters.update(
        day=day, moment=moment, lately=lately, clock_time=clock_time, duration=duration,
        waiting=waiting, number=number,
    )
    app.jinja_env.globals["language"] = select_language
