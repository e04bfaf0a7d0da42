"""What must hold in a course's pages, meetings, surveys and the teams' own rating."""

from collections.abc import Iterable, Sequence
from typing import Any

from courses.catalog.checks_body import check_facts
from courses.catalog.checks_markup import body_of, check_markup
from courses.catalog.checks_places import check_exercises, check_shown_figures
from courses.catalog.checks_references import near
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.files import Files
from courses.catalog.frontmatter import Source
from courses.catalog.problems import Problems
from courses.catalog.toml_lines import Path


def check_pages(draft: CourseDraft, files: Files, problems: Problems) -> None:
    """The pages' texts: as a lesson's, without exercises."""
    for page in draft.pages:
        for one in (page, *page.translations.values()):
            if one is page or one.source.body.strip():
                body = body_of(one.source, problems)
                check_markup(body, draft, files, allow_markers=True)
                check_facts(body, page, draft)
                check_exercises(body, page)
                check_shown_figures(body, page, draft)


def check_meetings(draft: CourseDraft, problems: Problems) -> None:
    """The parts of a meeting take as long as the meeting, and its days hold its half days."""
    source = draft.course.source
    for at, meeting in enumerate(draft.course.data["meetings"]):
        days, half_days = meeting["days"], meeting["half_days"]
        if half_days > 2 * days or half_days < days > 1:
            problems.error(
                source.file,
                source.line("meetings", at, "half_days"),
                f"Träffen «{meeting['id']}» har half_days = {half_days} men days = {days}.",
                "En dag rymmer en eller två halvdagar. Rätta half_days eller days.",
            )
        hours = sum(part["hours"] for part in meeting["parts"])
        if meeting["parts"] and hours != meeting["hours"]:
            problems.error(
                source.file,
                source.line("meetings", at, "hours"),
                f"Träffen «{meeting['id']}» är {meeting['hours']} timmar men delarna är {hours}.",
                "Rätta hours på träffen eller på någon av delarna.",
            )


def check_surveys(draft: CourseDraft, problems: Problems) -> None:
    """Surveys name groups and scales that exist; each question is asked in one way."""
    if draft.readiness:
        _Remarks(draft.readiness, draft, problems).modules(("points",))
        _Remarks(draft.readiness, draft, problems).unique(draft.readiness.data["points"], "points")
    if not draft.surveys:
        return
    remarks = _Remarks(draft.surveys, draft, problems)
    data = draft.surveys.data
    for name in ("scales", "groups", "surveys"):
        remarks.unique(data[name], name)
    scales = {one["id"] for one in data["scales"]}
    groups = {one["id"] for one in data["groups"]}
    questions = [one for group in data["groups"] for one in group["questions"]]
    asked = {one["id"] for one in questions}
    if len(asked) < len(questions):
        remarks.twice(data["groups"])
    for at, group in enumerate(data["groups"]):
        remarks.known([group["scale"]] if group["scale"] else [], scales, ("groups", at, "scale"))
        remarks.modules(("groups", at, "questions"))
        for place, question in enumerate(group["questions"]):
            path = ("groups", at, "questions", place)
            _check_question(question, group, path, remarks)
            back = question["looks_back_on"]
            remarks.known([back] if back else [], asked, (*path, "looks_back_on"))
    for at, survey in enumerate(data["surveys"]):
        remarks.known(survey["groups"], groups, ("surveys", at, "groups"))


def _check_question(
    question: dict[str, Any], group: dict[str, Any], path: Path, remarks: "_Remarks"
) -> None:
    name = question["id"]
    if question["kind"] == "scale" and not group["scale"]:
        remarks.error(
            path,
            f"Frågan «{name}» har ingen skala.",
            'Skriv scale på gruppen, eller kind = "text" på frågan.',
        )
    if (question["kind"] == "choice") != bool(question["options"]):
        remarks.error(
            path,
            f"Frågan «{name}» och dess options hör inte ihop.",
            'Skriv kind = "choice" och options = […], eller ta bort options.',
        )


class _Remarks:
    def __init__(self, draft: Draft, course: CourseDraft, problems: Problems) -> None:
        self.source: Source = draft.source
        self.data = draft.data
        self.course = course
        self.problems = problems

    def error(self, at: Path, message: str, remedy: str, value: str | None = None) -> None:
        line = self.source.line(*at, value=value)
        self.problems.error(self.source.file, line, message, remedy)

    def known(self, names: Iterable[str], known: set[str], at: Path) -> None:
        for name in names:
            if name not in known:
                self.error(
                    at,
                    f"«{name}» finns inte i {self.source.file}.",
                    near(name, known) or "Rätta id:t eller ta bort det.",
                    value=name,
                )

    def unique(self, rows: Sequence[dict[str, Any]], name: str) -> None:
        seen: set[str] = set()
        for at, row in enumerate(rows):
            if row["id"] in seen:
                self._used(row["id"], (name, at, "id"))
            seen.add(row["id"])

    def twice(self, groups: Sequence[dict[str, Any]]) -> None:
        seen: set[str] = set()
        for at, group in enumerate(groups):
            for place, row in enumerate(group["questions"]):
                if row["id"] in seen:
                    self._used(row["id"], ("groups", at, "questions", place, "id"))
                seen.add(row["id"])

    def _used(self, name: str, at: Path) -> None:
        self.error(at, f"Id «{name}» används två gånger.", "Ge den ena ett eget id.")

    def modules(self, at: Path) -> None:
        """Modules may be named before they are written; the author is told."""
        known = {module.module.id for module in self.course.modules}
        rows: Any = self.data
        for step in at:
            rows = rows[step]
        for place, row in enumerate(rows):
            for name in row["modules"]:
                if name not in known:
                    self.problems.warning(
                        self.source.file,
                        self.source.line(*at, place, "modules", value=name),
                        f"«{row['id']}» hör till «{name}», som inte finns bland modulerna.",
                        "Rätta id:t, eller skriv modulen.",
                    )
