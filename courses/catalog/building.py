"""Drafts → a course in one language. Everything here was checked when the files were read."""

from typing import Any

from courses.catalog.addresses import Addresses
from courses.catalog.assignments import Assignment, Criterion
from courses.catalog.course import (
    Break,
    CertificateTexts,
    Course,
    HelpLine,
    MeetingPlan,
    Owner,
    Plan,
    Requirement,
)
from courses.catalog.drafts import CourseDraft, Draft, ModuleDraft
from courses.catalog.items import (
    Fact,
    KnowledgeCheck,
    Lesson,
    Minutes,
    Module,
    Option,
    Question,
    Word,
)
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
from courses.catalog.translating import overlay
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
            ),
            meetings=tuple(MeetingPlan(**one) for one in data["meetings"]),
            requirements=tuple(
                Requirement(**{**one, "count": one["count"] or len(one["items"])})
                for one in data["requirements"]
            ),
            certificate=CertificateTexts(**data["certificate"]),
            texts=data["texts"],
            prose={name: self._prose(text, in_language) for name, text in data["texts"].items()},
            facts=self.facts,
            support=self._support(),
            digest=self.draft.digest,
        )

    def _data(self, draft: Draft) -> dict[str, Any]:
        translation = draft.translations.get(self.language)
        return overlay(draft.data, translation.data) if translation else draft.data

    def _language_of(self, draft: Draft, key: str) -> str:
        translation = draft.translations.get(self.language)
        translated = translation is not None and key in translation.data
        return self.language if translated else self.draft.language

    def _body_language(self, draft: Draft) -> str:
        return draft.body(self.language)[1] or self.draft.language

    def _prose(self, text: str, language: str, numbers: dict[str, int] | None = None) -> Prose:
        return Prose(source=text, language=language, numbers=numbers or {}, link=self.link)

    def _support(self) -> tuple[HelpLine, ...]:
        lines = []
        for data in self.draft.support.data["lines"] if self.draft.support else ():
            row = {k: v for k, v in data.items() if k not in ("who_en", "hours_en")}
            translated = self.language == "en" and bool(data["who_en"])
            if self.language == "en":
                row["who"] = data["who_en"] or data["who"]
                row["hours"] = data["hours_en"] or data["hours"]
            language = "en" if translated else self.draft.language
            lines.append(HelpLine(**row, language=language))
        return tuple(lines)

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
            check=self._check(draft.check) if draft.check else None,
            assignments=tuple(
                self._assignment(assignments[k]) for k in data["assignments"] if k in assignments
            ),
            reflections=data["reflections"],
            in_language=language,
            digest=draft.module.digest,
            intro=self._prose(body, language),
            note=self._prose(
                data["content_note"], self._language_of(draft.module, "content_note")
            ),
        )

    def _lesson(self, draft: Draft) -> Lesson:
        data = self._data(draft)
        body = draft.body(self.language)[0]
        language = self._body_language(draft)
        cited = [one for one in dict.fromkeys(FACT.findall(body)) if one in self.facts]
        numbers = {one: place for place, one in enumerate(cited, start=1)}
        return Lesson(
            id=data["id"],
            slug=data["slug"],
            title=data["title"],
            minutes=Minutes(**data["minutes"]),
            sources=tuple(self.facts[one] for one in cited),
            sensitive=data["sensitive"],
            words=tuple(Word(**word) for word in data["words"]),
            exercises=tuple(exercise(one) for one in data["exercises"]),
            requires_exercise=data["requires_exercise"],
            in_language=language,
            digest=draft.digest,
            word_count=count_words(body),
            body=self._prose(body, language, numbers),
            note=self._prose(data["content_note"], self._language_of(draft, "content_note")),
        )

    def _check(self, draft: Draft) -> KnowledgeCheck:
        data = self._data(draft)
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
                    sources=tuple(self.facts[k] for k in one["facts"] if k in self.facts),
                    lesson=one["lesson"],
                )
                for one in data["questions"]
            ),
            in_language=self._language_of(draft, "questions"),
            digest=draft.digest,
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
            sections=tuple(section(one) for one in data["sections"]),
            criteria=tuple(
                Criterion(**one, is_gate=is_gate(original))
                for one, original in zip(data["criteria"], draft.data["criteria"], strict=True)
            ),
            in_language=language,
            digest=draft.digest,
            criteria_digest=criteria_digest(draft),
            brief=self._prose(body, language),
            regional=self._prose(data["regional"], self._language_of(draft, "regional")),
            alone=self._prose(data["alone"], self._language_of(draft, "alone")),
        )
