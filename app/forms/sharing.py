"""A text that others would read once it is sent: what the guard asks about in it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from app.forms import Form
from app.forms.guarding import Passage
from courses.catalog import Section
from courses.rules.answers import HARD_MAX, tidy
from courses.rules.answers_guard import findings_in

MOST = 4_000
"""Signs of a comment."""


def found_in(text: str, *, known: tuple[str, ...], label: str) -> list[Passage]:
    """Return what may point out a person in a text that has no sections."""
    whole = Section(id="text", kind="text", label=label, hint="", required=False)
    return [
        Passage(finding=one.finding, before=one.before, after=one.after)
        for one in findings_in([whole], {"text": text}, known=known)
    ]


class CommentForm(Form):
    """What somebody says about a section."""

    text = TextAreaField(
        _l("Din kommentar"),
        [
            DataRequired(_l("Skriv några ord innan du skickar")),
            Length(max=MOST, message=_l("En kommentar rymmer %(max)d tecken")),
        ],
        filters=[lambda text: tidy(text) if text else ""],
    )
    checked = BooleanField(_l("Jag har kontrollerat texten. Ingen person går att känna igen."))
    found: list[Passage] = []

    def read(self, known: tuple[str, ...]) -> None:
        """Let the guard read what was written."""
        label = self["text"].label.text
        self.found = found_in(self.text.data or "", known=known, label=label)

    def validate_text(self, _field: TextAreaField) -> None:
        if any(one.finding.blocks for one in self.found):
            raise ValidationError(_("Ta bort personnumret innan andra får läsa texten"))

    def validate_checked(self, field: BooleanField) -> None:
        if self.found and not field.data:
            raise ValidationError(_("Kontrollera ställena som kan peka ut någon"))


class ContributionForm(Form):
    """What somebody writes for the team before it is shared."""

    v = IntegerField(widget=HiddenInput(), default=0)
    """The version that was begun from."""
    text = TextAreaField(
        _l("Ditt bidrag"), filters=[lambda text: tidy(text) if text else ""],
    )

    def validate_text(self, field: TextAreaField) -> None:
        if len(field.data or "") > HARD_MAX:
            raise ValidationError(
                _("Ett bidrag rymmer %(limit)s tecken. Dela upp det på flera avsnitt.",
                  limit=HARD_MAX)
            )


class ShareForm(Form):
    """That one gives it to the team, knowing who reads it then."""

    v = IntegerField(widget=HiddenInput(), default=0)
    checked = BooleanField(_l("Jag har kontrollerat texten. Ingen person går att känna igen."))
    found: list[Passage] = []

    def look(self, text: str, *, known: tuple[str, ...]) -> None:
        """Let the guard read the text."""
        self.found = found_in(text, known=known, label=_("Ditt bidrag"))

    @property
    def stops(self) -> list[Passage]:
        """What must be taken out before anybody else reads it."""
        return [one for one in self.found if one.finding.blocks]

    def validate_checked(self, field: BooleanField) -> None:
        if self.stops:
            raise ValidationError(_("Ta bort personnumret innan andra får läsa texten"))
        if self.found and not field.data:
            raise ValidationError(_("Kontrollera ställena som kan peka ut någon"))
