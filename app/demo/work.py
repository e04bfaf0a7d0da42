"""What the demonstration's people have handed in, and what the trainers answered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.cast import Work
from app.demo.files import put_beside, put_in
from app.demo.promises import promise
from app.demo.readings import read_by_two
from app.demo.texts import answers, approved, returned
from courses.catalog import Assignment, Course
from courses.models import (
    Cohort,
    Draft,
    Enrollment,
    Organization,
    Review,
    Submission,
    SubmissionRound,
    Team,
    TeamMember,
    User,
)
from courses.rules.calendar import week_days, working_days_after
from courses.rules.reviews import WORKING_DAYS_TO_COMPLETE
from courses.rules.submissions import reference
from courses.services.audit import audit
from courses.services.progress import record_completion, record_team_completion
from courses.vocabulary import Level, Outcome, SubmissionState

STATES = {
    "submitted": SubmissionState.SUBMITTED,
    "in_review": SubmissionState.IN_REVIEW,
    "returned": SubmissionState.RETURNED,
    "resubmitted": SubmissionState.SUBMITTED,
    "rereading": SubmissionState.IN_REVIEW,
    "two_readings": SubmissionState.IN_REVIEW,
    "improved": SubmissionState.APPROVED,
    "approved": SubmissionState.APPROVED,
}
LATELY = {
    "submitted": 2, "in_review": 2, "two_readings": 4, "returned": 14, "resubmitted": 22,
    "rereading": 22,
}
TWICE = ("resubmitted", "rereading", "improved")
"""At least so many days ago the first round was handed in of what somebody has to act on now."""


class Desk:
    """Hands in and answers on behalf of the invented people, at moments of the plan."""

    def __init__(
        self,
        session: Session,
        course: Course,
        cohort: Cohort,
        at: Callable[..., datetime],
        *,
        trainers: list[int],
    ) -> None:
        self.session, self.course, self.cohort, self.at = session, course, cohort, at
        self.now = at(1_000)
        self.trainers = trainers
        self.handed_in = 0

    def individual(self, enrollment: Enrollment, assignment: Assignment, work: Work) -> None:
        """Bring an individual assignment of somebody as far as `work` says."""
        if assignment.assessment == "self":
            if work == "approved":
                record_completion(
                    self.session, enrollment=enrollment, item_id=assignment.id,
                    course=self.course, actor_id=enrollment.user_id,
                    now=self.at(self.course.plan.due.get(assignment.id, 5)),
                )
        elif work:
            self._work(assignment, work, enrollment=enrollment)

    def joint(self, team: Team, assignment: Assignment, work: Work) -> None:
        """Bring a joint assignment of the team as far as `work` says."""
        if work:
            self._work(assignment, work, team=team)

    def _work(
        self,
        assignment: Assignment,
        work: Work,
        *,
        enrollment: Enrollment | None = None,
        team: Team | None = None,
    ) -> None:
        owner = {
            "enrollment_id": enrollment.id if enrollment else None,
            "team_id": team.id if team else None,
        }
        writer = self._writer(enrollment, team)
        if work == "draft":
            self._draft(assignment, owner, writer, self.now - timedelta(days=3), unfinished=True)
            put_beside(self.session, owner, assignment.id, writer.id, self.now - timedelta(days=3))
            return
        self.handed_in += 1
        submission = Submission(
            cohort_id=self.cohort.id, assignment_id=assignment.id, round=0, **owner,
            state=STATES[work],
        )
        self.session.add(submission)
        self.session.flush()
        submitted = self._first_handed_in(assignment, work)
        answered = submitted + timedelta(days=7)
        first = self._hand_in(
            submission, assignment, writer, submitted, enrollment, team,
            lacks_something=work == "returned" or work in TWICE,
        )
        if work == "submitted":
            put_in(self.session, first.id, writer.id, submitted)
        if work in ("returned", "approved", *TWICE):
            outcome = Outcome.APPROVE if work == "approved" else Outcome.RETURN
            self._answer(submission, first, assignment, outcome, answered)
        if work == "returned":
            self._draft(assignment, owner, writer, answered + timedelta(days=2))
        if work in TWICE:
            second = self._hand_in(
                submission, assignment, writer, answered + timedelta(days=13), enrollment, team
            )
        if work == "improved":
            answered += timedelta(days=20)
            self._answer(submission, second, assignment, Outcome.APPROVE, answered)
        if work in ("in_review", "rereading"):
            submission.claimed_by = self.trainers[0]
            submission.claimed_until = self.now + timedelta(minutes=75)
        if work == "two_readings" and team and team.first_reader_id:
            read_by_two(
                self.session, submission, first, assignment, first_id=team.first_reader_id,
                second_id=next(i for i in self.trainers if i != team.first_reader_id),
                now=self.now,
            )
        if work in ("approved", "improved"):
            self._complete(submission, enrollment, team, answered)

    def _first_handed_in(self, assignment: Assignment, work: Work) -> datetime:
        """What is finished follows the plan; the rest is of late, before the cohort ended."""
        if work not in LATELY:
            week = self.course.plan.due.get(assignment.id, 5) - 1
            planned = self.at(week, self.handed_in % 5, 8 + self.handed_in % 8)
            return min(planned, self.now - timedelta(days=12))  # some were ahead of the plan
        lately = self.now - timedelta(days=LATELY[work] + self.handed_in * 5 % 14)
        return min(lately, self.at((self.cohort.ends_on - self.cohort.starts_on).days // 7))

    def _draft(
        self,
        assignment: Assignment,
        owner: dict[str, int | None],
        writer: User,
        at: datetime,
        *,
        unfinished: bool = False,
    ) -> None:
        self.session.add(
            Draft(
                assignment_id=assignment.id, **owner, updated_by=writer.id,
                answers=answers(
                    assignment, self.cohort.starts_on, unfinished=unfinished,
                    returned=not unfinished,
                ),
                updated_at=min(at, self.now),
            )
        )

    def _hand_in(
        self,
        submission: Submission,
        assignment: Assignment,
        writer: User,
        at: datetime,
        enrollment: Enrollment | None,
        team: Team | None,
        *,
        lacks_something: bool = False,
    ) -> SubmissionRound:
        at = min(at, self.now)
        submission.round += 1
        submission.submitted_at = at
        home = team or self.session.get_one(Team, enrollment.home_team_id)
        name = home.name if home.organization_id else None
        row = SubmissionRound(
            submission_id=submission.id, number=submission.round,
            reference=reference(assignment.id, name, submission.id, submission.round),
            answers=answers(
                assignment, self.cohort.starts_on, returned=lacks_something,
                regional=team is not None and team.organization_id is None,
            ),
            members=self._members(team) if team else [],
            edition_digest=self.course.digest, content_digest=assignment.digest,
            attestation=self.course.texts["attestation"], submitted_by=writer.id,
            submitted_at=at,
        )
        self.session.add(row)
        audit(
            self.session, "submission:submit", "submission", submission.id, actor_id=writer.id,
            now=at, round=submission.round,
        )
        self.session.flush()
        promise(
            self.session, self.course, self.cohort, submission, row, now=self.now,
            is_answered=lacks_something,
        )
        return row

    def _answer(
        self,
        submission: Submission,
        row: SubmissionRound,
        assignment: Assignment,
        outcome: Outcome,
        at: datetime,
    ) -> None:
        at = min(at, self.now)
        is_approved = outcome is Outcome.APPROVE
        first = next(c for c in assignment.criteria if not c.is_gate)
        weak, remark, overall = returned(assignment)
        levels = {c.id: Level.APPROVED.value for c in assignment.criteria}
        if not is_approved:
            levels[weak] = Level.REVISE.value
            breaks = week_days(self.cohort.starts_on, self.course.break_weeks)
            submission.due_on = working_days_after(
                at.date(), WORKING_DAYS_TO_COMPLETE, without=breaks
            )
        elif first.excelled:
            levels[first.id] = Level.EXCELLED.value
        self.session.add(
            Review(
                round_id=row.id, reviewer_id=self.trainers[submission.id % 2], outcome=outcome,
                levels=levels, created_at=at,
                due_on=None if is_approved else submission.due_on,
                comments={} if is_approved else {weak: remark},
                overall=approved(assignment) if is_approved else overall,
            )
        )
        audit(
            self.session, "review:send", "submission", submission.id,
            actor_id=self.trainers[submission.id % 2], now=at, outcome=outcome.value,
        )

    def _complete(
        self,
        submission: Submission,
        enrollment: Enrollment | None,
        team: Team | None,
        at: datetime,
    ) -> None:
        common: dict[str, Any] = {
            "item_id": submission.assignment_id, "course": self.course,
            "actor_id": self.trainers[submission.id % 2], "now": min(at, self.now),
        }
        if team:
            record_team_completion(self.session, team_id=team.id, **common)
        elif enrollment:
            record_completion(self.session, enrollment=enrollment, **common)

    def _writer(self, enrollment: Enrollment | None, team: Team | None) -> User:
        if enrollment is None and team is not None:
            enrollment = self.session.get_one(Enrollment, team.holder_id)
        return self.session.get_one(User, enrollment.user_id)

    def _members(self, team: Team) -> list[dict[str, Any]]:
        rows = self.session.execute(
            select(Enrollment.id, User.name, Organization.name)
            .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
            .join(User, User.id == Enrollment.user_id)
            .join(Organization, Organization.id == Enrollment.organization_id)
            .where(TeamMember.team_id == team.id)
            .order_by(Enrollment.id)
        )
        return [{"enrollment_id": i, "name": n, "organization": o} for i, n, o in rows]
