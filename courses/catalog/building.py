"""Drafts → a course in one language. Everything here was checked when the files were read."""

from typing import Any

from courses.catalog.addresses import Addresses
from courses.catalog.assignments import Assignment, Criterion, Phrases
from courses.catalog.beside import Milestone
from courses.catalog.building_parts import (
    build_check,
    build_figure,
    build_meeting,
    build_plan,
    build_readiness,
    build_support,
    build_surveys,
)
from courses.catalog.course import (
    CertificateTexts,
    Course,
    Owner,
    Page,
    Requirement,
)
from courses.catalog.drafts import CourseDraft, Draft, ModuleDraft
from courses.catalog.figures import FIGURE
from courses.catalog.items import Lesson, Minutes, Module, Word
from courses.catalog.markdown_course import FACT
from courses.catalog.pieces import (
    count_words,
    criteria_digest,
    exercise,
    is_gate,
    linker,
    section,
)
from courses.catalog.rendering import Prose
from courses.catalog.sources import Fact, numbered
from courses.catalog.translating import overlay
from courses.catalog.year import Break, CatchUp, Plan
from courses.vocabulary import AssignmentKind


def build_course(draft: CourseDraft, language: str, addresses: Addresses) -> Course:
    """Build the course in one of its languages."""
    return _Builder(draft, language, addresses).course()


class _Builder:
    def __init__(self, draft: CourseDraft, language: str, addresses: Addresses) -> None:
        self.draft = draft
        self.language = language
        self.facts = {key: Fact(**fact) for key, fact in draft.fact_data.items()}
        self.link = linker(draft, addresses)
        self.figures = {
            one.id: build_figure(one, one.root, language, draft.language)
            for one in draft.figures
            if one.root is not None
        }
        course = self._data(draft.course)
        self.equivalent = course["texts"].get("equivalent", "")
        self.equivalent_language = self._language_of(draft.course, "texts")

    def course(self) -> Course:
        data = self._data(self.draft.course)
        in_language = self._language_of(self.draft.course, "texts")
        return Course(
            id=data["id"],
            language=self.language,
            languages=data["languages"],
            title=data["title"],
            summary=data["summary"],
            owner=Owner(**data["owner"]),
            partners=data["partners"],
            modules=tuple(
                self._module(module, number)
                for number, module in enumerate(self.draft.modules, start=1)
            ),
            hand_in_first=data["hand_in"]["first"],
            plan=Plan(
                opens=data["plan"]["opens"],
                due=data["plan"]["due"],
                breaks=tuple(Break(**one) for one in data["plan"]["breaks"]),
                catch_up=tuple(CatchUp(**one) for one in data["plan"]["catch_up"]),
            ),
            meetings=tuple(build_meeting(one) for one in data["meetings"]),
            milestones=tuple(Milestone(**one) for one in data["milestones"]),
            requirements=tuple(
                Requirement(**{**one, "count": one["count"] or len(one["items"])})
                for one in data["requirements"]
            ),
            certificate=CertificateTexts(**data["certificate"]),
            texts=data["texts"],
            prose={name: self._prose(text, in_language) for name, text in data["texts"].items()},
            phrases=Phrases(
                **data["phrases"], in_language=self._language_of(self.draft.course, "phrases")
            ),
            facts=self.facts,
            support=build_support(self.draft, self.language),
            figures=self.figures,
            pages=tuple(self._page(page) for page in self.draft.pages),
            surveys=build_surveys(*self._told(self.draft.surveys, "surveys")),
            readiness=build_readiness(*self._told(self.draft.readiness, "points")),
            plan_template=build_plan(*self._told(self.draft.plan, "chapters"), self.facts),
            digest=self.draft.digest,
        )

    def _told(self, draft: Draft | None, key: str) -> tuple[dict[str, Any] | None, str]:
        """A file of the course's own, where it has one, and the language that `key` is in."""
        return (self._data(draft), self._language_of(draft, key)) if draft else (None, "")

    def _data(self, draft: Draft) -> dict[str, Any]:
        translation = draft.translations.get(self.language)
        return overlay(draft.data, translation.data) if translation else draft.data

    def _language_of(self, draft: Draft, key: str) -> str:
        translation = draft.translations.get(self.language)
        translated = translation is not None and key in translation.data
        return self.language if translated else self.draft.language

    def _body_language(self, draft: Draft) -> str:
        return draft.body(self.language)[1] or self.draft.language

    def _prose(self, text: str, language: str) -> Prose:
        return Prose(source=text, language=language, link=self.link)

    def _body(self, draft: Draft) -> tuple[Prose, tuple[Fact, ...]]:
        """A text with sources and figures, and its facts in the order they are cited."""
        body, language = draft.body(self.language)[0], self._body_language(draft)
        cited = tuple(
            self.facts[one] for one in dict.fromkeys(FACT.findall(body)) if one in self.facts
        )
        prose = Prose(
            source=body,
            language=language,
            numbers=numbered(cited),
            link=self.link,
            figures={
                one: self.figures[one].html(language)
                for one in FIGURE.findall(body)
                if one in self.figures
            },
        )
        return prose, cited

    def _equivalent(self, draft: Draft, data: dict[str, Any]) -> Prose:
        """The lesson's own task for those who skip it, else the course's."""
        if data["equivalent"]:
            return self._prose(data["equivalent"], self._language_of(draft, "equivalent"))
        text = self.equivalent if data["content_note"] else ""
        return self._prose(text, self.equivalent_language)

    def _page(self, draft: Draft) -> Page:
        data = self._data(draft)
        body, facts = self._body(draft)
        return Page(
            id=data["id"],
            slug=data["slug"],
            title=data["title"],
            summary=data["summary"],
            facts=facts,
            in_language=body.language,
            digest=draft.digest,
            body=body,
        )

    def _module(self, draft: ModuleDraft, number: int) -> Module:
        data = self._data(draft.module)
        lessons = {lesson.id: lesson for lesson in draft.lessons}
        assignments = {one.id: one for one in draft.assignments}
        body = draft.module.body(self.language)[0]
        language = self._body_language(draft.module)
        return Module(
            id=data["id"],
            number=number,
            slug=data["slug"],
            title=data["title"],
            summary=data["summary"],
            goals=data["goals"],
            lessons=tuple(self._lesson(lessons[k]) for k in data["lessons"] if k in lessons),
            check=build_check(
                draft.check,
                self._data(draft.check),
                self.facts,
                in_language=self._language_of(draft.check, "questions"),
            )
            if draft.check
            else None,
            assignments=tuple(
                self._assignment(assignments[k]) for k in data["assignments"] if k in assignments
            ),
            reflections=data["reflections"],
            in_language=language,
            digest=draft.module.digest,
            place=draft.module.place,
            intro=self._prose(body, language),
            note=self._prose(
                data["content_note"], self._language_of(draft.module, "content_note")
            ),
        )

    def _lesson(self, draft: Draft) -> Lesson:
        data = self._data(draft)
        body, facts = self._body(draft)
        return Lesson(
            id=data["id"],
            slug=data["slug"],
            title=data["title"],
            minutes=Minutes(**data["minutes"]),
            facts=facts,
            sensitive=data["sensitive"],
            words=tuple(Word(**word) for word in data["words"]),
            exercises=tuple(exercise(one) for one in data["exercises"]),
            requires_exercise=data["requires_exercise"],
            in_language=body.language,
            digest=draft.digest,
            place=draft.place,
            word_count=count_words(body.source),
            body=body,
            note=self._prose(data["content_note"], self._language_of(draft, "content_note")),
            equivalent=self._equivalent(draft, data),
            figures=tuple(self.figures[one] for one in body.figures),
        )

    def _assignment(self, draft: Draft) -> Assignment:
        data = self._data(draft)
        body = draft.body(self.language)[0]
        language = self._body_language(draft)
        return Assignment(
            id=data["id"],
            slug=data["slug"],
            kind=AssignmentKind(data["kind"]),
            title=data["title"],
            summary=data["summary"],
            minutes=data["minutes"],
            assessment=data["assessment"],
            readers=data["readers"],
            sections=tuple(section(one) for one in data["sections"]),
            criteria=tuple(
                Criterion(**one, is_gate=is_gate(original))
                for one, original in zip(data["criteria"], draft.data["criteria"], strict=True)
            ),
            in_language=language,
            digest=draft.digest,
            criteria_digest=criteria_digest(draft),
            place=draft.place,
            brief=self._prose(body, language),
            regional=self._prose(data["regional"], self._language_of(draft, "regional")),
            alone=self._prose(data["alone"], self._language_of(draft, "alone")),
        )
