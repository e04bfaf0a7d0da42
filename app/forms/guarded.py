"""A form whose texts go to somebody else: looked through for what may point out a person."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField

from app.forms import Form
from app.forms.guarding import Passage
from courses.rules.answers_guard import findings_in


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


@dataclass(frozen=True, kw_only=True)
class Found(Passage):
    """A passage, and the field that it stands in."""

    field_id: str


class GuardedForm(Form):
    """A personal identity number stops it; everything else is asked about once."""

    checked = BooleanField(_l("Jag har kontrollerat. Ingen person går att känna igen."))
    found: tuple[Found, ...] = ()

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
            Found(
                field_id=self[one.section_id].id, finding=one.finding, before=one.before,
                after=one.after,
            )
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
