"""How plan.toml says that parts are printed: what exists, fits on paper, and has its words."""

from collections.abc import Mapping
from typing import Any

from courses.catalog.checks_references import near
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.frontmatter import Source
from courses.catalog.problems import Problems
from courses.catalog.toml_lines import Path

COLUMNS = 5
"""How many columns can be read beside each other on a standing page."""
ROW = {"rows"}
SHORT = {"short", "choice", "date"}


def check_plan_layout(draft: CourseDraft, problems: Problems) -> None:
    """Note what `[[layout]]` names that is not there, and headings that a language lacks."""
    if draft.plan is not None:
        _Check(draft, draft.plan, problems).run()


class _Check:
    def __init__(self, course: CourseDraft, plan: Draft, problems: Problems) -> None:
        self.plan, self.problems = plan, problems
        self.sections: dict[str, Mapping[str, Any]] = {
            f"{item.id}.{section['id']}": section
            for module in course.modules
            for item in module.assignments
            for section in item.data["sections"]
        }

    def run(self) -> None:
        in_plan = {
            value: chapter["id"]
            for chapter in self.plan.data["chapters"]
            for name in ("parts", "until", "regional")
            for value in chapter[name]
        }
        seen: set[str] = set()
        for place, one in enumerate(self.plan.data["layout"]):
            at, name = ("layout", place), one["id"]
            if name not in in_plan:
                self._error((*at, "id"), f"«{name}» står inte i något kapitel.",
                            near(name, in_plan) or "Skriv en del som finns i planen.")
            elif name in seen:
                self._error((*at, "id"), f"«{name}» står två gånger.", "Ta bort den ena.")
            elif name in self.sections:
                self._layout(one, self.sections[name], at)
            seen.add(name)
        for language in self.plan.translations:
            self._words(language)

    def _layout(self, one: Mapping[str, Any], section: Mapping[str, Any], at: Path) -> None:
        name = one["id"]
        if section["kind"] in SHORT and not one["heading"]:
            self._error((*at, "id"), f"«{name}» saknar rubrik.",
                        "Skriv heading: orden som står framför svaret.")
        if one["fields"] and section["kind"] not in ROW:
            self._error((*at, "fields"), f"«{name}» har inga rader.", "Ta bort fields.")
            return
        known = [field["id"] for field in section.get("fields") or ()]
        named = [field["id"] for field in one["fields"]]
        columns = [field["id"] for field in one["fields"] if not field["under"]]
        for place, field in enumerate(one["fields"]):
            here = (*at, "fields", place)
            if field["id"] not in known:
                self._error((*here, "id"), f"«{field['id']}» är inget fält i {name}.",
                            near(field["id"], known) or "Skriv id:t på ett av fälten.")
            if field["id"] in named[:place]:
                self._error((*here, "id"), f"«{field['id']}» står två gånger.",
                            "Ta bort den ena.")
            if field["under"] and field["under"] not in columns:
                self._error((*here, "under"), f"«{field['under']}» är ingen egen kolumn.",
                            near(field["under"], columns) or "Skriv id:t på en av kolumnerna.")
        if named and not columns:
            self._error((*at, "fields"), f"«{name}» har ingen egen kolumn.",
                        "Ta bort under från ett av fälten.")
        if one["setting"] == "table" and len(columns) > COLUMNS:
            self._error(
                (*at, "fields"), f"«{name}» har {len(columns)} kolumner.",
                f"Fler än {COLUMNS} går inte att läsa på papper: sätt några under andra, "
                'eller skriv setting = "list".',
            )

    def _words(self, language: str) -> None:
        """Every heading and lead has its words in a language that the plan is written in."""
        theirs = self.plan.translations[language]
        source = theirs.source
        layout = theirs.data.get("layout", ())
        rows: dict[str, Mapping[str, Any]] = {row["id"]: row for row in layout}
        places = {row["id"]: place for place, row in enumerate(layout)}
        for one in self.plan.data["layout"]:
            row = rows.get(one["id"], {})
            at: Path = ("layout", places[one["id"]]) if row else ()
            if one["heading"] and not row.get("heading"):
                self._error(at, f"Rubriken till «{one['id']}» saknas.",
                            f'Skriv heading under id = "{one["id"]}": ”{one["heading"]}”.',
                            source)
            heads = {field["id"]: field.get("head") for field in row.get("fields", ())}
            for field in one["fields"]:
                if not heads.get(field["id"]):
                    self._error(
                        at, f"Rubriken till fältet «{field['id']}» i «{one['id']}» saknas.",
                        f'Skriv head till id = "{field["id"]}": ”{field["head"]}”.', source,
                    )
        leads = [row.get("lead") for row in theirs.data.get("dates", ())]
        for place, one in enumerate(self.plan.data["dates"]):
            if one["lead"] and not (place < len(leads) and leads[place]):
                at = ("dates", place) if place < len(leads) else ()
                self._error(at, f"Orden framför datumen ur «{one['part']}» saknas.",
                            f"Skriv lead: ”{one['lead']}”.", source)

    def _error(
        self, at: Path, message: str, remedy: str, source: Source | None = None
    ) -> None:
        source = source or self.plan.source
        self.problems.error(source.file, source.line(*at) if at else 1, message, remedy)
