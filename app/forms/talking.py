"""Asking the trainers, asking for time, and what trainers answer."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from app.forms.fields import DayField
from app.forms.guarded import GuardedForm
from courses.rules.talking import LONGEST_LINE, LONGEST_MESSAGE


def _tidy(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").strip()


def _line(label: object, missing: object) -> StringField:
    return StringField(
        label,
        [
            DataRequired(missing),
            Length(max=LONGEST_LINE, message=_l("Skriv högst 500 tecken")),
        ],
        filters=[_tidy],
    )


class MessageForm(GuardedForm):
    """A message to the trainers, or from them."""

    text = TextAreaField(
        _l("Ditt meddelande"),
        [
            DataRequired(_l("Skriv ditt meddelande")),
            Length(
                max=LONGEST_MESSAGE,
                message=_l("Meddelandet får vara högst 5 000 tecken långt"),
            ),
        ],
        filters=[_tidy],
    )


class TimeForm(GuardedForm):
    """A participant or team asks for a later date."""

    wanted_on = DayField(_l("Till vilket datum?"), [InputRequired(_l("Välj ett datum"))])
    line = _line(_l("Varför behöver ni mer tid? En rad räcker."), _l("Skriv en rad om varför"))


class TimeAnswerForm(GuardedForm):
    """A trainer answers in other words than yes: another date, or no."""

    answer_as = RadioField(
        _l("Ditt svar"),
        choices=[
            SelectChoice("other", _l("Ja, till ett annat datum")), SelectChoice("no", _l("Nej")),
        ],
        default="other", validators=[InputRequired(_l("Välj ja eller nej"))],
    )
    granted_on = DayField(_l("Nytt datum"))
    answer = _line(_l("En rad till den som frågade"), _l("Skriv en rad till den som frågade"))

    @property
    def day(self) -> date | None:
        """The date that is given; None: no."""
        return self.granted_on.data if self.answer_as.data == "other" else None


class ExtensionForm(GuardedForm):
    """More time that nobody has asked for."""

    assignment = SelectField(_l("Uppgift"), validate_choice=True)
    due_on = DayField(_l("Nytt datum"), [InputRequired(_l("Välj ett datum"))])
    reason = _line(_l("Varför?"), _l("Skriv varför"))
