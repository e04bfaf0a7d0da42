"""The parts that are built one by one: figures, checks, meetings, help lines, surveys."""

from collections.abc import Mapping
from typing import Any

from courses.catalog.course import HelpLine
from courses.catalog.drafts import CourseDraft, Draft, FigureDraft
from courses.catalog.figures import Element, Figure, draw
from courses.catalog.items import KnowledgeCheck, Option, Question
from courses.catalog.markdown_course import words_in
from courses.catalog.plan_template import (
    LawList,
    LawPoint,
    PlanChapter,
    PlanDate,
    PlanField,
    PlanLayout,
    PlanPart,
    PlanTemplate,
)
from courses.catalog.sources import Fact
from courses.catalog.surveys import (
    Readiness,
    ReadinessPoint,
    Scale,
    Survey,
    SurveyGroup,
    SurveyQuestion,
)
from courses.catalog.year import MeetingPart, MeetingPlan


def build_figure(draft: FigureDraft, root: Element, language: str, original: str) -> Figure:
    """Build a figure in this language, or in the `original` one where it is not translated."""
    translation = draft.texts.translations.get(language)
    data = {**draft.texts.data, **(translation.data if translation else {})}
    texts = {**draft.texts.data["texts"], **data["texts"]}
    in_language = language if translation else original
    return Figure(
        id=draft.id,
        title=data["title"],
        alt=data["alt"],
        in_language=in_language,
        digest=draft.digest,
        svg=draw(root, data["title"], texts),
        words=words_in(in_language)["figure"],
    )


def build_check(
    draft: Draft, data: Mapping[str, Any], facts: Mapping[str, Fact], *, in_language: str
) -> KnowledgeCheck:
    """Build a knowledge check with its questions."""
    return KnowledgeCheck(
        id=data["id"],
        title=data["title"],
        pass_at=data["pass"],
        questions=tuple(
            Question(
                id=one["id"],
                text=one["text"],
                options=tuple(
                    Option(text=option["text"], is_right=option["right"])
                    for option in one["options"]
                ),
                feedback_right=one["right"],
                feedback_wrong=one["wrong"],
                sources=tuple(facts[k] for k in one["facts"] if k in facts),
                lesson=one["lesson"],
            )
            for one in data["questions"]
        ),
        in_language=in_language,
        digest=draft.digest,
        place=draft.place,
    )


def build_support(draft: CourseDraft, language: str) -> tuple[HelpLine, ...]:
    """Build the help lines."""
    lines = []
    for data in draft.support.data["lines"] if draft.support else ():
        row = {key: value for key, value in data.items() if key not in ("who_en", "hours_en")}
        translated = language == "en" and bool(data["who_en"])
        if language == "en":
            row["who"] = data["who_en"] or data["who"]
            row["hours"] = data["hours_en"] or data["hours"]
        lines.append(HelpLine(**row, language="en" if translated else draft.language))
    return tuple(lines)


def build_meeting(data: Mapping[str, Any]) -> MeetingPlan:
    """Build a meeting with its parts."""
    parts = tuple(MeetingPart(**part) for part in data["parts"])
    return MeetingPlan(**{**data, "parts": parts})


def build_surveys(data: Mapping[str, Any] | None, language: str) -> tuple[Survey, ...]:
    """Build the surveys, each with the groups of questions that it asks; none without data."""
    if data is None:
        return ()
    scales = {one["id"]: Scale(**one) for one in data["scales"]}
    groups = {one["id"]: _group(one, scales) for one in data["groups"]}
    return tuple(
        Survey(
            **{
                **one,
                "groups": tuple(groups[name] for name in one["groups"] if name in groups),
                "in_language": language,
            }
        )
        for one in data["surveys"]
    )


def _group(data: Mapping[str, Any], scales: Mapping[str, Scale]) -> SurveyGroup:
    return SurveyGroup(
        id=data["id"],
        title=data["title"],
        intro=data["intro"],
        scale=scales.get(data["scale"] or ""),
        questions=tuple(
            SurveyQuestion(
                max_chars=one["max"], **{key: one[key] for key in one if key != "max"}
            )
            for one in data["questions"]
        ),
    )


def build_readiness(data: Mapping[str, Any] | None, language: str) -> Readiness | None:
    """Build the rating with its points; none without data."""
    if data is None:
        return None
    points = tuple(ReadinessPoint(**point) for point in data["points"])
    return Readiness(**{**data, "points": points, "in_language": language})


def build_plan(
    data: Mapping[str, Any] | None, language: str, facts: Mapping[str, Fact]
) -> PlanTemplate | None:
    """Build the order of the teams' plan; none without data."""
    if data is None:
        return None
    law = data["law"]
    return PlanTemplate(
        title=data["title"],
        regional_title=data["regional_title"] or data["title"],
        intro=data["intro"],
        regional_intro=data["regional_intro"] or data["intro"],
        chapters=tuple(
            PlanChapter(
                id=one["id"],
                title=one["title"],
                hint=one["hint"],
                **{name: _parts(one[name]) for name in ("parts", "until", "regional")},
            )
            for one in data["chapters"]
        ),
        layout=tuple(
            PlanLayout(
                part=_parts((one["id"],))[0], heading=one["heading"], setting=one["setting"],
                fields=tuple(PlanField(**field) for field in one["fields"]),
            )
            for one in data["layout"]
        ),
        dates=tuple(
            PlanDate(**{**one, "part": _parts((one["part"],))[0]}) for one in data["dates"]
        ),
        law=law
        and LawList(
            title=law["title"],
            note=law["note"],
            points=tuple(
                LawPoint(
                    id=one["id"],
                    text=one["text"],
                    facts=tuple(facts[key] for key in one["facts"] if key in facts),
                    chapters=one["chapters"],
                )
                for one in law["points"]
            ),
        ),
        in_language=language,
    )


def _parts(values: tuple[str, ...]) -> tuple[PlanPart, ...]:
    return tuple(
        PlanPart(assignment_id=assignment, section_id=section)
        for assignment, _, section in (value.partition(".") for value in values)
    )
