"""Forms for handing over a place in a team."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from app import labels
from app.forms import Form
from app.forms.fields import ONE_LINE, ChoiceOfId, VersionedForm, choices_of, strip
from app.forms.guarding import reason_for, remedy_for
from courses.rules.answers import tidy
from courses.rules.identity_guard import Finding, find
from courses.vocabulary import Sector

NOBODY, NEW, PRESENT = "nobody", "new", "present"
ROOM = 6_000
"""Signs in a note: a page, and room to spare."""


class NoteForm(Form):
    """What whoever takes over needs to know."""

    v = IntegerField(widget=HiddenInput(), default=0)
    text = TextAreaField(_l("Det som den som tar över behöver veta"),
                         filters=[lambda text: tidy(text) if text else ""])

    def validate_text(self, field: TextAreaField) -> None:
        text = field.data or ""
        if len(text) > ROOM:
            raise ValidationError(_("Bladet rymmer %(limit)s tecken. Korta texten.", limit=ROOM))
        refuse_numbers(text)


class HandoverForm(VersionedForm):
    """Who takes over, if anybody does, and a line to the team."""

    who = RadioField(
        _l("Vem tar över?"),
        [InputRequired(_l("Välj vem som tar över"))],
        choices=choices_of(
            [
                (NEW, _l("En ny person")),
                (PRESENT, _l("Någon som redan är med i utbildningsomgången")),
                (NOBODY, _l("Ingen än")),
            ]
        ),
        validate_choice=False,
    )
    name = StringField(
        _l("Den nya personens namn"), [Length(max=120, message=_l("Namnet är för långt")),
                                       ONE_LINE], filters=[strip],
    )
    email = StringField(_l("E-postadress"), [Length(max=254)], filters=[strip])
    sector = SelectField(
        _l("Verksamhetsområde"),
        choices=choices_of((one.value, labels.lazy_label(one)) for one in Sector),
        validate_choice=False,
    )
    present = ChoiceOfId(_l("Personen"))
    message = TextAreaField(
        _l("En rad till teamet och den som tar över"),
        [Length(max=1_000, message=_l("Skriv högst 1 000 tecken"))],
        filters=[lambda text: tidy(text) if text else ""],
    )

    def offer(self, people: Sequence[Any]) -> None:
        """Fill the select with those who take part."""
        named = [(one.enrollment.id, one.user.name) for one in people]
        self.present.choices = choices_of([("", _("Välj")), *named])

    def validate_who(self, field: RadioField) -> None:
        if field.data not in (NOBODY, NEW, PRESENT):
            raise ValidationError(_("Välj vem som tar över"))

    def validate_name(self, field: StringField) -> None:
        if self.who.data == NEW and not field.data:
            raise ValidationError(_("Skriv namnet"))

    def validate_email(self, field: StringField) -> None:
        name, at, domain = (field.data or "").partition("@")
        if self.who.data == NEW and not (name and at and "." in domain and " " not in field.data):
            raise ValidationError(_("Skriv en hel e-postadress, till exempel namn@exempel.se"))

    def validate_sector(self, field: SelectField) -> None:
        if self.who.data == NEW and field.data not in list(Sector):
            raise ValidationError(_("Välj verksamhetsområde"))

    def validate_present(self, field: ChoiceOfId) -> None:
        if self.who.data == PRESENT and field.data is None:
            raise ValidationError(_("Välj personen"))

    def validate_message(self, field: TextAreaField) -> None:
        refuse_numbers(field.data or "")


def refuse_numbers(text: str) -> None:
    """Say which kind of number must go before anybody else reads the text."""
    for one in find(text):
        if one.blocks:
            raise ValidationError(f"{reason_for(one.kind)} {remedy_for(one.kind)}")


def asked_about(text: str) -> list[Finding]:
    """Return the passages that may point out somebody, for a second look."""
    return [one for one in find(text) if not one.blocks]
