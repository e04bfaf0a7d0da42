"""Teams, employers, opening days and late joint work of a cohort, read in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Date, Integer, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import CohortModule, Organization, Submission, Team
from courses.queries.lateness import late_teams
from courses.queries.matrix import Place
from courses.vocabulary import SubmissionState

WAITING_LONG = timedelta(days=14)


@dataclass
class Facts:
    """What there is one of for each team, organization and module."""

    places: list[Place] = field(default_factory=list)
    employers: dict[int, str] = field(default_factory=dict)
    opens: dict[str, date] = field(default_factory=dict)
    late_teams: list[tuple[int, str]] = field(default_factory=list)
    waiting: int = 0


def overview_facts(
    session: Session, cohort_id: int, course: Course, own: Iterable[int], now: datetime,
    today: date,
) -> Facts:
    """Return a cohort's teams, dates and late joint work, in one statement."""
    no_id, no_text, no_day = (cast(null(), t) for t in (Integer, String, Date))
    late = late_teams(cohort_id, course, today, Team.id.label("team_id")).subquery()
    statement = union_all(
        select(
            literal("team").label("kind"), Team.id.label("id"), Team.name.label("name"),
            Team.organization_id.label("organization_id"),
            Organization.name.label("organization"), no_day.label("day"),
        )
        .outerjoin(Organization, Organization.id == Team.organization_id)
        .where(Team.cohort_id == cohort_id),
        select(
            literal("employer"), no_id, no_text, Organization.id, Organization.name, no_day
        ).where(Organization.id.in_(own)),
        select(
            literal("opens"), no_id, CohortModule.module_id, no_id, no_text,
            CohortModule.opens_on,
        ).where(CohortModule.cohort_id == cohort_id),
        select(literal("late"), late.c.team_id, late.c.item_id, no_id, no_text, no_day),
        select(
            literal("waiting"), func.count(Submission.id), no_text, no_id, no_text, no_day
        ).where(
            Submission.cohort_id == cohort_id,
            Submission.state.in_((SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW)),
            Submission.submitted_at < now - WAITING_LONG,
        ),
    )
    facts = Facts()
    for kind, id_, name, organization_id, organization, day in session.execute(statement):
        if kind == "team":
            facts.places.append(
                Place(
                    team_id=id_, name=name, organization_id=organization_id,
                    organization=organization,
                )
            )
        elif kind == "employer":
            facts.employers[organization_id] = organization
        elif kind == "opens":
            facts.opens[name] = day
        elif kind == "late":
            facts.late_teams.append((id_, name))
        else:
            facts.waiting = id_
    return facts
