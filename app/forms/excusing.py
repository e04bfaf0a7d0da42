"""What somebody need not do, and why."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.forms import Form
from app.forms.fields import choices_of, strip
from app.forms.guarding import without_number

LONGEST = Length(max=300, message=_l("Skriv högst 300 tecken"))


class ExcuseForm(Form):
    item = SelectField(_l("Vad behöver inte göras?"), [InputRequired(_l("Välj vad det gäller"))])
    reason = StringField(
        _l("Skäl"), [DataRequired(_l("Skriv ett skäl")), LONGEST, without_number], filters=[strip]
    )


class AskAfterAllForm(Form):
    reason = StringField(
        _l("Varför ska det göras ändå?"),
        [DataRequired(_l("Skriv ett skäl")), LONGEST, without_number], filters=[strip],
    )


def excuse_form(items: Sequence[tuple[str, str]], data: Any = None) -> ExcuseForm:
    """Return the form with what may be chosen."""
    form = ExcuseForm(data)
    form.item.choices = choices_of([("", _l("Välj")), *items])
    return form
