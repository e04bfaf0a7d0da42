"""Answers to knowledge checks and exercises, as radio buttons send them."""

from collections.abc import Mapping

from flask_babel import gettext as _
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from app.forms import Form
from courses.catalog import KnowledgeCheck
from courses.rules.checks import Questions, shuffled


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
