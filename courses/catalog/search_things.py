"""What there is to find in a course, in the order of the course."""

from collections.abc import Iterator, Mapping

from courses.catalog.addresses import Addresses, site_address
from courses.catalog.assignments import Assignment
from courses.catalog.course import Course
from courses.catalog.figures import Figure
from courses.catalog.items import Exercise, Lesson, Module
from courses.catalog.plain_text import PlainPart, plain, plain_parts
from courses.catalog.search import Passage, SearchIndex, Thing, ThingKind
from courses.catalog.search_words import composed

WORDS_ANCHOR = "ord"
"""The id of the list of words on a lesson's page."""


def build_index(course: Course, addresses: Addresses = site_address) -> SearchIndex:
    """Read the whole course into an index."""
    return SearchIndex(things_of(course, addresses))


def things_of(course: Course, addresses: Addresses = site_address) -> Iterator[Thing]:
    """Give the modules with what they hold."""
    explained: set[tuple[str, str]] = set()
    for module in course.modules:
        yield _module(course, module, addresses)
        for lesson in module.lessons:
            address = addresses("lesson", module.slug, lesson.slug)
            yield _lesson(course, module, lesson, address)
            for word in lesson.words:
                if (word.term, word.meaning) not in explained:
                    explained.add((word.term, word.meaning))
                    yield Thing(
                        kind=ThingKind.WORD, item_id=lesson.id, module_id=module.id,
                        title=word.term, address=f"{address}#{WORDS_ANCHOR}",
                        language=course.language, passages=(_passage(plain(word.meaning)),),
                    )
        if module.check:
            yield Thing(
                kind=ThingKind.CHECK, item_id=module.check.id, module_id=module.id,
                title=module.check.title, address=addresses("check", module.slug, ""),
                language=course.language, passages=(_passage(""),),
            )
        for assignment in module.assignments:
            yield _assignment(module, assignment, addresses)
    for page in course.pages:
        yield Thing(
            kind=ThingKind.PAGE, item_id=page.id, module_id="", title=page.title,
            address=addresses("page", "", page.slug), language=page.in_language,
            passages=(_passage(page.summary), *_passages(page.body.source, course.figures, {})),
        )


def _module(course: Course, module: Module, addresses: Addresses) -> Thing:
    about = [module.summary, *(goal[:1].upper() + goal[1:] for goal in module.goals)]
    if module.in_language == course.language:
        about.append(plain(module.intro.source))
    return Thing(
        kind=ThingKind.MODULE, item_id=module.id, module_id=module.id, title=module.title,
        address=addresses("module", module.slug, ""), language=course.language,
        passages=(_passage(" ".join(_ended(text) for text in about if text)),),
        also=f"modul {module.number} module",
    )


def _lesson(course: Course, module: Module, lesson: Lesson, address: str) -> Thing:
    exercises = {one.id: one for one in lesson.exercises}
    passages = _passages(lesson.body.source, course.figures, exercises)
    return Thing(
        kind=ThingKind.LESSON, item_id=lesson.id, module_id=module.id, title=lesson.title,
        address=address, language=lesson.in_language, passages=passages or (_passage(""),),
        also=lesson.id,
    )


def _passages(
    source: str, figures: Mapping[str, Figure], exercises: Mapping[str, Exercise]
) -> tuple[Passage, ...]:
    """A text part by part, with the figures and exercises where they stand."""
    passages = []
    for part in plain_parts(source):
        passages.append(_of_part(part))
        for kind, key in part.placed:
            if kind == "exercise" and key in exercises:
                passages.append(_exercise(exercises[key]))
            if kind == "figure" and key in figures:
                passages.append(_figure(figures[key]))
    return tuple(passages)


def _assignment(module: Module, assignment: Assignment, addresses: Addresses) -> Thing:
    about = _passage(plain(assignment.summary))
    brief = tuple(
        Passage(heading=composed(part.heading), anchor="", text=composed(part.text))
        for part in plain_parts(assignment.brief.source)
    )
    asked = _passage(" ".join(_ended(section.label) for section in assignment.sections))
    return Thing(
        kind=ThingKind.ASSIGNMENT, item_id=assignment.id, module_id=module.id,
        title=assignment.title,
        address=addresses(assignment.kind, module.slug, assignment.slug),
        language=assignment.in_language, passages=(about, *brief, asked),
        also=assignment.id,
    )


def _exercise(exercise: Exercise) -> Passage:
    texts = [exercise.instructions, *(item.text for item in exercise.items)]
    return Passage(
        heading=composed(exercise.title),
        anchor=f"ovning-{exercise.id}",
        text=composed(" ".join(_ended(plain(text)) for text in texts)),
    )


def _figure(figure: Figure) -> Passage:
    return Passage(
        heading=composed(figure.title), anchor=f"figur-{figure.id}", text=composed(figure.alt)
    )


def _of_part(part: PlainPart) -> Passage:
    return Passage(
        heading=composed(part.heading), anchor=part.anchor, text=composed(part.text)
    )


def _passage(text: str) -> Passage:
    return Passage(heading="", anchor="", text=composed(text))


def _ended(text: str) -> str:
    """A sentence ends before the next begins."""
    return text if text.rstrip("”\"»)").endswith((".", "?", "!", "…", ":")) else f"{text}."
