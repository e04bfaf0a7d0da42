"""Puts the invented people, their teams and what they have done into an empty database."""

import hmac
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import passwords
from app.demo import cast
from app.demo.cast import Person
from app.demo.work import Desk
from courses.catalog import Course
from courses.models import (
    Cohort,
    CohortDeadline,
    CohortMeeting,
    CohortModule,
    Edition,
    Enrollment,
    Organization,
    RoleAssignment,
    Team,
    TeamMember,
    User,
)
from courses.services.invitations import invite
from courses.services.progress import derive, record_completion
from courses.vocabulary import Language, Role, Sector

NAME = "Demonstration"
WEEKS_IN = 7
"""The demonstration stands in this week of its plan, whatever the day it is loaded."""


def password_for(secret: str, email: str) -> str:
    """Return the account's password: it differs between installations and stays within one."""
    return hmac.new(secret.encode(), f"demo:{email}".encode(), "sha256").hexdigest()[:16]


class Demonstration:
    """Builds the demonstration in one transaction; `now` is the day it is loaded."""

    def __init__(self, session: Session, course: Course, *, secret: str, now: datetime) -> None:
        self.session, self.course, self.secret, self.now = session, course, secret, now
        monday = now.date() - timedelta(days=now.date().weekday())
        self.first_monday = monday - timedelta(weeks=WEEKS_IN - 1)
        self.users: dict[str, User] = {}
        self.enrollments: dict[str, Enrollment] = {}
        self.teams: dict[str, Team] = {}

    def build(self) -> None:
        """Add everything; the caller commits."""
        self.organizations = {
            name: self._add(Organization(name=name, kind=kind, scb_code=code))
            for name, (kind, code) in cast.ORGANIZATIONS.items()
        }
        self.cohort = self._cohort()
        self._staff()
        self._teams_and_people()
        derive(self.session, list(self.enrollments.values()), self.course)
        desk = Desk(
            self.session, self.course, self.cohort, self.at, today=self.now.date(),
            trainers=[self.users[name].id for name in cast.TRAINERS],
        )
        for name, work in cast.JOINT.items():
            desk.joint(self.teams[name], work)
        for person in cast.PEOPLE:
            self._study(person)
            if not person.invited_only:
                desk.individual(self.enrollments[person.name], person.u1, person.u2)

    def certificates_to_issue(self) -> list[dict[str, Any]]:
        """Return what the worker is told for each person who shall have a certificate."""
        by = self.users[cast.COUNTY_COORDINATOR].id
        return [
            {"enrollment_id": self.enrollments[person.name].id, "by": by, "replaces": None}
            for person in cast.PEOPLE
            if person.certificate == "issued"
        ]

    def at(self, week: int, weekday: int = 1, hour: int = 9) -> datetime:
        """Return a moment in the plan's week, never later than an hour ago."""
        day = self.first_monday + timedelta(weeks=week - 1, days=weekday)
        moment = datetime.combine(day, time(hour), UTC)
        return min(moment, self.now - timedelta(hours=1))

    def _cohort(self) -> Cohort:
        edition = self.session.scalars(
            select(Edition).where(Edition.digest == self.course.digest)
        ).one()
        cohort = self._add(
            Cohort(
                course_id=self.course.id, edition_id=edition.id, name=NAME,
                starts_on=self.first_monday, ends_on=self.first_monday + timedelta(weeks=53),
                opened_at=self.at(0), shares_drafts_across_authorities=False,
                requirement_set=[
                    {"id": r.id, "kind": r.kind, "items": list(r.items), "count": r.count}
                    for r in self.course.requirements
                ],
            )
        )
        plan = self.course.plan
        for module_id, week in plan.opens.items():
            self.session.add(
                CohortModule(cohort_id=cohort.id, module_id=module_id, opens_on=self._day(week, 0))
            )
        for item_id, week in plan.due.items():
            self.session.add(
                CohortDeadline(cohort_id=cohort.id, item_id=item_id, due_on=self._day(week, 4))
            )
        for meeting in self.course.meetings:
            first = self._day(meeting.week, 2)
            last = first + timedelta(days=max(meeting.half_days // 2 - 1, 0))
            self.session.add(
                CohortMeeting(
                    cohort_id=cohort.id, meeting_id=meeting.id, place=meeting.place,
                    starts_at=datetime.combine(first, time(8), UTC),
                    ends_at=datetime.combine(last, time(15), UTC),
                )
            )
        return cohort

    def _day(self, week: int, weekday: int) -> date:
        return self.first_monday + timedelta(weeks=week - 1, days=weekday)

    def _staff(self) -> None:
        town, municipality = cast.MUNICIPAL_COORDINATOR[1], Role.COORDINATOR
        for name in cast.TRAINERS:
            self._role(name, Role.TRAINER, cohort_id=self.cohort.id)
        self._role(cast.COUNTY_COORDINATOR, Role.COORDINATOR)
        self._role(
            cast.MUNICIPAL_COORDINATOR[0], municipality, cohort_id=self.cohort.id,
            organization_id=self.organizations[town].id,
        )
        self._role(cast.ADMINISTRATOR, Role.ADMINISTRATOR)
        self._role(cast.EDITOR, Role.EDITOR)

    def _role(self, name: str, role: Role, **scope: Any) -> None:
        user = self._user(name, None, None)
        self.session.add(
            RoleAssignment(user_id=user.id, role=role, granted_at=self.at(0), **scope)
        )

    def _user(self, name: str, organization_id: int | None, sector: Sector | None) -> User:
        email = cast.address(name)
        self.users[name] = self._add(
            User(
                name=name, email=email, language=Language.SWEDISH, sector=sector,
                organization_id=organization_id, created_at=self.at(0), activated_at=self.at(1),
                password_hash=passwords.hash_password(password_for(self.secret, email)),
            )
        )
        return self.users[name]

    def _teams_and_people(self) -> None:
        for n, name in enumerate(cast.JOINT):
            town = self.organizations.get(name)
            self.teams[name] = self._add(
                Team(
                    cohort_id=self.cohort.id, name=name,
                    organization_id=town.id if town else None,
                    first_reader_id=self.users[cast.TRAINERS[n % len(cast.TRAINERS)]].id,
                )
            )
        for person in cast.PEOPLE:
            self._enroll(person)
        self.session.flush()  # the teams' holders exist by now

    def _enroll(self, person: Person) -> None:
        organization = self.organizations[person.organization]
        user = self._user(person.name, organization.id, person.sector)
        if person.invited_only:
            user.activated_at = user.password_hash = None
            self.session.flush()  # inviting reads the person anew
            invite(self.session, user, self.users[cast.COUNTY_COORDINATOR].id, self.at(60))
        team = self.teams[person.team]
        enrollment = self._add(
            Enrollment(
                user_id=user.id, cohort_id=self.cohort.id, organization_id=organization.id,
                sector=person.sector, home_team_id=team.id, created_at=self.at(0),
            )
        )
        self.enrollments[person.name] = enrollment
        for name in filter(None, (person.team, person.also_in)):
            self.session.add(
                TeamMember(
                    team_id=self.teams[name].id, enrollment_id=enrollment.id,
                    joined_on=self.at(0).date(),
                )
            )
        if person.holds_pen:
            team.holder_id = enrollment.id

    def _study(self, person: Person) -> None:
        """Mark the first lessons and checks as done, a few each week."""
        checks = self.course.checks[: person.checks]
        lessons = self.course.lessons[: person.lessons]
        for n, item in enumerate((*lessons, *checks)):
            record_completion(
                self.session, enrollment=self.enrollments[person.name], item_id=item.id,
                course=self.course, actor_id=self.users[person.name].id,
                now=self.at(1 + n // 2, weekday=n % 5),
            )

    def _add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row
