"""What a trainer fills in: made for the criteria of one assignment."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app import reasons
from app.forms import Form
from app.forms.fields import DayField
from app.forms.guarding import without_number
from courses.catalog import Assignment, Criterion
from courses.errors import Refused
from courses.rules.reviews import Answer, Problem
from courses.vocabulary import Outcome

LONGEST = Length(max=10_000, message=_l("Skriv högst 10 000 tecken"))


class ReviewForm(Form):
    """The fields that every answer has; `review_form` adds those of the criteria."""

    assignment: Assignment

    def level(self, criterion: Criterion) -> Field:
        return self[f"level-{criterion.id}"]

    def comment(self, criterion: Criterion) -> Field:
        return self[f"comment-{criterion.id}"]

    def labels(self) -> dict[str, str]:
        """Return what to call the texts, should they have to be shown without the form."""
        named = {
            self.comment(c).name: _("Kommentar: %(criterion)s", criterion=c.title)
            for c in self.assignment.criteria
        }
        return named | {"overall": str(self["overall"].label.text)}

    def answer(self) -> Answer:
        """Return what was typed, whole or not."""
        criteria = self.assignment.criteria
        levels = {c.id: self.level(c).data for c in criteria}
        comments = {c.id: _text(self.comment(c)) for c in criteria}
        outcome = self["outcome"].data
        return Answer(
            levels={
                c.id: levels[c.id] for c in criteria if levels[c.id] in dict(c.levels)
            },
            comments={key: text for key, text in comments.items() if text.strip()},
            overall=_text(self["overall"]),
            outcome=outcome if outcome in list(Outcome) else "",
            due_on=self["due_on"].data,
        )

    def show(self, found: list[Problem]) -> None:
        """Put what keeps the answer from being sent at the fields that it is about."""
        titles = {c.id: c.title for c in self.assignment.criteria}
        for problem in found:
            if problem.criterion:
                text = _("Välj en nivå för %(criterion)s", criterion=titles[problem.criterion])
            else:
                text = reasons.sentence(Refused(problem.reason))
            field = self._field_of(problem)
            field.errors = [*field.errors, text]

    def errors_at(self, problem: Problem) -> Sequence[str]:
        """Return what the field that a problem is about says already."""
        return self._field_of(problem).errors

    def _field_of(self, problem: Problem) -> Field:
        return self[f"level-{problem.criterion}" if problem.criterion else problem.at]


def review_form(
    assignment: Assignment, data: Any = None, *, answer: Answer | None = None, version: int = 0,
    corrects: bool = False, presented: bool = False,
) -> ReviewForm:
    """Return the form for `assignment`, with what was posted or with `answer`."""
    fields: dict[str, Any] = {"assignment": assignment}
    if presented:
        fields["presented_on"] = DayField(
            _l("Redovisad den"), [InputRequired(_l("Välj den dag då uppgiften redovisades"))]
        )
    for criterion in assignment.criteria:
        levels = [SelectChoice(name, meaning) for name, meaning in criterion.levels]
        if assignment.assessment == "checklist":
            levels.reverse()
        fields[f"level-{criterion.id}"] = RadioField(
            criterion.title, choices=levels, validate_choice=False
        )
        fields[f"comment-{criterion.id}"] = TextAreaField(_l("Kommentar"), [LONGEST])
    fields["overall"] = TextAreaField(_l("Sammanfattande kommentar"), [LONGEST])
    fields["outcome"] = RadioField(
        _l("Beslut"), validate_choice=False,
        choices=[
            SelectChoice(Outcome.APPROVE.value, _l("Godkänn")),
            SelectChoice(Outcome.RETURN.value, _l("Be om komplettering")),
        ],
    )
    fields["due_on"] = DayField(_l("Senast komplettering"), [Optional()])
    if corrects:
        fields["reason"] = StringField(
            _l("Varför ändrar du?"),
            [InputRequired(_l("Skriv varför du ändrar")), Length(max=500), without_number],
        )
    fields["v"] = IntegerField(default=0, validators=[NumberRange(max=2**31 - 1)])
    made: type[ReviewForm] = type("MadeReviewForm", (ReviewForm,), fields)
    if data is not None:
        return made(data)
    given = answer or Answer()
    return made(
        data={f"level-{key}": level for key, level in given.levels.items()}
        | {f"comment-{key}": text for key, text in given.comments.items()}
        | {
            "overall": given.overall, "outcome": given.outcome, "due_on": given.due_on,
            "v": version,
        }
    )


def _text(field: Field) -> str:
    return (field.data or "").replace("\r\n", "\n").strip()
