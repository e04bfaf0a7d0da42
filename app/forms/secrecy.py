"""Stopping a text: which passages, and a line to those who wrote it; and the officer's forms."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from app.forms import Form
from app.forms.fields import DayField, strip
from app.forms.guarding import reason_for, without_number
from app.pages.answers import ReadSection
from courses.queries.files import File
from courses.rules.identity_guard import find
from courses.rules.secrecy import Passage, pieces, standing


class StopForm(Form):
    """`passages` are chosen from the sentences of the text, section by section, and its files."""

    passages = SelectMultipleField(_l("Ställen i texten"), validate_choice=False)
    message = TextAreaField(
        _l("En vänlig rad till den som skrev"),
        [Length(max=500, message=_l("Skriv högst 500 tecken"))], filters=[strip],
    )
    checked = BooleanField(_l("Jag har kontrollerat att raden inte pekar ut någon."))

    groups: Sequence[tuple[str, str, list[SelectChoice]]] = ()
    """Section id, its heading, and the sentences to choose from."""
    is_warned = False

    def offer(self, sections: Iterable[ReadSection], files: Iterable[File]) -> None:
        """Let the passages be chosen from this text."""
        self.found: dict[str, Passage] = {}
        groups = []
        for one in sections:
            choices = []
            for place, text in enumerate(pieces(one.value)):
                key = f"{one.section.id}:{place}"
                self.found[key] = Passage(section=one.section.id, text=text)
                choices.append(SelectChoice(key, text))
            groups.append((one.section.id, one.section.label, choices))
        attached = []
        for file in files:
            key = f"fil:{file.id}"
            self.found[key] = Passage(file=file.name, sha256=file.sha256)
            attached.append(SelectChoice(key, file.name))
        groups.append(("filer", _("Filer"), attached))
        self.groups = [one for one in groups if one[2]]
        self.passages.choices = [choice for _id, _label, some in groups for choice in some]

    @property
    def chosen(self) -> list[Passage]:
        """The passages that were ticked and are in the text."""
        return [self.found[key] for key in self.passages.data or () if key in self.found]

    def validate(self, extra_validators: Any = None) -> bool:
        is_sound = super().validate(extra_validators)
        if not self.chosen:
            self.passages.errors = [_("Markera minst ett ställe där någon kan kännas igen")]
            return False
        return is_sound and self._is_line_fit()

    def _is_line_fit(self) -> bool:
        """Whether the line to the writers names nobody; it is asked once where it may."""
        line = self.message.data or ""
        if standing({one.section: line for one in self.chosen}, self.chosen):
            self.message.errors = [_("Upprepa inte det som står i texten")]
            return False
        found = find(line)
        self.is_warned = bool(found)
        if any(one.blocks for one in found) or (found and not self.checked.data):
            self.message.errors = [reason_for(found[0].kind)]
            return False
        return True


class MaskForm(Form):
    more = TextAreaField(
        _l("Fler ord att ta bort"), [Length(max=5_000, message=_l("Skriv högst 5 000 tecken"))],
    )


class DiaryForm(Form):
    number = StringField(
        _l("Diarienummer"), [DataRequired(_l("Skriv diarienumret")), Length(max=60)],
        filters=[strip],
    )
    on = DayField(_l("Datum"), [InputRequired(_l("Välj datum"))])


class ReasonForm(Form):
    """Why the original is opened again, why the stop is lifted, or the case closed."""

    reason = StringField(_l("Skäl"), [Length(max=500), without_number], filters=[strip])


class NeededReasonForm(ReasonForm):
    reason = StringField(
        _l("Skäl"), [DataRequired(_l("Skriv skälet")), Length(max=500), without_number],
        filters=[strip],
    )
