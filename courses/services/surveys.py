"""Answering a survey: that somebody has taken part is kept, and apart from it what was answered.

Nothing joins the two. The answers have a random key and no time. All of a cohort's answers to a
survey are written anew each time, under fresh keys and in an order that follows from what they
say, so that neither the place of a row nor the transaction that wrote it says which one came
last. A row that is there already
has the last word on who has taken part, so that two clicks at once are one answer.
"""

import json
from collections.abc import Mapping
from datetime import date
from secrets import SystemRandom, token_hex
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from courses.catalog import Course, Survey
from courses.errors import Reason, Refused
from courses.models import (
    Cohort,
    Enrollment,
    SurveyAnswer,
    SurveyParticipation,
    SurveyResult,
)
from courses.rules.survey_results import NEW_ANSWERS
from courses.rules.surveys import beginning_of_week, survey_period, week_of
from courses.services.progress import record_completion
from courses.vocabulary import SurveyChoice

_shuffle = SystemRandom().shuffle


def answer_survey(
    session: Session,
    *,
    enrollment: Enrollment,
    course: Course,
    survey: Survey,
    answers: Mapping[str, Any],
    today: date,
) -> None:
    """Keep `answers` (question id → step, option's place or text) as nobody's in particular.
    Who has taken part already is not asked again, and nothing is kept. Refused outside of the
    survey's dates."""
    if _take_part(session, enrollment, course, survey, SurveyChoice.ANSWERED, today):
        _put(session, enrollment.cohort_id, survey, answers)


def decline_survey(
    session: Session, *, enrollment: Enrollment, course: Course, survey: Survey, today: date
) -> None:
    """Keep that somebody does not want to answer, which counts as done."""
    _take_part(session, enrollment, course, survey, SurveyChoice.DECLINED, today)


def _take_part(
    session: Session,
    enrollment: Enrollment,
    course: Course,
    survey: Survey,
    choice: SurveyChoice,
    today: date,
) -> bool:
    """Keep that somebody has done with a survey; return False when they had before."""
    cohort = _alone(session, enrollment.cohort_id)
    if session.get(SurveyParticipation, (enrollment.id, survey.id)) is not None:
        return False
    period = survey_period(survey, cohort.starts_on, cohort.ends_on, course.break_weeks)
    if period is None or today > period.closes_on:
        raise Refused(Reason.SURVEY_CLOSED)
    if today < period.opens_on:
        raise Refused(Reason.SURVEY_NOT_YET_OPEN, date=period.opens_on)
    session.add(
        SurveyParticipation(
            enrollment_id=enrollment.id, survey_id=survey.id, choice=choice, week=week_of(today)
        )
    )
    session.flush()  # the key has the last word when two were at it
    record_completion(
        session, enrollment=enrollment, item_id=survey.id, course=course,
        actor_id=enrollment.user_id, now=beginning_of_week(today),
    )
    return True


def _alone(session: Session, cohort_id: int) -> Cohort:
    """Return the cohort, and let one at a time write its answers until the transaction ends."""
    return session.scalars(
        select(Cohort)
        .where(Cohort.id == cohort_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def _put(session: Session, cohort_id: int, survey: Survey, answers: Mapping[str, Any]) -> None:
    mine = SurveyAnswer.cohort_id == cohort_id, SurveyAnswer.survey_id == survey.id
    ordered = {one.id: answers[one.id] for one in survey.questions if one.id in answers}
    everybody = [*session.scalars(select(SurveyAnswer.answers).where(*mine)), ordered]
    everybody.sort(key=lambda one: json.dumps(one, sort_keys=True))
    keys = sorted(token_hex(16) for _ in everybody)
    session.execute(delete(SurveyAnswer).where(*mine))
    session.execute(
        insert(SurveyAnswer),
        [
            {"key": key, "cohort_id": cohort_id, "survey_id": survey.id, "answers": one}
            for key, one in zip(keys, everybody, strict=True)
        ],
    )
    _show(session, cohort_id, survey, everybody)


def _show(
    session: Session, cohort_id: int, survey: Survey, everybody: list[dict[str, Any]]
) -> None:
    """Put together what is shown, when enough have answered since it was done last."""
    shown = session.get(SurveyResult, (cohort_id, survey.id))
    if len(everybody) - (shown.answered if shown else 0) < NEW_ANSWERS:
        return
    counts: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    for question in survey.questions:
        given = [one[question.id] for one in everybody if question.id in one]
        if question.kind == "text":
            _shuffle(given)  # each question apart: what one person wrote cannot be put together
            texts[question.id] = given
        else:
            counts[question.id] = {str(kind): given.count(kind) for kind in sorted(set(given))}
    if shown is None:
        shown = SurveyResult(cohort_id=cohort_id, survey_id=survey.id)
        session.add(shown)
    shown.answered, shown.counts, shown.texts = len(everybody), counts, texts
    session.flush()
