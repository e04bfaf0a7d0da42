"""Puts the invented people, their teams and what they have done into an empty database."""

import hmac
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.demo import cast
from app.demo.beside import add_what_lies_beside
from app.demo.cast import Person
from app.demo.own import add_reflections, add_surveys
from app.demo.plans import add_plan
from app.demo.secrecy import add_stop, add_undertakings
from app.demo.talking import add_talk
from app.demo.team_words import say_in_the_teams
from app.demo.together import ASSIGNMENT, TEAM, write_together
from app.demo.work import Desk
from app.login import passwords
from courses.catalog import Assignment, Course, Lesson
from courses.models import (
    AccessEvent,
    Cohort,
    Enrollment,
    LessonPlace,
    Organization,
    RoleAssignment,
    SecondReader,
    Team,
    TeamMember,
    User,
)
from courses.services.cohorts import create_cohort
from courses.services.invitations import invite
from courses.services.progress import derive, record_completion
from courses.services.protection import protect
from courses.vocabulary import Language, Role, Sector

NAME = cast.DELIVERIES[0].name


def password_for(secret: str, email: str) -> str:
    """Return the account's password: it differs between installations and stays within one."""
    return hmac.new(secret.encode(), f"demo:{email}".encode(), "sha256").hexdigest()[:16]


class Demonstration:
    """Builds the demonstration in one transaction; `now` is the day it is loaded."""

    def __init__(self, session: Session, course: Course, *, secret: str, now: datetime) -> None:
        self.session, self.course, self.secret, self.now = session, course, secret, now
        self.first_monday = self._first_monday(max(one.week for one in cast.DELIVERIES))
        self.users: dict[str, User] = {}
        self.enrollments: dict[str, Enrollment] = {}

    def build(self) -> None:
        """Add everything; the caller commits."""
        self.organizations = {
            name: self._add(Organization(name=name, kind=kind, scb_code=code))
            for name, (kind, code) in cast.ORGANIZATIONS.items()
        }
        for name in cast.TRAINERS:
            self._user(name, None, None)
        self._role(cast.COUNTY_COORDINATOR, Role.COORDINATOR)
        self._role(cast.ADMINISTRATOR, Role.ADMINISTRATOR)
        self._role(cast.EDITOR, Role.EDITOR)
        self._role(cast.SECRECY_OFFICER, Role.SECRECY_OFFICER)
        add_undertakings(
            self.session, [self.users[name].id for name in cast.TRAINERS], self.at(0)
        )
        for delivery in cast.DELIVERIES:
            self._deliver(delivery)
            if cast.PARTICIPANT in {person.name for person in delivery.people}:
                add_reflections(
                    self.session, self.course, self.users[cast.PARTICIPANT], self.at
                )
        add_stop(
            self.session, self.course, self.enrollments[cast.STOPPED],
            by=self.users[cast.TRAINERS[0]].id, now=self.now,
        )
        for weeks, name in ((1, cast.COUNTY_COORDINATOR), (3, cast.TRAINERS[0])):
            self._add(
                AccessEvent(
                    at=self.now - timedelta(weeks=weeks), actor_id=self.users[name].id,
                    subject_id=self.users[cast.PARTICIPANT].id, what="participant",
                )
            )

    def _deliver(self, delivery: cast.Delivery) -> None:
        self.first_monday = self._first_monday(delivery.week)
        self.cohort = self._cohort(delivery.name)
        self._staff()
        self.teams = {name: self._team(n, name) for n, name in enumerate(delivery.joint)}
        for person in delivery.people:
            self._enroll(person)
        self.session.flush()  # the teams' holders exist by now
        enrolled = [self.enrollments[person.name] for person in delivery.people]
        derive(self.session, enrolled, self.course)
        desk = Desk(
            self.session, self.course, self.cohort, self.at,
            trainers=[self.users[name].id for name in cast.TRAINERS],
        )
        for name, works in delivery.joint.items():
            for assignment in self.course.assignments:
                if assignment.is_joint:
                    desk.joint(self.teams[name], assignment, works.get(assignment.id, ""))
        team = self.teams.get(TEAM)
        if team and delivery.joint[TEAM].get(ASSIGNMENT) == "returned":
            write_together(
                self.session, self.course, team, self.course.items[ASSIGNMENT],
                self.enrollments, self.now,
            )
        for person in delivery.people:
            self._study(person)
            add_what_lies_beside(
                self.session, self.course, delivery, person, self.enrollments[person.name],
                self.at, noted_by=self.users[cast.TRAINERS[0]].id,
            )
            for assignment in self.course.assignments:
                if not assignment.is_joint:
                    desk.individual(
                        self.enrollments[person.name], assignment, self._work(person, assignment)
                    )

        for name, works in delivery.joint.items():
            holder = next((p for p in delivery.people if p.team == name and p.holds_pen), None)
            if holder and works.get("GU8") == "approved":
                add_plan(
                    self.session, self.course, self.teams[name], self.enrollments[holder.name],
                    self.at,
                )
        if cast.PARTICIPANT in self.enrollments and delivery is cast.DELIVERIES[0]:
            self.session.flush()
            add_talk(
                self.session, self.course, self.cohort, self.enrollments,
                [self.users[name].id for name in cast.TRAINERS], self.now,
            )
        if team and delivery.joint[TEAM].get(ASSIGNMENT) == "returned":
            say_in_the_teams(
                self.session, self.course, self.cohort, self.teams, self.enrollments, self.now
            )
        add_surveys(self.session, self.course, delivery, self.enrollments, self.at)

    def _work(self, person: Person, assignment: Assignment) -> cast.Work:
        done = [a.id for module in self.course.modules[: person.modules]
                for a in module.assignments]
        return person.works.get(assignment.id, "approved" if assignment.id in done else "")

    def _first_monday(self, week: int) -> date:
        """Return the Monday that a cohort began on which is in its week `week` now."""
        monday = self.now.date() - timedelta(days=self.now.date().weekday())
        return monday - timedelta(weeks=week - 1)

    def certificates_to_issue(self) -> list[dict[str, Any]]:
        """Return what the worker is told for each person who shall have a certificate."""
        by = self.users[cast.COUNTY_COORDINATOR].id
        return [
            {"enrollment_id": self.enrollments[person.name].id, "by": by, "replaces": None}
            for delivery in cast.DELIVERIES
            for person in delivery.people
            if person.has_certificate
        ]

    def at(self, week: int, weekday: int = 1, hour: int = 9) -> datetime:
        """Return a moment in the plan's week, never later than an hour ago."""
        day = self.first_monday + timedelta(weeks=week - 1, days=weekday)
        moment = datetime.combine(day, time(hour), UTC)
        return min(moment, self.now - timedelta(hours=1))

    def _cohort(self, name: str) -> Cohort:
        cohort = create_cohort(
            self.session, self.course, name=name, first_monday=self.first_monday,
            shares_drafts=False, issues_automatically=False,
            actor_id=self.users[cast.COUNTY_COORDINATOR].id, now=self.at(0),
        )
        cohort.opened_at = self.at(0)
        return cohort

    def _staff(self) -> None:
        name, town = cast.MUNICIPAL_COORDINATOR
        for trainer in cast.TRAINERS:
            self._role(trainer, Role.TRAINER, cohort_id=self.cohort.id)
        self._role(
            name, Role.COORDINATOR, cohort_id=self.cohort.id,
            organization_id=self.organizations[town].id,
        )

    def _role(self, name: str, role: Role, **scope: Any) -> None:
        user = self.users.get(name) or self._user(name, None, None)
        self.session.add(
            RoleAssignment(user_id=user.id, role=role, granted_at=user.created_at, **scope)
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

    def _team(self, number: int, name: str) -> Team:
        town = self.organizations.get(name)
        first, second = (
            self.users[cast.TRAINERS[(number + turn) % len(cast.TRAINERS)]].id for turn in (0, 1)
        )
        team = self._add(
            Team(
                cohort_id=self.cohort.id, name=name, organization_id=town.id if town else None,
                first_reader_id=first,
            )
        )
        self._add(
            SecondReader(
                team_id=team.id, reader_id=second,
                named_by=self.users[cast.COUNTY_COORDINATOR].id, named_at=self.at(0),
            )
        )
        return team

    def _enroll(self, person: Person) -> None:
        organization = self.organizations[person.organization]
        user = self._user(person.name, organization.id, person.sector)
        if person.invited_only:
            user.activated_at = user.password_hash = None
            self.session.flush()  # inviting reads the person anew
            invite(
                self.session, user, self.users[cast.COUNTY_COORDINATOR].id,
                self.now - timedelta(hours=1),
            )
        team = self.teams[person.team]
        enrollment = self._add(
            Enrollment(
                user_id=user.id, cohort_id=self.cohort.id, organization_id=organization.id,
                sector=person.sector, home_team_id=team.id, created_at=self.at(0),
            )
        )
        self.enrollments[person.name] = enrollment
        if person.is_protected:
            protect(
                self.session, user, organization_id=organization.id,
                actor_id=self.users[cast.COUNTY_COORDINATOR].id, now=self.at(1),
            )
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
        """Mark lessons and checks as done, a few each week from the day that they open."""
        whole = self.course.modules[: person.modules]
        rest = self.course.modules[person.modules :]
        lessons = [lesson for module in rest for lesson in module.lessons][: person.lessons]
        checks = [module.check for module in rest if module.check][: person.checks]
        done = [item for module in whole for item in (*module.lessons, module.check) if item]
        for n, item in enumerate((*done, *lessons, *checks)):
            week = self.course.plan.opens.get(self.course.module_of(item.id).id, 1)
            record_completion(
                self.session, enrollment=self.enrollments[person.name], item_id=item.id,
                course=self.course, actor_id=self.users[person.name].id,
                now=self.at(week + n % 3, weekday=n % 5),
            )

        if person.name == cast.PARTICIPANT:
            self._begin(person, [one for module in rest for one in module.lessons], lessons)

    def _begin(self, person: Person, order: Sequence[Lesson], done: Sequence[Lesson]) -> None:
        """Let somebody be in the middle of the lesson after those that are done."""
        following = next((one for one in order if one not in done and one.parts), None)
        if following:
            self._add(
                LessonPlace(
                    enrollment_id=self.enrollments[person.name].id, lesson_id=following.id,
                    part=following.parts[len(following.parts) // 2].anchor,
                    at=self.now - timedelta(days=2),
                )
            )

    def _add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row
