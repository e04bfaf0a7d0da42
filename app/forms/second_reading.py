"""Who reads a text second, and why nobody does."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.forms import Form
from app.forms.fields import ChoiceOfId, choices_of, strip
from app.forms.guarding import without_number


class SecondReaderForm(Form):
    reader = ChoiceOfId(_l("Andra läsare"), [InputRequired(_l("Välj vem som läser som andra"))])


class ReadAloneForm(Form):
    reason = StringField(
        _l("Varför läser ingen mer?"),
        [DataRequired(_l("Skriv varför ingen mer läser")),
         Length(max=500, message=_l("Skriv högst 500 tecken")), without_number],
        filters=[strip],
    )


def second_form(
    people: Sequence[tuple[int, str]], chosen: int | None, data: Any = None
) -> SecondReaderForm:
    """Return the form with the trainers who may be chosen."""
    form = SecondReaderForm(data, reader=chosen)
    form.reader.choices = choices_of([("", _l("Välj")), *people])
    return form


def alone_form(data: Any = None) -> ReadAloneForm:
    """Return the form that says why one trainer alone reads."""
    return ReadAloneForm(data)
