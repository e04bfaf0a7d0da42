"""Forms of the team: a line about one's part, an authority's answer, a coordinator's reason."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.forms import Form
from app.forms.fields import ChoiceOfId, choices_of, strip
from app.forms.guarding import reason_for, remedy_for
from courses.catalog import Course
from courses.queries.waivers import WaiverPage
from courses.rules.identity_guard import find

LONGEST = 500
YES, NO = "yes", "no"


class GuardedLine(Form):
    """A line that others will read: what the guard finds in it is asked about once."""

    line = TextAreaField(
        "", [Length(max=LONGEST, message=_l("Skriv högst 500 tecken"))], filters=[strip]
    )
    checked = BooleanField(
        _l("Jag har kontrollerat stället. Ingen person går att känna igen.")
    )

    def __init__(
        self, data: Any = None, *, known: Collection[str] = (), **fields: Any
    ) -> None:
        super().__init__(data, **fields)
        self.found = find(self.line.data or "", known=known) if data is not None else []

    @property
    def warnings(self) -> list[tuple[str, str, str]]:
        """What is asked about: the words, why, and what to do."""
        return [
            (one.text, reason_for(one.kind), remedy_for(one.kind))
            for one in self.found
            if not one.blocks
        ]

    def validate_line(self, field: TextAreaField) -> None:
        if any(one.blocks for one in self.found):
            raise ValidationError(_("Ta bort personnumret"))

    def validate_checked(self, field: BooleanField) -> None:
        if self.warnings and not field.data:
            raise ValidationError(_("Kontrollera stället som kan peka ut någon"))


class OwnLineForm(GuardedLine):
    line = TextAreaField(
        _l("Vad gjorde du?"),
        [DataRequired(_l("Skriv en rad om ditt bidrag")),
         Length(max=LONGEST, message=_l("Skriv högst 500 tecken"))],
        filters=[strip],
    )


class SignOffForm(GuardedLine):
    answer = RadioField(
        _l("Vad svarar din myndighet?"),
        [InputRequired(_l("Välj ett svar"))],
        choices=choices_of(
            [(YES, _l("Godkänn innehållet")), (NO, _l("Inte än"))]
        ),
    )
    line = TextAreaField(
        _l("En rad till den som är skrivansvarig"),
        [Length(max=LONGEST, message=_l("Skriv högst 500 tecken"))],
        filters=[strip],
    )

    def validate_line(self, field: TextAreaField) -> None:
        super().validate_line(field)
        if self.answer.data == NO and not field.data:
            raise ValidationError(_("Skriv vad som behöver ändras"))


class WaiverForm(GuardedLine):
    assignment = SelectField(_l("Uppgift"))
    authority = ChoiceOfId(_l("Myndighet"), [InputRequired(_l("Välj en myndighet"))])
    line = TextAreaField(
        _l("Skäl"),
        [DataRequired(_l("Skriv varför")),
         Length(max=LONGEST, message=_l("Skriv högst 500 tecken"))],
        filters=[strip],
    )


def waiver_form(page: WaiverPage, course: Course, data: Any = None) -> WaiverForm:
    """Return the form with the team's joint assignments and authorities to choose from."""
    form = WaiverForm(data, known=course.function_numbers)
    form.assignment.choices = choices_of((one.id, one.title) for one in page.assignments)
    form.authority.choices = choices_of([("", _("Välj")), *page.authorities.items()])
    return form


def has_checked(posted: Mapping[str, str]) -> bool:
    """Whether the passages that the guard asked about were ticked as looked through."""
    return bool(posted.get("checked"))
