"""Fields that several forms share."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, IntegerField, SelectChoice, SelectField
from wtforms.widgets import HiddenInput

from app.forms import Form
from courses.errors import Stale


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
