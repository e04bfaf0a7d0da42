"""Forms of the editors' pages: a file's text, a help line, a fact's dates, a packed folder."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    Regexp,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from app import clock
from app.forms import Form
from app.forms.fields import DayField, strip
from courses.catalog import Fact
from courses.catalog.zip_folder import MAX_PACKED
from courses.errors import Stale
from courses.queries.publishing import Consequences
from courses.vocabulary import Decision

https = Regexp(r"^https://\S+$", message=_l("Adressen ska börja med https://"))


class RowForm(Form):
    """A form about one row of a file. `based_on` says how the row stood when it was opened."""

    based_on = HiddenField()
    is_stale = False
    """Somebody else changed the row while this was being filled in."""

    def show_newer(self, stale: Stale) -> None:
        """Keep what was typed, and let the next save be on top of what stands now."""
        self.is_stale = True
        self.based_on.data, self.based_on.raw_data = stale.theirs, None


class FileForm(Form):
    """A file of the course, and the fingerprint of the text that was changed."""

    text = TextAreaField(_l("Filens text"))
    based_on = HiddenField()


class NewFileForm(Form):
    path = StringField(
        _l("Var filen ska ligga och vad den ska heta"),
        [DataRequired(_l("Skriv var filen ska ligga och vad den ska heta"))],
        filters=[strip],
    )
    text = TextAreaField(
        _l("Filens text"), [DataRequired(_l("Skriv filens text"))]
    )


class HelpLineForm(RowForm):
    """What changes oftest about a help line; the rest is in the text box."""

    number = StringField(
        _l("Telefonnummer"),
        [
            DataRequired(_l("Skriv numret")),
            Regexp(
                r"^\+?\d[\d -]{1,24}$",
                message=_l("Skriv numret med siffror, till exempel 116 111"),
            ),
        ],
        filters=[strip],
    )
    hours = StringField(
        _l("Öppettider"),
        [DataRequired(_l("Skriv öppettiderna")),
         Length(max=200, message=_l("Texten är för lång"))],
        filters=[strip],
    )
    hours_en = StringField(
        _l("Öppettider på engelska"),
        [Length(max=200, message=_l("Texten är för lång"))],
        filters=[strip],
    )
    source = StringField(
        _l("Källa"),
        [DataRequired(_l("Skriv var uppgiften finns")),
         Length(max=200, message=_l("Texten är för lång"))],
        filters=[strip],
    )
    url = StringField(_l("Källans adress"), [Optional(), https], filters=[strip])
    checked = DayField(_l("Kontrollerat den"), [InputRequired(_l("Välj vilken dag"))])

    def validate_checked(self, field: DayField) -> None:
        _refuse_the_future(field)

    @property
    def values(self) -> dict[str, str]:
        """What is written back into the file."""
        return {
            "number": self.number.data, "hours": self.hours.data,
            "hours_en": self.hours_en.data, "source": self.source.data,
            "url": self.url.data, "checked": self.checked.data.isoformat(),
        }


class FactForm(RowForm):
    """When a fact was checked and when it shall be again."""

    as_of = DayField(_l("Uppgiften gäller den"), [InputRequired(_l("Välj vilken dag"))])
    review_by = DayField(_l("Granskas igen senast"), [InputRequired(_l("Välj vilken dag"))])

    def validate_as_of(self, field: DayField) -> None:
        _refuse_the_future(field)

    @property
    def values(self) -> dict[str, str]:
        """What is written back into the file."""
        return {
            "as_of": self.as_of.data.isoformat(), "review_by": self.review_by.data.isoformat(),
        }


class FolderForm(Form):
    folder = FileField(_l("ZIP-fil med utbildningens mapp"))

    def read(self, files: Any) -> bytes | None:
        """Return the file that was chosen, or note that none was."""
        chosen = files.get("folder")
        data = chosen.stream.read(MAX_PACKED + 1) if chosen and chosen.filename else b""
        if not data:
            self.folder.errors = [_("Välj en ZIP-fil")]
            return None
        return data


class PublishForm(Form):
    """What the editor had before their eyes: which text, and what was published then."""

    digest = HiddenField()
    seen = IntegerField(widget=HiddenInput(), default=0)
    chosen: Mapping[int, Decision] = {}
    """Cohort → what becomes of it unless the editor says otherwise."""

    def decisions(self, data: Mapping[str, str]) -> dict[int, Decision]:
        """Return what was chosen for each cohort; what no button could have sent is left out."""
        chosen = {}
        for name, value in data.items():
            prefix, _sign, number = name.partition("-")
            if prefix == "cohort" and number.isdecimal() and value in list(Decision):
                chosen[int(number)] = Decision(value)
        return chosen


def fact_form(fact: Fact, based_on: str, data: Any = None) -> FactForm:
    return FactForm(data, as_of=fact.as_of, review_by=fact.review_by, based_on=based_on)


def publish_form(found: Consequences, data: Any = None) -> PublishForm:
    """Return the form for what was looked at now, with what was chosen before."""
    chosen = PublishForm(data).decisions(data) if data else {}
    form = PublishForm(digest=found.digest, seen=found.seen)
    form.chosen = {
        one.cohort_id: chosen.get(one.cohort_id, one.default)
        if chosen.get(one.cohort_id) in (None, *one.by_decision) else one.default
        for one in found.cohorts
    }
    return form


def _refuse_the_future(field: DayField) -> None:
    if isinstance(field.data, date) and field.data > clock.today():
        raise ValidationError(_("Välj en dag som har varit"))
