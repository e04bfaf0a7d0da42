"""Loaders of the pages about surveys: one to answer, and what a cohort answered."""

from sqlalchemy.orm import Session

from app.pages.coordinating import load_cohort
from app.pages.reading import load_course
from courses.errors import NotFound
from courses.identity import Identity
from courses.queries.survey_results import SurveyedCohort
from courses.queries.surveys import SurveyReading, survey_reading


def load_survey(session: Session, identity: Identity, survey_id: str) -> SurveyReading:
    """A survey of the course that the reader takes part in."""
    if identity.place is None:
        raise NotFound
    return survey_reading(load_course(session, identity), survey_id)


def load_surveyed(session: Session, identity: Identity, cohort_id: int) -> SurveyedCohort:
    """The cohort whose answers are looked at."""
    return SurveyedCohort(**vars(load_cohort(session, identity, cohort_id)))
