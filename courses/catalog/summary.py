"""What a course amounts to, module by module, and where its facts are used."""

from collections.abc import Iterator
from dataclasses import dataclass

from courses.catalog.course import Course
from courses.catalog.items import Module
from courses.catalog.loader import LoadedCourse
from courses.catalog.sources import Fact


@dataclass(frozen=True, kw_only=True)
class ModuleSummary:
    """One module in figures. `translated` and `translatable`: texts of lessons, the check,
    assignments and the introduction, per further language."""

    id: str
    title: str
    lessons: int
    words: int
    minutes: int
    questions: int
    facts: int
    figures: int
    translated: dict[str, int]
    translatable: int


@dataclass(frozen=True, kw_only=True)
class FactUse:
    """A fact, and the lessons, questions and pages that cite it."""

    fact: Fact
    cited_in: tuple[str, ...]


def module_summaries(loaded: LoadedCourse) -> tuple[ModuleSummary, ...]:
    """Return the modules of a course in figures, in order."""
    others = loaded.languages[1:]
    return tuple(
        ModuleSummary(
            id=module.id,
            title=module.title,
            lessons=len(module.lessons),
            words=sum(lesson.word_count for lesson in module.lessons),
            minutes=module.minutes,
            questions=len(module.check.questions) if module.check else 0,
            facts=len({fact.id for _, fact in _citations(module)}),
            figures=len({one.id for lesson in module.lessons for one in lesson.figures}),
            translated={code: _in_language(loaded.course(code), module, code) for code in others},
            translatable=1 + len(module.items),
        )
        for module in loaded.course().modules
    )


def fact_uses(loaded: LoadedCourse) -> tuple[FactUse, ...]:
    """Return every fact of the course with where it is cited, in the order of facts.toml."""
    course = loaded.course()
    cited: dict[str, dict[str, None]] = {name: {} for name in course.facts}
    for module in course.modules:
        for place, fact in _citations(module):
            cited[fact.id][place] = None
    for page in course.pages:
        for fact in page.facts:
            cited[fact.id][page.id] = None
    return tuple(
        FactUse(fact=fact, cited_in=tuple(cited[name])) for name, fact in course.facts.items()
    )


def _citations(module: Module) -> Iterator[tuple[str, Fact]]:
    for lesson in module.lessons:
        for fact in lesson.facts:
            yield lesson.id, fact
    for question in module.check.questions if module.check else ():
        for fact in question.sources:
            yield question.id, fact


def _in_language(course: Course, module: Module, code: str) -> int:
    translated = next(one for one in course.modules if one.id == module.id)
    texts = [translated.in_language, *(one.in_language for one in translated.items.values())]
    return texts.count(code)
