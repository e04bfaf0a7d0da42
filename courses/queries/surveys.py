"""A survey as one participant meets it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from courses.catalog import Survey
from courses.errors import NotFound
from courses.models import SurveyParticipation
from courses.queries.learning import Reading
from courses.rules.surveys import Period, survey_period
from courses.vocabulary import SurveyChoice

ASKED_ONCE = ("before", "after", "later")
"""Surveys that each participant answers once in a cohort."""


@dataclass(frozen=True, kw_only=True)
class SurveyReading(Reading):
    """A page about one survey of the course that somebody takes part in."""

    survey: Survey
    period: Period


def survey_reading(reading: Reading, survey_id: str) -> SurveyReading:
    """Return the survey with this id; NotFound when the course asks no such survey."""
    for survey, period in _asked(reading):
        if survey.id == survey_id:
            return SurveyReading(**vars(reading), survey=survey, period=period)
    raise NotFound


def choice_made(session: Session, reading: SurveyReading) -> SurveyChoice | None:
    """Return what the participant did with the survey, to be told to them alone."""
    if reading.enrollment is None:
        raise NotFound
    row = session.get(SurveyParticipation, (reading.enrollment.id, reading.survey.id))
    return row.choice if row else None


def open_surveys(reading: Reading, done: Iterable[str], today: date) -> list[Survey]:
    """Return the surveys that can be answered today and are not in `done`."""
    finished = set(done)
    return [
        survey
        for survey, period in _asked(reading)
        if period.is_open(today) and survey.id not in finished
    ]


def _asked(reading: Reading) -> Iterable[tuple[Survey, Period]]:
    for survey in reading.course.surveys:
        period = survey_period(
            survey, reading.cohort.starts_on, reading.cohort.ends_on, reading.course.break_weeks
        )
        if survey.when in ASKED_ONCE and period:
            yield survey, period
