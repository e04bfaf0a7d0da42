"""Answers to knowledge checks and exercises, as radio buttons send them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from app.forms import Form
from app.forms.fields import DayField
from courses.catalog import KnowledgeCheck
from courses.rules.checks import Questions, shuffled


class VouchingForm(Form):
    """When one did what one vouches for."""

    on = DayField(_l("Vilken dag blev du klar?"), [InputRequired(_l("Välj en dag"))])
    today: date

    def validate_on(self, field: Any) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_("Välj en dag som har varit"))


def check_form(
    check: KnowledgeCheck, *, seed: str, data: Mapping[str, str] | None = None
) -> Form:
    """Return the check's questions with their options in an order that depends on `seed`."""
    fields = {}
    for number, question in enumerate(check.questions, start=1):
        order = shuffled(len(question.options), f"{seed}/{question.id}")
        fields[question.id] = RadioField(
            f"{number}. {question.text}",
            [InputRequired(_("Välj ett svar på fråga %(number)s", number=number))],
            choices=[SelectChoice(str(place), question.options[place].text) for place in order],
        )
    return type("CheckForm", (Form,), fields)(data)


def chosen(asked: Questions, data: Mapping[str, str]) -> dict[str, int]:
    """Return question → chosen option; what no button could have sent is left out."""
    return asked.valid_in(data)
