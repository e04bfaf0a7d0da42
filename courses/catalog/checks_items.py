"""What must hold inside one lesson, knowledge check or assignment."""

from collections.abc import Sequence
from typing import Any

from courses.catalog.checks_references import near
from courses.catalog.course import SECRECY_PREFIX
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.pieces import is_gate
from courses.catalog.problems import Problems
from courses.catalog.toml_lines import Path

QUESTIONS = 5
OPTIONS = 4
MAX_READERS = 2


class _Remarks:
    def __init__(self, draft: Draft, problems: Problems) -> None:
        self.source = draft.source
        self.problems = problems

    def error(self, at: Path, message: str, remedy: str, value: str | None = None) -> None:
        line = self.source.line(*at, value=value)
        self.problems.error(self.source.file, line, message, remedy)

    def twice(self, rows: Sequence[dict[str, Any]], at: Path) -> None:
        seen: set[str] = set()
        for place, row in enumerate(rows):
            if row["id"] in seen:
                self.error(
                    (*at, place, "id"),
                    f"Id «{row['id']}» används två gånger.",
                    "Ge den ena ett eget id.",
                )
            seen.add(row["id"])


def check_lesson(lesson: Draft, problems: Problems) -> None:
    """Exercises have answers among their choices, and a required exercise exists."""
    remarks = _Remarks(lesson, problems)
    exercises = lesson.data["exercises"]
    known = [exercise["id"] for exercise in exercises]
    wanted = lesson.data["requires_exercise"]
    if wanted and wanted not in known:
        remarks.error(
            ("requires_exercise",),
            f"Övningen «{wanted}» som ska göras finns inte i lektionen.",
            near(wanted, known) or "Rätta id:t eller ta bort raden.",
        )
    for place, exercise in enumerate(exercises):
        for at, item in enumerate(exercise["items"]):
            if item["answer"] is not None and item["answer"] not in exercise["choices"]:
                remarks.error(
                    ("exercises", place, "items", at, "answer"),
                    f"Svaret «{item['answer']}» finns inte bland choices.",
                    near(item["answer"], exercise["choices"])
                    or f"Skriv ett av: {', '.join(exercise['choices'])}.",
                )


def check_knowledge_check(check: Draft, course: CourseDraft, problems: Problems) -> None:
    """Five questions, each with one right answer, a lesson to read again and sound facts."""
    remarks = _Remarks(check, problems)
    questions = check.data["questions"]
    if len(questions) != QUESTIONS:
        remarks.error(
            ("questions",),
            f"Kunskapskollen har {len(questions)} frågor.",
            f"Den ska ha {QUESTIONS}.",
        )
    if check.data["pass"] > len(questions):
        remarks.error(
            ("pass",), "Gränsen är högre än antalet frågor.", f"Skriv högst {len(questions)}."
        )
    lessons = {one.id for module in course.modules for one in module.lessons}
    for place, question in enumerate(questions):
        right = sum(option["right"] for option in question["options"])
        if right != 1:
            remarks.error(
                ("questions", place, "options"),
                f"Frågan «{question['id']}» har {right} rätta svar.",
                "Skriv right = true på exakt ett svar.",
            )
        if len(question["options"]) != OPTIONS:
            remarks.error(
                ("questions", place, "options"),
                f"Frågan «{question['id']}» har {len(question['options'])} svar att välja på.",
                f"Skriv {OPTIONS}.",
            )
        lesson = question["lesson"]
        is_unknown = lesson and lesson not in lessons and lesson not in course.ids
        if is_unknown and not course.has_unreadable:
            remarks.error(
                ("questions", place, "lesson"),
                f"Lektionen «{lesson}» finns inte.",
                near(lesson, lessons) or "Rätta id:t.",
            )
        for fact in question["facts"]:
            said = fact_error(fact, course)
            if said:
                remarks.error(("questions", place, "facts"), *said, value=fact)


def fact_error(fact: str, course: CourseDraft) -> tuple[str, str] | None:
    """Why a fact cannot be cited, and what to do; None when it can."""
    if course.facts is None:
        return None
    if fact not in course.fact_data:
        remedy = near(fact, course.fact_data) or "Lägg till den i facts.toml eller rätta id:t."
        return f"Fakta «{fact}» finns inte i facts.toml.", remedy
    if course.fact_data[fact]["status"] != "verified":
        return (
            f"Fakta «{fact}» är inte kontrollerad (status unverified).",
            "Kontrollera källan och sätt status till verified, eller ta bort påståendet.",
        )
    return None


def check_assignment(assignment: Draft, problems: Problems) -> None:
    """One secrecy criterion; levels as the kind of assessment has them; sections that exist."""
    remarks = _Remarks(assignment, problems)
    data = assignment.data
    _check_kind(data, remarks)
    remarks.twice(data["sections"], ("sections",))
    remarks.twice(data["criteria"], ("criteria",))
    if data["assessment"] != "self":
        _check_gate(data["criteria"], remarks)
    known = [section["id"] for section in data["sections"]]
    for place, criterion in enumerate(data["criteria"]):
        for section in criterion["sections"]:
            if section not in known:
                remarks.error(
                    ("criteria", place, "sections"),
                    f"Kriteriet «{criterion['id']}» nämner avsnittet «{section}», som inte finns.",
                    near(section, known) or f"Skriv något av: {', '.join(known)}.",
                    value=section,
                )
        _check_levels(criterion, place, data["assessment"], remarks)
    for place, section in enumerate(data["sections"]):
        if section["kind"] == "rows":
            remarks.twice(section["fields"], ("sections", place, "fields"))
            if section["min"] > section["max"]:
                remarks.error(
                    ("sections", place, "min"),
                    f"Avsnittet «{section['id']}» kräver fler rader än det har plats för.",
                    "Sätt min till högst max.",
                )
    if data["alone"] and data["kind"] != "joint":
        remarks.error(
            ("alone",),
            "En individuell uppgift har ingen variant för den som är ensam.",
            'Ta bort alone, eller skriv kind = "joint".',
        )


def _check_kind(data: dict[str, Any], remarks: _Remarks) -> None:
    """What is handed in is assessed; what one does for oneself is neither."""
    if data["assessment"] == "self":
        if data["criteria"]:
            remarks.error(
                ("criteria",),
                "En uppgift som inte bedöms har inga kriterier.",
                'Ta bort [[criteria]], eller skriv assessment = "rubric".',
            )
        if data["kind"] == "joint":
            remarks.error(
                ("kind",),
                "En gemensam uppgift lämnas alltid in.",
                'Skriv assessment = "rubric" eller "checklist".',
            )
    elif not data["sections"]:
        remarks.error(
            ("sections",),
            "Uppgiften har ingenting att fylla i.",
            "Lägg till [[sections]] med id, kind och label.",
        )
    if data["readers"] > (1 if data["assessment"] == "self" else MAX_READERS):
        remarks.error(
            ("readers",),
            f"«readers» är {data['readers']}.",
            "Skriv 1 eller 2, och bara på en uppgift som bedöms.",
        )


def _check_gate(criteria: Sequence[dict[str, Any]], remarks: _Remarks) -> None:
    gates = [place for place, criterion in enumerate(criteria) if is_gate(criterion)]
    if not gates:
        remarks.error(
            ("criteria",) if criteria else ("assessment",),
            f"Bedömningsstödet saknar ett kriterium som börjar med «{SECRECY_PREFIX}».",
            f'Lägg till [[criteria]] med title = "{SECRECY_PREFIX} …", revise och approved.',
        )
    for place in gates[1:]:
        remarks.error(
            ("criteria", place, "title"),
            f"Bedömningsstödet har fler än ett kriterium som börjar med «{SECRECY_PREFIX}».",
            "Behåll ett och ge de andra en annan titel.",
        )


def _check_levels(
    criterion: dict[str, Any], place: int, assessment: str, remarks: _Remarks
) -> None:
    has = bool(criterion["excelled"])
    if has and (is_gate(criterion) or assessment == "checklist"):
        remarks.error(
            ("criteria", place, "excelled"),
            f"Kriteriet «{criterion['id']}» har två nivåer och får inte ha excelled.",
            "Ta bort excelled.",
        )
    if not has and not is_gate(criterion) and assessment == "rubric":
        remarks.error(
            ("criteria", place),
            f"Kriteriet «{criterion['id']}» saknar nivån excelled.",
            'Lägg till excelled = "…", eller skriv assessment = "checklist".',
        )
