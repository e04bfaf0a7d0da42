"""A plan names what exists: sections of joint assignments, facts with a source, chapters."""

from collections.abc import Iterable, Mapping

from courses.catalog.checks_references import near
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.problems import Problems
from courses.catalog.toml_lines import Path


def check_plan_template(draft: CourseDraft, problems: Problems) -> None:
    """Note what plan.toml names that is not there, and what it names twice."""
    if draft.plan is not None:
        _Check(draft, draft.plan, problems).run()


class _Check:
    def __init__(self, course: CourseDraft, plan: Draft, problems: Problems) -> None:
        self.course, self.plan, self.problems = course, plan, problems

    def run(self) -> None:
        known = self._sections()
        chapters = self.plan.data["chapters"]
        self._once((one["id"] for one in chapters), ("chapters",))
        used: set[str] = set()
        for at, chapter in enumerate(chapters):
            for name in ("parts", "until", "regional"):
                for value in chapter[name]:
                    self._part(value, known, ("chapters", at, name))
            for value in chapter["parts"]:
                if value in used:
                    self._error(
                        ("chapters", at, "parts"),
                        f"«{value}» står i två kapitel.",
                        "Låt delen stå i det ena.",
                        value,
                    )
                used.add(value)
        for at, row in enumerate(self.plan.data["dates"]):
            self._date(row, ("dates", at))
        if self.plan.data["law"] is not None:
            self._law([one["id"] for one in chapters])

    def _sections(self) -> Mapping[str, bool]:
        """Each `GU5.vet` there is, and whether its assignment is joint."""
        return {
            f"{item.id}.{section['id']}": item.data["kind"] == "joint"
            for module in self.course.modules
            for item in module.assignments
            for section in item.data["sections"]
        }

    def _part(self, value: str, known: Mapping[str, bool], at: Path) -> None:
        if value not in known:
            self._error(
                at,
                f"«{value}» finns inte.",
                near(value, known) or "Skriv uppgiftens id, en punkt och delens id.",
                value,
            )
        elif not known[value]:
            self._error(
                at,
                f"«{value}» är en egen uppgift.",
                "En plan görs av teamets gemensamma uppgifter.",
                value,
            )

    def _date(self, row: Mapping[str, str], at: Path) -> None:
        """The rows are in some chapter and have these fields, the first of them a date."""
        chapters = self.plan.data["chapters"]
        if not any(row["part"] in (*one["parts"], *one["until"]) for one in chapters):
            self._error((*at, "part"), f"«{row['part']}» står inte i något kapitel.",
                        "Skriv en del som finns i planen.")
            return
        kinds = self._fields().get(row["part"], {})
        for name in ("date", "what", "who"):
            value = row[name]
            if value and value not in kinds:
                self._error((*at, name), f"«{value}» är inget fält i {row['part']}.",
                            near(value, kinds) or "Skriv id:t på ett av fälten.")
        if kinds.get(row["date"], "date") != "date":
            self._error((*at, "date"), f"«{row['date']}» är inget datum.",
                        'Välj ett fält med kind = "date".')

    def _fields(self) -> Mapping[str, Mapping[str, str]]:
        """The fields of each section, with their kinds."""
        return {
            f"{item.id}.{section['id']}": {
                one["id"]: one.get("kind", "short") for one in section.get("fields") or ()
            }
            for module in self.course.modules
            for item in module.assignments
            for section in item.data["sections"]
        }

    def _law(self, chapters: list[str]) -> None:
        points = self.plan.data["law"]["points"]
        self._once((one["id"] for one in points), ("law", "points"))
        facts = self.course.fact_data
        for at, point in enumerate(points):
            for value in point["chapters"]:
                if value not in chapters:
                    self._error(
                        ("law", "points", at, "chapters"),
                        f"Kapitlet «{value}» finns inte.",
                        near(value, chapters) or "Skriv id:t på ett av kapitlen.",
                        value,
                    )
            for value in point["facts"]:
                if value not in facts:
                    self._error(
                        ("law", "points", at, "facts"),
                        f"Fakta «{value}» finns inte i facts.toml.",
                        near(value, facts) or "Lägg till den i facts.toml.",
                        value,
                    )
                elif facts[value]["status"] != "verified":
                    self._error(
                        ("law", "points", at, "facts"),
                        f"Fakta «{value}» är inte bekräftad.",
                        "Bara det som är bekräftat får stå i listan.",
                        value,
                    )

    def _once(self, names: Iterable[str], at: Path) -> None:
        seen: set[str] = set()
        for place, name in enumerate(names):
            if name in seen:
                self._error(
                    (*at, place, "id"), f"Id «{name}» används två gånger.",
                    "Ge den ena ett eget id.",
                )
            seen.add(name)

    def _error(self, at: Path, message: str, remedy: str, value: str | None = None) -> None:
        source = self.plan.source
        self.problems.error(source.file, source.line(*at, value=value), message, remedy)
