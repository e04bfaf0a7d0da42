"""Sending a draft to be read, and a trainer's comments on it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.forms.guarded import GuardedForm
from courses.catalog import Assignment

LONGEST = Length(max=10_000, message=_l("Skriv högst 10 000 tecken"))


class DraftReplyForm(GuardedForm):
    """One comment for each section, and one for the whole: no level and no outcome."""

    def comments(self) -> dict[str, str]:
        """Section id → what was written."""
        return {
            name.removeprefix("comment-"): field.data
            for name, field in self._fields.items()
            if name.startswith("comment-") and field.data
        }

    def comment(self, section_id: str) -> Any:
        return self[f"comment-{section_id}"]


def _tidy(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").strip()


def draft_reply_form(
    assignment: Assignment, data: Any = None, *, kept: dict[str, str] | None = None
) -> DraftReplyForm:
    """Return the form for `assignment`, with what was posted, or with what was `kept`."""
    fields = {
        f"comment-{section.id}": TextAreaField(
            _l("Kommentar: %(criterion)s", criterion=section.label), [LONGEST], filters=[_tidy]
        )
        for section in assignment.sections
    }
    fields["overall"] = TextAreaField(
        _l("Sammanfattande kommentar"), [DataRequired(_l("Skriv en sammanfattning")), LONGEST],
        filters=[_tidy],
    )
    made: type[DraftReplyForm] = type("MadeDraftReplyForm", (DraftReplyForm,), fields)
    return made(data) if data is not None else made(data=kept or {})
