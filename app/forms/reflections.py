"""The form in which one writes for oneself."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from app.forms import Form
from app.forms.fields import choices_of
from courses.catalog import Module
from courses.queries.reflections import Target
from courses.rules.answers import HARD_MAX, tidy
from courses.rules.reflections import Words


class ReflectionForm(Form):
    v = IntegerField(widget=HiddenInput(), default=0)
    """The version that was begun from."""
    module = SelectField(_l("Hör till"), validate_choice=False)
    prompt = HiddenField(validators=[Length(max=1_000)])
    text = TextAreaField(
        _l("Din reflektion"), [DataRequired(_l("Skriv några ord innan du sparar"))],
        filters=[lambda text: tidy(text) if text else ""],
    )

    def validate_text(self, field: TextAreaField) -> None:
        if len(field.data or "") > HARD_MAX:
            raise ValidationError(
                _("En reflektion rymmer %(limit)s tecken. Dela upp texten i två.", limit=HARD_MAX)
            )

    def offer(self, modules: Iterable[Module]) -> None:
        """Fill the select with the modules; what is no longer one counts as none."""
        named = [
            (one.id, _("Modul %(number)s: %(title)s", number=one.number, title=one.title))
            for one in modules
        ]
        self.module.choices = choices_of([("", _("Ingen särskild modul")), *named])
        if self.module.data not in dict(named):
            self.module.data = ""

    @property
    def words(self) -> Words:
        """What was written."""
        return Words(text=self.text.data or "", prompt=self.prompt.data or "")


class UseForm(Form):
    """Into which part of which assignment a reflection is copied."""

    target = SelectField(_l("Avsnitt"), validate_choice=False)

    def offer(self, targets: Iterable[Target]) -> None:
        """Fill the select: assignments with their parts."""
        self.parts = {
            f"{one.assignment.slug}/{section.id}": (one.assignment, section)
            for one in targets
            for section in one.sections
        }
        self.target.choices = [
            SelectChoice(value, section.label, optgroup=assignment.title)
            for value, (assignment, section) in self.parts.items()
        ]

    def validate_target(self, field: SelectField) -> None:
        if field.data not in self.parts:
            raise ValidationError(_("Välj ett avsnitt"))
