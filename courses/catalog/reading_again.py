"""Where in a lesson to read about what a question asks."""

from dataclasses import dataclass

from courses.catalog.items import Lesson, Question


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A place in a lesson. `part` is its heading, empty when it is not known."""

    lesson: Lesson
    anchor: str
    part: str = ""


def passage_for(question: Question, lesson: Lesson) -> Passage:
    """Return where the lesson says what the question asks: the part that the feedback names,
    else the sentence that cites the same source, else its beginning."""
    named = lesson.part_named_in(f"{question.feedback_wrong} {question.feedback_right}")
    if named:
        return Passage(lesson=lesson, anchor=named.anchor, part=named.title)
    for fact in question.sources:
        notes = lesson.body.rendered.notes.get(lesson.body.numbers.get(fact.id, 0), ())
        if notes:
            return Passage(lesson=lesson, anchor=notes[0])
    return Passage(lesson=lesson, anchor="innehall")
