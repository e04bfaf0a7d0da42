"""Whose assignment a trainer may put down as presented orally, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Cohort, Edition, Enrollment, Submission, User
from courses.permissions import Permission, Scope
from courses.rules.alphabet import alphabetical
from courses.rules.submissions import Move, may
from courses.vocabulary import EnrollmentState, SubmissionState


@dataclass(frozen=True, kw_only=True)
class PresentationContext:
    """One assignment of one participant, for the trainers of the cohort."""

    READ: ClassVar[Permission] = Permission.REVIEW_WRITE
    enrollment: Enrollment
    user: User
    cohort: Cohort
    digest: str
    assignment_id: str
    submission: Submission | None

    @property
    def scope(self) -> Scope:
        return Scope(cohort_id=self.cohort.id, enrollment_id=self.enrollment.id)

    @property
    def is_possible(self) -> bool:
        """Whether nothing waits, is done or is stopped already."""
        state = self.submission.state if self.submission else None
        return may(state, Move.SUBMIT) and state is not SubmissionState.ON_HOLD


@dataclass(frozen=True, kw_only=True)
class Choosable:
    """A participant in the list to choose from."""

    enrollment_id: int
    cohort_id: int
    name: str


def load_presentation(
    session: Session, _identity: Identity, enrollment_id: int, assignment_id: str
) -> PresentationContext:
    """Return what a presentation is about; NotFound when there is no such participant."""
    row = session.execute(
        select(Enrollment, User, Cohort, Edition.digest, Submission)
        .join(User, User.id == Enrollment.user_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(Edition, Edition.id == Cohort.edition_id)
        .outerjoin(
            Submission,
            (Submission.enrollment_id == Enrollment.id)
            & (Submission.assignment_id == assignment_id),
        )
        .where(Enrollment.id == enrollment_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    enrollment, user, cohort, digest, submission = row
    return PresentationContext(
        enrollment=enrollment, user=user, cohort=cohort, digest=digest,
        assignment_id=assignment_id, submission=submission,
    )


def who_may_present(session: Session, identity: Identity) -> Sequence[Choosable]:
    """Return the participants whom `identity` trains, in Swedish alphabetical order."""
    own = [place.enrollment_id for place in identity.places]
    rows = session.execute(
        select(Enrollment.id, Enrollment.cohort_id, User.name)
        .join(User, User.id == Enrollment.user_id)
        .where(
            Enrollment.cohort_id.in_(identity.trains), Enrollment.id.not_in(own),
            Enrollment.state != EnrollmentState.ENDED,
        )
    )
    found = [Choosable(enrollment_id=i, cohort_id=c, name=name) for i, c, name in rows]
    return sorted(found, key=lambda one: (alphabetical(one.name), one.enrollment_id))
