"""Surveys: what was answered, and apart from it who has taken part."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import SurveyChoice


class SurveyAnswer(Base):
    """One person's answers, nobody's in particular: a random key, no time, no link to anybody.
    The one writer (`services.surveys`) writes all rows of a cohort's survey anew each time, so
    that neither their place nor the transaction they came in tells in which order people
    answered. SQLite keeps no row numbers here."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        Index("ix_survey_answer_cohort_id_survey_id", "cohort_id", "survey_id"),
        {"sqlite_with_rowid": False},
    )
    __personal__ = PersonalData(
        purpose="knowing what the training has given a whole cohort",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end",
        readers="trainers and county coordinators, as counts for the whole cohort",
        export="nothing: whose they are is not stored",
        erasure="nothing: whose they are is not stored",
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    survey_id: Mapped[str]
    answers: Mapped[dict[str, Any]]
    """Question id → step (0: the answer outside of the scale), option's place, or text."""


class SurveyParticipation(Base):
    """That somebody has answered a survey or declined to, and in which week."""

    __tablename__ = "survey_participation"
    __personal__ = PersonalData(
        purpose="not asking twice; that answering or declining counts towards the certificate",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end",
        readers="oneself",
        export="whole row",
        erasure="deleted",
    )

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    survey_id: Mapped[str] = mapped_column(primary_key=True)
    choice: Mapped[SurveyChoice]
    week: Mapped[date]
    """Its Monday: the day is nobody's business."""


class SurveyResult(Base):
    """What is shown of a cohort's survey. It is put together again when five more have answered
    and not before, so that two looks at it tell nothing about one person."""

    __tablename__ = "survey_result"
    __personal__ = PersonalData(
        purpose="showing what a whole cohort answered",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end",
        readers="trainers and county coordinators, as counts for the whole cohort",
        export="nothing: whose they are is not stored",
        erasure="nothing: whose they are is not stored",
    )

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    survey_id: Mapped[str] = mapped_column(primary_key=True)
    answered: Mapped[int]
    """How many people's answers are in it."""
    counts: Mapped[dict[str, Any]]
    """Question id → {answer: how many}."""
    texts: Mapped[dict[str, Any]]
    """Question id → texts, in an order that says nothing."""
