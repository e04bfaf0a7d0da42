"""Fields that several forms share."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    EmailField,
    IntegerField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Regexp
from wtforms.widgets import HiddenInput

from app.forms import Form
from courses.errors import Stale

ONE_LINE = Regexp(
    r"[^\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]*\Z",
    message=_l("Skriv namnet på en rad"),
)
"""No control signs, nor those that turn the direction of what stands after the name."""


def strip(value: str | None) -> str:
    return value.strip() if value else ""


def name_field() -> StringField:
    """What people call themselves: one line, of any letters."""
    return StringField(
        _l("Namn"),
        [
            DataRequired(_l("Skriv ditt namn")),
            Length(max=200, message=_l("Namnet får ha högst 200 tecken")),
            ONE_LINE,
        ],
        filters=[strip],
    )


def email_field(label: Any = None) -> EmailField:
    """A whole e-mail address."""
    return EmailField(
        label or _l("E-postadress"),
        [
            DataRequired(_l("Skriv e-postadressen")),
            Length(max=254, message=_l("E-postadressen är för lång")),
            Regexp(
                r"^[^@\s]+@[^@\s]+\.[^@\s.]+$",
                message=_l("Skriv en hel e-postadress, till exempel namn@exempel.se"),
            ),
        ],
        filters=[strip],
    )


def present_password() -> PasswordField:
    """The password that one has, to prove who one is."""
    return PasswordField(
        _l("Ditt lösenord"), [InputRequired(_l("Skriv ditt lösenord")), Length(max=1000)]
    )


def chosen_password() -> PasswordField:
    """A password from now on. Whether it is easy to guess `login.passwords` says."""
    return PasswordField(
        _l("Skapa ett lösenord (minst 12 tecken)"), [InputRequired(_l("Skriv ett lösenord"))]
    )


def choices_of(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Return what a select or radio field offers, from (value, label)."""
    return [SelectChoice(value, label) for value, label in pairs]


class ChoiceOfId(SelectField):
    """A select whose value is a row's id, or None for the empty choice."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, coerce=_id_or_none, **kwargs)


def _id_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class DayField(DateField):
    """A date in our time: what lies ages away is a slip of the finger, and breaks calendars."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data and not 2000 <= self.data.year < 2100:
            self.data = None
            raise ValueError(_("Välj en dag mellan åren 2000 och 2099"))


class VersionedForm(Form):
    """A form that knows what it was filled in on top of."""

    version = IntegerField(widget=HiddenInput(), default=0)
    is_stale = False
    """Somebody else saved while this was being filled in."""

    def show_newer(self, stale: Stale) -> None:
        """Keep what was typed, and let the next save be on top of what stands now."""
        self.is_stale = True
        self.version.data, self.version.raw_data = stale.version, None
