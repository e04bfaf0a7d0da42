"""What a page about one assignment of one person or team knows, and what follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from courses.catalog import Assignment, Course, Module
from courses.models import Cohort, Enrollment, Submission, Team
from courses.permissions import Permission, Scope
from courses.rules.masking import UNMASKED, Mask
from courses.rules.opening import is_open, is_under_way
from courses.rules.submissions import Move, WorkStatus, may, work_status
from courses.vocabulary import SubmissionState


@dataclass(frozen=True, kw_only=True)
class DraftMark:
    """That there is a draft. Its text is asked for by those who may read it."""

    version: int
    updated_at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class LaterDate:
    """A date that somebody gave, who and why."""

    day: date
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WorkContext:
    """An assignment as it concerns the one who asks. Holds no text of the draft."""

    READ: ClassVar[Permission] = Permission.WORK_READ

    course: Course
    module: Module
    assignment: Assignment
    cohort: Cohort
    enrollment: Enrollment
    """The place of the one who asks."""
    team: Team | None
    """Whose joint work it is; for one's own work the home team."""
    is_joint_work: bool
    is_regional: bool
    opens_on: date | None
    cohort_due_on: date | None
    submission: Submission | None
    draft: DraftMark | None
    done_at: datetime | None
    """When the one who asks finished it."""
    earlier: Assignment | None
    """The joint assignment that must be handed in first, while it is not."""
    today: date
    extension: LaterDate | None = None
    """The last one given, whether or not it still holds."""
    has_news: bool = False
    """A trainer has written what the one who asks has not said to have read."""
    mask: Mask = UNMASKED
    """Over what was stopped in the team's texts and the one who asks did not write."""
    is_gone: bool = False
    """The cohort's edition no longer has it; `course` is an earlier one."""

    @property
    def owner(self) -> Enrollment | Team:
        return self.team if self.is_joint_work and self.team else self.enrollment

    @property
    def is_former(self) -> bool:
        """Whether the one who asks has left the team."""
        return False

    def shows(self, _members: Iterable[Mapping[str, Any]]) -> bool:
        """Whether the one who asks may read a round that had these members."""
        return True

    @property
    def scope(self) -> Scope:
        team = self.team if self.is_joint_work else None
        return Scope(
            cohort_id=self.cohort.id,
            organization_id=(team or self.enrollment).organization_id,
            enrollment_id=None if team else self.enrollment.id,
            team_id=team.id if team else None,
            pen_enrollment_ids=frozenset(
                pen for pen in (team.holder_id, team.deputy_id) if pen is not None
            )
            if team
            else frozenset(),
            shares_drafts_across_authorities=self.cohort.shares_drafts_across_authorities,
            is_open=is_under_way(self.cohort.opened_at, self.cohort.ends_on, self.today),
        )

    @property
    def text_kind(self) -> str:
        """What kind of text it is to those who may read it."""
        kind = "joint" if self.is_joint_work and self.team else "own"
        return kind if self.assignment.is_handed_in else f"{kind} notes"

    @property
    def address(self) -> dict[str, str | int | None]:
        """What its URLs hold."""
        return {
            "assignment_slug": self.assignment.slug,
            "team_id": self.team.id if self.is_joint_work and self.team else None,
        }

    @property
    def state(self) -> SubmissionState | None:
        return self.submission.state if self.submission else None

    @property
    def due_on(self) -> date | None:
        own = self.submission.due_on if self.submission else None
        return own or self.cohort_due_on

    @property
    def extended(self) -> LaterDate | None:
        """The later date, while it is the one that holds."""
        later = self.extension
        return later if later and later.day == self.due_on and self.status.is_open else None

    @property
    def status(self) -> WorkStatus:
        return work_status(
            self.state, has_draft=self.draft is not None, due_on=self.due_on, today=self.today
        )

    @property
    def is_open(self) -> bool:
        """Whether the module has opened."""
        return is_open(self.opens_on, self.today)

    @property
    def can_write(self) -> bool:
        """Whether its state lets it be written; who may is the policy's matter. What is no more
        can be completed when it has been handed in, and else only read."""
        is_asked_for = not self.is_gone or (self.submission and self.submission.round > 0)
        return bool(is_asked_for) and self.is_open and may(self.state, Move.WRITE)

    @property
    def version(self) -> int:
        """The draft's version, 0 before the first."""
        return self.draft.version if self.draft else 0


class FormerMembersContext(WorkContext):
    """Joint work as it concerns somebody who has left the team: the rounds with them in it."""

    READ: ClassVar[Permission] = Permission.SUBMISSION_READ

    @property
    def is_former(self) -> bool:
        return True

    def shows(self, members: Iterable[Mapping[str, Any]]) -> bool:
        return any(one["enrollment_id"] == self.enrollment.id for one in members)
