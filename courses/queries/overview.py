"""The coordinator's overview of a cohort: municipality × module, sectors, who is late.

A county coordinator sees the home teams' municipalities. A municipal coordinator sees, with
numbers, those whom the own organization employs, and of the others that they take part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    case,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from courses.catalog import Course, Module
from courses.identity import Identity
from courses.models import (
    Cohort,
    Enrollment,
    ModuleProgress,
)
from courses.queries.lateness import late_work
from courses.queries.matrix import Counts, Head, Row, county_rows, employer_rows
from courses.queries.overview_facts import overview_facts
from courses.queries.overview_people import LatePerson, OwnPerson, late_people, own_people
from courses.rules.alphabet import alphabetical
from courses.rules.small_cells import protected_size
from courses.vocabulary import EnrollmentState


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything on the page."""

    modules: tuple[Module, ...]
    rows: tuple[Row, ...]
    others: tuple[str, ...]
    """Municipalities that take part and of which nothing more is shown."""
    is_whole: bool
    """The reader coordinates the whole cohort."""
    participants: int
    in_phase: int
    waiting: int
    """Hand-ins that have waited for an answer longer than 14 days; the whole cohort's."""
    cohort_size: int | None
    """How many take part in the whole cohort, when that may be said."""
    late: tuple[LatePerson, ...]
    """The first of those who are late, those who have been it longest first."""
    late_total: int
    people: tuple[OwnPerson, ...]
    """Everybody whom a municipal coordinator sees by name; empty for the whole cohort."""
    opens_first: date | None
    has_begun: bool

    @property
    def municipalities(self) -> int:
        """How many municipalities the rows show."""
        return sum(1 for row in self.rows if row.name is not None)


def cohort_overview(
    session: Session,
    identity: Identity,
    cohort: Cohort,
    course: Course,
    *,
    now: datetime,
    today: date,
) -> Overview:
    """Return what `identity` may see of the cohort, in four statements whatever its size."""
    is_whole = identity.is_county_coordinator_of(cohort.id)
    own = identity.organizations_in(cohort.id)
    heads = _heads(session, cohort.id)
    facts = overview_facts(session, cohort.id, course, own, now, today)
    group = Enrollment.home_team_id if is_whole else Enrollment.organization_id
    scope = true() if is_whole else Enrollment.organization_id.in_(own)
    counts = _counts(session, cohort.id, course, today, group, scope)
    counts.late_teams.update(_in_modules(course, facts.late_teams))
    people: list[OwnPerson] = []
    if is_whole:
        late, late_total = late_people(session, cohort.id, course, today)
    else:
        people = own_people(session, cohort.id, course, today, own)
        late = [person.late for person in people if person.late]
        late.sort(key=lambda person: (person.since, alphabetical(person.name)))
        late_total = len(late)
    rows = (
        county_rows(course, facts.opens, today, heads, facts.places, counts)
        if is_whole
        else employer_rows(
            course, facts.opens, today, heads, facts.places, facts.employers, counts
        )
    )
    total = sum(head.count for head in heads)
    seen = sum(h.count for h in heads if is_whole or h.organization_id in own)
    others = {p.organization for p in facts.places if p.organization_id not in own}
    opens_first = min(facts.opens.values(), default=None)
    return Overview(
        modules=course.modules,
        rows=tuple(rows),
        others=() if is_whole else tuple(
            sorted((name for name in others if name), key=alphabetical)
        ),
        is_whole=is_whole,
        participants=seen,
        in_phase=seen - late_total,
        waiting=facts.waiting if is_whole else 0,
        cohort_size=total if is_whole else protected_size(total, known=seen),
        late=tuple(late),
        late_total=late_total,
        people=tuple(people),
        opens_first=opens_first,
        has_begun=opens_first is not None and opens_first <= today,
    )


def _heads(session: Session, cohort_id: int) -> list[Head]:
    group = (Enrollment.home_team_id, Enrollment.organization_id, Enrollment.sector)
    return [
        Head(team_id=team, organization_id=organization, sector=sector, count=count)
        for team, organization, sector, count in session.execute(
            select(*group, func.count())
            .where(
                Enrollment.cohort_id == cohort_id, Enrollment.state == EnrollmentState.ACTIVE
            )
            .group_by(*group)
        )
    ]


def _counts(
    session: Session,
    cohort_id: int,
    course: Course,
    today: date,
    group: Any,
    scope: ColumnElement[bool],
) -> Counts:
    """Return people done and people late, grouped in the database."""
    late = late_work(
        cohort_id, course, today, Enrollment.id.label("person"), group.label("group")
    ).where(scope).subquery()
    module = case(
        {item: one.id for one in course.modules for item in one.items}, value=late.c.item_id
    )
    statement = union_all(
        select(
            literal("done"), group, ModuleProgress.module_id, func.count()
        )
        .select_from(Enrollment)
        .join(ModuleProgress, ModuleProgress.enrollment_id == Enrollment.id)
        .where(
            Enrollment.cohort_id == cohort_id,
            Enrollment.state == EnrollmentState.ACTIVE,
            ModuleProgress.completed_at.is_not(None),
            scope,
        )
        .group_by(group, ModuleProgress.module_id),
        select(literal("late"), late.c.group, module, func.count(late.c.person.distinct()))
        .group_by(late.c.group, module),
    )
    counts = Counts()
    for kind, key, module_id, count in session.execute(statement):
        (counts.done if kind == "done" else counts.late)[key, module_id] = count
    return counts


def _in_modules(course: Course, work: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return (team, module) for each (team, joint assignment)."""
    found = [(team, course.module_of(item)) for team, item in work]
    return [(team, module.id) for team, module in found if module]
