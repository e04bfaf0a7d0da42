"""A form whose texts go to somebody else: looked through for what may point out a person."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField

from app.forms import Form
from app.forms.guarding import reason_for, remedy_for, way_to_write
from courses.rules.answers_guard import findings_in
from courses.rules.identity_guard import Finding


@dataclass(frozen=True)
class Written:
    """A field as the guard reads it: one section of text."""

    id: str
    kind: str = "text"
    required: bool = False
    max_chars: int | None = None
    options: tuple[str, ...] = ()
    fields: tuple[()] = ()
    min_rows: int = 0
    max_rows: int = 0


@dataclass(frozen=True)
class Passage:
    """Something that the guard found, with the words around it."""

    field_id: str
    finding: Finding
    before: str
    after: str

    @property
    def why(self) -> str:
        return reason_for(self.finding.kind)

    @property
    def remedy(self) -> str:
        return remedy_for(self.finding.kind)

    @property
    def way(self) -> str:
        return way_to_write(self.finding.kind)


class GuardedForm(Form):
    """A personal identity number stops it; everything else is asked about once."""

    checked = BooleanField(_l("Jag har kontrollerat. Ingen person går att känna igen."))
    found: tuple[Passage, ...] = ()

    @property
    def warns(self) -> bool:
        """Whether there is something to check."""
        return any(not one.finding.blocks for one in self.found)

    def validate_guarded(self, known: Collection[str]) -> bool:
        """Whether the form holds; what the guard found is put at the fields."""
        is_sound = self.validate()
        texts = {
            field.name: field.data or ""
            for field in self
            if isinstance(field, StringField | TextAreaField)
        }
        self.found = tuple(
            Passage(self[one.section_id].id, one.finding, one.before, one.after)
            for one in findings_in([Written(name) for name in texts], texts, known=known)
        )
        for field_id in dict.fromkeys(p.field_id for p in self.found if p.finding.blocks):
            field = next(field for field in self if field.id == field_id)
            field.errors = [*field.errors, _("Ta bort personnumret.")]
            is_sound = False
        if self.warns and not self.checked.data:
            self.checked.errors = [_("Kontrollera ställena som kan peka ut någon.")]
            is_sound = False
        return is_sound
