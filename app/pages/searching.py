"""A search as its reader may use it: which results lead on, and what the others say instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_login import current_user

from app import clock, db, editions, sessions
from courses.catalog import Answer, Course, Module, Result, ThingKind, site_address
from courses.queries.searching import searcher


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A result. `address` is None when this reader cannot open it (yet)."""

    result: Result
    module: Module | None
    address: str | None
    opens_on: date | None

    @property
    def leads_into_the_text(self) -> bool:
        """Whether each passage has an address of its own."""
        return self.address is not None and self.result.thing.kind is ThingKind.LESSON


@dataclass(frozen=True, kw_only=True)
class Search:
    """Who searches in what. A visitor logs in to read; an outsider is logged in and reads no
    course."""

    course: Course
    is_visitor: bool = False
    is_outsider: bool = False
    takes_part: bool = False
    closed: Mapping[str, date] = field(default_factory=dict)

    def find(self, query: str) -> Answer:
        """Look the words up in the index of this course."""
        return editions.search_index(self.course.digest).find(query)

    def hit(self, result: Result) -> Hit:
        """Say where a result leads."""
        module = self.course.module(result.thing.module_id)
        opens_on = self.closed.get(module.id) if module else None
        return Hit(
            result=result,
            module=module,
            address=self._address(result, module, is_closed=opens_on is not None),
            opens_on=opens_on,
        )

    def _address(
        self, result: Result, module: Module | None, *, is_closed: bool
    ) -> str | None:
        thing = result.thing
        if module is None:
            return thing.address
        if thing.kind is ThingKind.MODULE:
            if self.is_visitor or self.is_outsider:
                return url_for("public.start", _anchor=module.slug)
            return thing.address
        if self.is_outsider or is_closed:
            return None
        if thing.kind is ThingKind.ASSIGNMENT and not (self.takes_part or self.is_visitor):
            return site_address("module", module.slug, "")
        return thing.address


def search() -> Search:
    """Return the search of whoever asks; a visitor's asks no database."""
    if sessions.current_token() is None or not current_user.is_authenticated:
        return Search(course=editions.current_course(), is_visitor=True)
    found = searcher(
        db.session(), current_user.identity, course_of=editions.course, today=clock.today()
    )
    if found is None:
        return Search(course=editions.current_course(), is_outsider=True)
    return Search(course=found.course, takes_part=found.takes_part, closed=found.closed)
