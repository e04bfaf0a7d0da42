"""A survey's questions on one page. All of them may be left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField, SelectChoice, TextAreaField
from wtforms.validators import Optional, ValidationError

from app.forms import Form
from courses.catalog import Scale, Survey, SurveyGroup, SurveyQuestion
from courses.rules.answers import tidy
from courses.rules.identity_guard import find
from courses.rules.survey_results import OUTSIDE

LONGEST = 2_000
"""Signs of a free text, when the survey says nothing else."""


class SurveyForm:
    """The questions, group by group, and what was answered."""

    def __init__(
        self, survey: Survey, posted: Mapping[str, Any] | None = None,
        *, known: tuple[str, ...] = (),
    ) -> None:
        self.survey = survey
        fields = {
            one.id: _field(one, group.scale, known)
            for group in survey.groups
            for one in group.questions
        }
        self.form = type("SurveyForm", (Form,), fields)(posted)
        self.lacks: list[str] = []

    def __iter__(self) -> Iterator[Field]:
        return iter(self.form)

    @property
    def groups(self) -> list[tuple[SurveyGroup, list[Field]]]:
        return [
            (group, [self.form[one.id] for one in group.questions])
            for group in self.survey.groups
        ]

    @property
    def errors(self) -> dict[str, Any]:
        return self.form.errors

    @property
    def answers(self) -> dict[str, Any]:
        """Question id → step, option's place or text; what was left out is not there."""
        found: dict[str, Any] = {}
        for one in self.survey.questions:
            data = self.form[one.id].data
            if data not in (None, "", "None"):
                found[one.id] = data if one.kind == "text" else int(data)
        return found

    def validate(self) -> bool:
        """Whether something is answered and nothing points out a person."""
        fits = self.form.validate()
        if fits and not self.answers:
            first = self.form[self.survey.questions[0].id]
            first.errors = [_("Svara på minst en fråga, eller välj ”Jag avstår”.")]
            return False
        return fits


def _field(question: SurveyQuestion, scale: Scale | None, known: tuple[str, ...]) -> Field:
    if question.kind == "text":
        return TextAreaField(
            question.text, [Optional(), _Guard(question.max_chars or LONGEST, known)],
            filters=[lambda text: tidy(text) if text else ""],
        )
    if scale is not None and question.kind == "scale":
        choices = [SelectChoice(str(n), _step(scale, n)) for n in range(1, scale.steps + 1)]
        if scale.outside:
            choices.append(SelectChoice(str(OUTSIDE), scale.outside))
    else:
        choices = [SelectChoice(str(n), one) for n, one in enumerate(question.options)]
    return RadioField(question.text, [Optional()], choices=choices)


def _step(scale: Scale, number: int) -> str:
    ends = {1: scale.lowest, scale.steps: scale.highest}
    return f"{number} {ends[number]}" if number in ends else str(number)


class _Guard:
    """Refuses what is too long or holds a personal number. What it found is told nowhere."""

    def __init__(self, longest: int, known: tuple[str, ...]) -> None:
        self.longest, self.known = longest, known

    def __call__(self, _form: Form, field: Field) -> None:
        if len(field.data) > self.longest:
            raise ValidationError(_("Skriv högst %(limit)s tecken.", limit=self.longest))
        if any(one.blocks for one in find(field.data, known=self.known)):
            raise ValidationError(
                _("Texten innehåller något som ser ut som ett personnummer. Ta bort det.")
            )
