"""What a whole cohort answered, as it may be shown: one query for screen, paper and file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course, Scale, Survey, SurveyGroup, SurveyQuestion
from courses.models import SurveyResult
from courses.permissions import Permission
from courses.queries.coordination import CohortContext
from courses.queries.surveys import ASKED_ONCE
from courses.rules.small_cells import SMALL_CELL_MIN
from courses.rules.survey_results import OUTSIDE, Shares, protected_shares


@dataclass(frozen=True, kw_only=True)
class SurveyedCohort(CohortContext):
    """A cohort, for those who may know what it answered as a whole."""

    READ: ClassVar[Permission] = Permission.SURVEY_READ


@dataclass(frozen=True, kw_only=True)
class Wave:
    """One occasion. `answered` is None while fewer than five have, and then nothing is shown."""

    survey: Survey
    answered: int | None


@dataclass(frozen=True, kw_only=True)
class QuestionResult:
    """One question with its answers, survey by survey: None where it was not asked or fewer
    than five have answered."""

    question: SurveyQuestion
    shares: Mapping[str, Shares | None]


@dataclass(frozen=True, kw_only=True)
class GroupResult:
    """The questions that share a heading and a scale, with what could be answered."""

    group: SurveyGroup
    options: tuple[str, ...]
    surveys: tuple[Survey, ...]
    """Those in which they are asked, of those that are shown."""
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, kw_only=True)
class TextResult:
    """What was written in answer to a question, when at least five wrote something."""

    survey: Survey
    question: SurveyQuestion
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SurveyResults:
    waves: tuple[Wave, ...]
    groups: tuple[GroupResult, ...]
    texts: tuple[TextResult, ...]


def survey_results(session: Session, cohort_id: int, course: Course) -> SurveyResults:
    """Return what may be shown of a cohort's surveys, in one statement."""
    stored = {
        row.survey_id: row
        for row in session.scalars(
            select(SurveyResult).where(SurveyResult.cohort_id == cohort_id)
        )
        if row.answered >= SMALL_CELL_MIN
    }
    surveys = [one for one in course.surveys if one.when in ASKED_ONCE]
    shown = [one for one in surveys if one.id in stored]
    groups = {group.id: group for survey in shown for group in survey.groups}
    return SurveyResults(
        waves=tuple(
            Wave(survey=one, answered=stored[one.id].answered if one.id in stored else None)
            for one in surveys
        ),
        groups=tuple(
            found for group in groups.values() if (found := _group(group, shown, stored))
        ),
        texts=tuple(
            TextResult(survey=survey, question=question, texts=tuple(texts))
            for survey in shown
            for question in survey.questions
            if question.kind == "text"
            and len(texts := stored[survey.id].texts.get(question.id, ())) >= SMALL_CELL_MIN
        ),
    )


def _group(
    group: SurveyGroup, shown: list[Survey], stored: Mapping[str, SurveyResult]
) -> GroupResult | None:
    asked = tuple(survey for survey in shown if group.id in {one.id for one in survey.groups})
    questions = tuple(
        QuestionResult(
            question=one,
            shares={survey.id: _shares(one, group.scale, stored[survey.id]) for survey in asked},
        )
        for one in group.questions
        if one.kind == "scale" and group.scale
    )
    if not questions or not group.scale:
        return None
    return GroupResult(
        group=group, options=_options(group.scale), surveys=asked, questions=questions
    )


def _options(scale: Scale) -> tuple[str, ...]:
    """The steps by number, then the answer beside the scale."""
    steps = tuple(str(step) for step in range(1, scale.steps + 1))
    return (*steps, scale.outside) if scale.outside else steps


def _shares(question: SurveyQuestion, scale: Scale | None, row: SurveyResult) -> Shares | None:
    if scale is None:
        return None
    kinds = [*range(1, scale.steps + 1), *([OUTSIDE] if scale.outside else [])]
    counts = row.counts.get(question.id, {})
    return protected_shares(
        [counts.get(str(kind), 0) for kind in kinds], row.answered, steps=scale.steps
    )
