"""Whose plan it is, and the editions of it that have been issued."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course, PlanTemplate
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import (
    Cohort,
    Edition,
    MunicipalPlan,
    Organization,
    Team,
    User,
)
from courses.permissions import Permission, Scope
from courses.queries.masks import stops_in_team, wrote
from courses.rules.opening import is_under_way
from courses.rules.plans import quotes
from courses.rules.secrecy import passages_of


@dataclass(frozen=True, kw_only=True)
class PlanContext:
    """Whose plan it is, and what it is made of."""

    READ: ClassVar[Permission] = Permission.PLAN_READ

    team: Team
    cohort: Cohort
    organization: Organization | None
    course: Course
    template: PlanTemplate
    today: date
    places: frozenset[int] = frozenset()
    """Those of the one who asks: what they wrote they read also when it is stopped."""

    @property
    def scope(self) -> Scope:
        team = self.team
        return Scope(
            cohort_id=self.cohort.id,
            organization_id=team.organization_id,
            team_id=team.id,
            pen_enrollment_ids=frozenset(
                pen for pen in (team.holder_id, team.deputy_id) if pen is not None
            ),
            shares_drafts_across_authorities=self.cohort.shares_drafts_across_authorities,
            is_open=is_under_way(self.cohort.opened_at, self.cohort.ends_on, self.today),
        )

    @property
    def is_regional(self) -> bool:
        return self.team.organization_id is None

    @property
    def title(self) -> str:
        """What the plan is called."""
        return self.template.title_for(is_regional=self.is_regional)


@dataclass(frozen=True, kw_only=True)
class IssuedPlan:
    """An issued edition, without its files."""

    plan: MunicipalPlan
    issuer: str
    is_latest: bool
    is_shut: bool
    """A text that it was made of has been stopped since, and the reader did not write it."""


def plan_context(
    session: Session, course_of: Callable[[str], Course], team_id: int, today: date,
    identity: Identity | None = None,
) -> PlanContext:
    """Return whose plan it is, for `identity`; NotFound where the course has no plan."""
    row = session.execute(
        select(Team, Cohort, Edition.digest, Organization)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .join(Edition, Edition.id == Cohort.edition_id)
        .outerjoin(Organization, Organization.id == Team.organization_id)
        .where(Team.id == team_id)
    ).one_or_none()
    course = course_of(row.digest) if row else None
    if row is None or course is None or course.plan_template is None:
        raise NotFound
    return PlanContext(
        team=row.Team, cohort=row.Cohort, organization=row.Organization, course=course,
        template=course.plan_template, today=today,
        places=frozenset(one.enrollment_id for one in identity.places) if identity
        else frozenset(),
    )


def issued_plans(
    session: Session, team_id: int, places: Collection[int] = ()
) -> list[IssuedPlan]:
    """Return the editions of a team's plan, the newest first, as somebody with these places may
    read them. Two statements."""
    rows = session.execute(
        select(MunicipalPlan, User.name)
        .join(User, User.id == MunicipalPlan.issued_by)
        .where(MunicipalPlan.team_id == team_id)
        .order_by(MunicipalPlan.number.desc())
    ).all()
    shut = _shut(session, [row.MunicipalPlan for row in rows], places)
    return [
        IssuedPlan(
            plan=row.MunicipalPlan, issuer=row.name, is_latest=place == 0,
            is_shut=row.MunicipalPlan.id in shut,
        )
        for place, row in enumerate(rows)
    ]


def issued_plan(
    session: Session, team_id: int, number: int, *, places: Collection[int]
) -> MunicipalPlan:
    """Return one edition; NotFound when there is none, or when a text that it was made of has
    been stopped and the reader, who has these places, is none of its writers."""
    plan = session.scalars(
        select(MunicipalPlan).where(
            MunicipalPlan.team_id == team_id, MunicipalPlan.number == number
        )
    ).one_or_none()
    if plan is None or plan.id in _shut(session, [plan], places):
        raise NotFound
    return plan


def _shut(
    session: Session, plans: list[MunicipalPlan], places: Collection[int]
) -> set[int]:
    """Ids of the plans of one team that hold a text which has been stopped, as a source, or
    words of it, from wherever they came; but for those who wrote it."""
    if not plans:
        return set()
    stops = stops_in_team(session, plans[0].team_id)
    others = [row for row in stops if not wrote(places, row.members)]
    rounds = {row.round_id for row in others}
    known = passages_of(row.passages for row in stops if row not in others)
    passages = [
        one for one in passages_of(row.passages for row in others) if one not in known
    ]
    return {
        one.id
        for one in plans
        if rounds & {source["round"] for source in one.fields["sources"]}
        or quotes(_parts(one.fields), passages)
    }


def _parts(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Part → what an edition says in it."""
    return {
        part["id"] if "-" in part["id"] else f"{chapter['id']}-{part['id']}": part["value"]
        for chapter in fields.get("chapters", ())
        for part in chapter["parts"]
    }
