"""What the demonstration's people have kept for themselves, and what they answered in surveys as
nobody in particular."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.demo.cast import PARTICIPANT, Delivery
from app.pages import reflecting
from courses.catalog import Course, Survey
from courses.models import Enrollment, User
from courses.rules.reflections import Words
from courses.services.reflections import save_reflection
from courses.services.surveys import answer_survey, decline_survey

REFLECTIONS = (
    (
        0, 1,
        "Den förändring som har hållit i sig hos oss är frukosten på fritids. Den bars av att "
        "två kollegor gjorde den varje dag, också när ingen frågade efter den.",
    ),
    (
        1, 0,
        "Jag hade inte tänkt på kontroll som våld förut. Nu hör jag hur ofta vi säger att någon "
        "bara är orolig.",
    ),
    (
        2, 2,
        "Jag blev tyst när skämtet kom. Nästa gång vill jag åtminstone fråga vad det betyder.",
    ),
)
"""Module, question (both counted from 0) and text, the earliest first."""
TEXTS = {
    "f1": (
        "Att få tid att läsa tillsammans.", "Samtalen mellan träffarna.",
        "Återkopplingen på uppgifterna.", "Mallen för lägesbilden.",
    ),
    "f2": (
        "Tiden, framför allt på våren.", "Att byta chef mitt i.",
        "Långa resor till träffarna.", "Att få fram siffror för en liten kommun.",
    ),
    "f3": (
        "En timme i veckan på riktigt, från vår ledning.",
        "Någon att ringa hos länsstyrelsen.", "Att få träffa de andra teamen igen.",
    ),
}
DECLINES = 8
"""One in so many does not want to answer."""


def add_reflections(
    session: Session, course: Course, writer: User, at: Callable[[int], datetime]
) -> None:
    """Let somebody have written for themselves in the first modules."""
    for place, asked, text in REFLECTIONS:
        module = course.modules[place]
        save_reflection(
            session, reflection_id=reflecting.new_name(), user_id=writer.id, module_id=module.id,
            words=Words(text=text, prompt=module.reflections[asked]), version=0,
            cipher=reflecting.Sealing(), now=at(course.plan.opens[module.id] + 2),
        )


def add_surveys(
    session: Session,
    course: Course,
    delivery: Delivery,
    enrollments: Mapping[str, Enrollment],
    at: Callable[[int], datetime],
) -> None:
    """Let whoever has come so far have answered the surveys, or declined; the demonstration's
    participant has one left to answer."""
    for survey in course.surveys:
        for number, person in enumerate(delivery.people):
            is_whole = person.modules == len(course.modules)
            has_come = {"before": person.modules > 0, "after": is_whole}.get(survey.when, False)
            if not has_come or person.name == PARTICIPANT or survey.week is None:
                continue
            common: dict[str, Any] = {
                "enrollment": enrollments[person.name], "course": course, "survey": survey,
                "today": at(survey.week).date(),
            }
            if number % DECLINES == DECLINES - 1 and not is_whole:
                decline_survey(session, **common)
            else:
                answer_survey(session, answers=_answers(survey, number), **common)


def _answers(survey: Survey, number: int) -> dict[str, Any]:
    """Somewhat more confident afterwards, and not all of one mind."""
    least = 3 if survey.when == "after" else 2
    found: dict[str, Any] = {}
    for place, question in enumerate(survey.questions):
        spread = (number * 5 + place * 3) % 13
        if question.kind == "text":
            texts = TEXTS.get(question.id, ())
            if texts and spread > 1:
                found[question.id] = texts[(number + place) % len(texts)]
        elif question.kind == "scale" and spread < 12:
            found[question.id] = least + spread // 6 if spread else 0
    return found
