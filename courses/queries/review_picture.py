"""How a round of hand-ins came out, criterion by criterion, without anybody's name."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Cohort, Edition, Review, Submission, SubmissionRound, not_sealed
from courses.permissions import Permission, Scope
from courses.rules.small_cells import SMALL_CELL_MIN
from courses.vocabulary import Outcome


@dataclass(frozen=True, kw_only=True)
class PictureContext:
    """An assignment of a cohort, for those who train it."""

    READ: ClassVar[Permission] = Permission.REVIEW_WRITE

    cohort: Cohort
    edition_digest: str
    assignment_id: str

    @property
    def scope(self) -> Scope:
        return Scope(cohort_id=self.cohort.id)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What the latest answers said; of fewer than five nothing is said."""

    answered: int | None
    """None: fewer than five."""
    levels: Mapping[str, Mapping[str, int]]
    """Criterion id → level → how many."""
    outcomes: Mapping[Outcome, int]
    other_wordings: int
    """How many of them answered the assignment in another wording than that of now."""


def load_picture(
    session: Session, _identity: Identity, cohort_id: int, assignment_id: str
) -> PictureContext:
    """Return what the picture is about, or raise NotFound: there is no such cohort."""
    row = session.execute(
        select(Cohort, Edition.digest)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.id == cohort_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return PictureContext(cohort=row[0], edition_digest=row[1], assignment_id=assignment_id)


def review_picture(session: Session, context: PictureContext, wording: str) -> Picture:
    """Return the picture, in one statement. `wording` is the digest of the assignment as it
    reads now. A correction counts instead of what it corrects, a later round instead of an
    earlier one; what was answered about a text that is stopped does not count."""
    rows = session.execute(
        select(
            Submission.id, Review.levels, Review.outcome, SubmissionRound.content_digest
        )
        .join(SubmissionRound, SubmissionRound.submission_id == Submission.id)
        .join(Review, Review.round_id == SubmissionRound.id)
        .where(
            Submission.cohort_id == context.cohort.id,
            Submission.assignment_id == context.assignment_id,
            not_sealed(),
        )
        .order_by(SubmissionRound.number, Review.id)
    )
    latest = {key: (levels, outcome, digest) for key, levels, outcome, digest in rows}
    if len(latest) < SMALL_CELL_MIN:
        return Picture(answered=None, levels={}, outcomes={}, other_wordings=0)
    counts: dict[str, Counter[str]] = {}
    for levels, _outcome, _digest in latest.values():
        for criterion, level in levels.items():
            counts.setdefault(criterion, Counter())[level] += 1
    return Picture(
        answered=len(latest), levels=counts,
        outcomes=Counter(outcome for _levels, outcome, _digest in latest.values()),
        other_wordings=sum(digest != wording for _levels, _outcome, digest in latest.values()),
    )
