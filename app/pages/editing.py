"""The editors' pages share: the draft that is being written, read once a process and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, ClassVar

from flask import Flask, current_app, url_for
from sqlalchemy.orm import Session

from app import clock, db, editions
from courses.catalog import (
    Addresses,
    Course,
    Entry,
    EntryKind,
    Figure,
    Lesson,
    Module,
    Page,
    Workbench,
    fingerprint,
    lay_over,
    open_draft,
)
from courses.catalog.coverage import shown_as
from courses.errors import NotFound
from courses.identity import Identity
from courses.permissions import Permission, Scope
from courses.queries.content import Changed, changes_in, contents_of


@dataclass(frozen=True)
class Draft:
    """A course's draft: coordinators may look, others do not know of it."""

    READ: ClassVar[Permission] = Permission.CONTENT_PREVIEW

    course_id: str
    at: Mapping[str, Any] = field(default_factory=dict)
    """What else stands in the address: a file's path, an item's word."""
    scope: Scope = field(default_factory=Scope)


def load_draft(_session: Session, _identity: Identity, course_id: str, **url: Any) -> Draft:
    """The loader of pages about one course's draft."""
    if course_id not in editions.store().courses():
        raise NotFound
    return Draft(course_id, url)


class Benches:
    """Each course's draft as this process read it last. A key says what stood in every file."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[tuple, Workbench]] = {}
        self._lock = Lock()

    def open(
        self, session: Session, course_id: str, changes: tuple[Changed, ...], today: date
    ) -> Workbench:
        """Return the draft as it stands, reading files only when some of them is new."""
        store = editions.store()
        digest = store.current(course_id) or ""
        key = (digest, today, *((one.path, one.digest) for one in changes))
        with self._lock:
            kept = self._read.get(course_id)
            if kept and kept[0] == key:
                return kept[1]
            base = store.files(digest)
            contents = contents_of(session, course_id) if changes else {}
            bench = open_draft(
                base, lay_over(base, contents), today=today, addresses=addresses(course_id)
            )
            # somebody may have saved between the two looks at the database
            if {path: fingerprint(text) for path, text in contents.items()} == {
                one.path: one.digest for one in changes
            }:
                self._read[course_id] = key, bench
            return bench


def changes_of(draft: Draft) -> tuple[Changed, ...]:
    """Return which files the draft changes, and who changed them."""
    return changes_in(db.session(), draft.course_id)


def bench_of(draft: Draft, changes: tuple[Changed, ...] | None = None) -> Workbench:
    """Return the draft as it stands now."""
    benches: Benches = current_app.extensions["benches"]
    if changes is None:
        changes = changes_of(draft)
    return benches.open(db.session(), draft.course_id, changes, clock.today())


def addresses(course_id: str) -> Addresses:
    """Return where things lie in the preview of a course, for links inside its texts."""
    root = f"/redaktion/{course_id}"

    def address(kind: str, module_slug: str, slug: str) -> str:
        if kind == "module":
            return f"{root}/las/{module_slug}"
        if kind in ("lesson", "check"):
            return f"{root}/las/{module_slug}/{slug or 'kunskapskoll'}"
        return f"{root}/uppgift/{slug}"

    return address


def preview_address(course_id: str, course: Course | None, entry: Entry) -> str | None:
    """Return where an entry is previewed; None when there is nothing to see of it."""
    shown = shown_as(course, entry)
    if course is None or shown is None:
        return None
    if isinstance(shown, Figure):
        return url_for("editing.figure", course_id=course_id, figure_id=shown.id)
    if isinstance(shown, Page):
        return url_for("editing.page", course_id=course_id, slug=shown.slug)
    if isinstance(shown, Module):
        return url_for("editing.module", course_id=course_id, slug=shown.slug)
    module = course.module_of(shown.id)
    slug = module.slug if module else ""
    if isinstance(shown, Lesson):
        return url_for(
            "editing.lesson", course_id=course_id, slug=slug, lesson_slug=shown.slug
        )
    if entry.kind is EntryKind.CHECK:
        return url_for("editing.check", course_id=course_id, slug=slug)
    return url_for("editing.assignment", course_id=course_id, slug=getattr(shown, "slug", ""))


def init_app(app: Flask) -> None:
    app.extensions["benches"] = Benches()
