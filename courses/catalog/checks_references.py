"""Ids are used once, lists name what exists, and what exists is listed."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from courses.catalog.beside import ids_beside
from courses.catalog.drafts import CourseDraft, Draft, ModuleDraft
from courses.catalog.frontmatter import Source
from courses.catalog.problems import Problems
from courses.catalog.toml_lines import Path

RESERVED_SLUGS = ("kunskapskoll", "innehall", "skriv-ut", "spara")

Named = tuple[str, Source, Path]


def near(wrong: str, known: Iterable[str]) -> str:
    """A remedy that names the closest known id."""
    found = get_close_matches(wrong, list(known), n=1)
    return f"Menade du «{found[0]}»?" if found else ""


def check_ids(draft: CourseDraft, problems: Problems) -> None:
    """No id and no address is used twice."""
    course = draft.course
    beside = ((name, course.source, path) for name, path in _beside(draft).items())
    _unique((*_item_ids(draft), *beside), "Id", problems)
    for name in ("meetings", "milestones", "requirements"):
        rows = enumerate(course.data[name])
        _unique(((row["id"], course.source, (name, at, "id")) for at, row in rows), "Id", problems)
    for extra, name in ((draft.facts, "facts"), (draft.support, "lines")):
        if extra:
            rows = enumerate(extra.data[name])
            _unique(
                ((row["id"], extra.source, (name, at, "id")) for at, row in rows), "Id", problems
            )
    _unique((_slug(module.module) for module in draft.modules), "Adressen", problems)
    _unique(map(_slug, draft.pages), "Adressen", problems)
    assignments = (one for module in draft.modules for one in module.assignments)
    _unique(map(_slug, assignments), "Adressen", problems)
    for module in draft.modules:
        _unique((_slug(lesson) for lesson in module.lessons), "Adressen", problems)
        for slug, source, path in map(_slug, module.lessons):
            if slug in RESERVED_SLUGS:
                problems.error(
                    source.file,
                    source.line(*path),
                    f"Adressen «{slug}» används av tjänsten.",
                    "Välj en annan slug.",
                )


def _slug(draft: Draft) -> Named:
    return draft.data["slug"], draft.source, ("slug",)


def _beside(draft: CourseDraft) -> dict[str, Path]:
    joint = (item.id for _, item in draft.items if item.data.get("kind") == "joint")
    surveys = draft.surveys.data["surveys"] if draft.surveys else ()
    return dict(ids_beside(draft.course.data, joint, (one["id"] for one in surveys)))


def _item_ids(draft: CourseDraft) -> Iterator[Named]:
    for other in (*draft.pages, *(figure.texts for figure in draft.figures)):
        yield other.id, other.source, ("id",)
    for module in draft.modules:
        yield module.module.id, module.module.source, ("id",)
        for item in module.items:
            yield item.id, item.source, ("id",)
            for name in ("exercises", "questions"):
                for at, row in enumerate(item.data.get(name, ())):
                    yield row["id"], item.source, (name, at, "id")


def _unique(named: Iterable[Named], what: str, problems: Problems) -> None:
    seen: dict[str, str] = {}
    for name, source, path in named:
        line = source.line(*path)
        if name in seen:
            problems.error(
                source.file,
                line,
                f"{what} «{name}» används redan i {seen[name]}.",
                "Ge den ena ett eget. Ändra inte det som redan är publicerat.",
            )
        seen.setdefault(name, f"{source.file} rad {line}")


def check_listing(draft: CourseDraft, problems: Problems) -> None:
    """What module.md lists has a file, and every file is listed once."""
    for module in draft.modules:
        for kind, drafts in (("lessons", module.lessons), ("assignments", module.assignments)):
            _check_list(module, kind, drafts, draft, problems)


def _check_list(
    module: ModuleDraft, kind: str, drafts: list[Draft], course: CourseDraft, problems: Problems
) -> None:
    source, listed = module.module.source, module.module.data[kind]
    found = {one.id for one in drafts}
    for item in dict.fromkeys(listed):
        line = source.line(kind, value=item)
        if listed.count(item) > 1:
            problems.error(
                source.file, line, f"«{item}» står två gånger i {kind}.", "Ta bort den ena."
            )
        if item not in found and not course.has_unreadable and item not in _half_ids(course):
            problems.error(
                source.file,
                line,
                f"«{item}» står i {kind} men ingen fil i {module.folder}/{kind}/ har det id:t.",
                near(item, found - set(listed)) or "Skapa filen eller ta bort id:t ur listan.",
            )
    for one in drafts:
        if one.id not in listed:
            problems.error(
                one.source.file,
                one.source.line("id"),
                f"«{one.id}» står inte i {kind} i {source.file}.",
                f"Lägg till «{one.id}» i listan eller ta bort filen.",
            )


def _half_ids(course: CourseDraft) -> set[str]:
    return {str(half.source.data.get("id")) for half in course.halves}


def check_plan(draft: CourseDraft, problems: Problems) -> None:
    """Requirements, hand-in order and plan name what exists."""
    source, data = draft.course.source, draft.course.data
    modules = {module.module.id for module in draft.modules}
    items = {item.id for _, item in draft.items}
    beside = set(_beside(draft))

    def known(names: Iterable[str], allowed: set[str], path: Path, what: str) -> None:
        for name in names:
            if name in allowed or draft.has_unreadable:
                continue
            if name in draft.ids and name not in modules | items | beside:
                continue
            problems.error(
                source.file,
                source.line(*path, name)
                if path[0] == "plan"
                else source.line(*path, value=name),
                f"{what} nämner «{name}», som inte finns"
                + (" bland modulerna." if allowed is modules else " i kursen."),
                near(name, allowed) or "Rätta id:t eller ta bort det.",
            )

    known(data["hand_in"]["first"], items, ("hand_in", "first"), "Det som ska vara klart först")
    known(data["plan"]["opens"], modules, ("plan", "opens"), "Planen")
    known(data["plan"]["due"], items, ("plan", "due"), "Planen")
    for at, pause in enumerate(data["plan"]["breaks"]):
        if pause["to_week"] < pause["from_week"]:
            problems.error(
                source.file,
                source.line("plan", "breaks", at, "to_week"),
                f"Uppehållet «{pause['title']}» slutar innan det börjar.",
                "Sätt to_week till from_week eller senare.",
            )
    before = 0
    for at, one in enumerate(data["plan"]["catch_up"]):
        place: Path = ("plan", "catch_up", at, "items")
        known(one["items"], items | modules, place, "Vägen ikapp")
        if one["until_week"] <= before:
            problems.error(
                source.file,
                source.line("plan", "catch_up", at, "until_week"),
                "Vägarna ikapp står inte i veckornas ordning.",
                "Sätt until_week till en senare vecka än i den före.",
            )
        before = one["until_week"]
    for at, one in enumerate(data["requirements"]):
        if not draft.halves:  # what a broken file would have given rise to is unknown
            path: Path = ("requirements", at, "items")
            known(one["items"], items | beside, path, f"Kravet «{one['id']}»")
        if one["kind"] == "at_least" and not one["count"]:
            problems.error(
                source.file,
                source.line("requirements", at, "kind"),
                f"Kravet «{one['id']}» säger inte hur många som behövs.",
                "Lägg till count = … under kravet.",
            )
        if (one["count"] or 0) > len(one["items"]):
            problems.error(
                source.file,
                source.line("requirements", at, "count"),
                f"Kravet «{one['id']}» kräver fler än det räknar upp.",
                f"Sätt count till högst {len(one['items'])}.",
            )
        if one["kind"] == "all" and one["count"]:
            problems.error(
                source.file,
                source.line("requirements", at, "count"),
                f"Kravet «{one['id']}» gäller alla och har ändå count.",
                'Ta bort count, eller skriv kind = "at_least".',
            )
