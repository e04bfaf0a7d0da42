"""What an editor sees before publishing: the history, what differs, and whom it concerns."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.catalog import EditionStore, LoadedCourse, Problem, outline, reused_from
from courses.identity import Identity
from courses.models import Cohort, Edition, Enrollment, Publication, User
from courses.permissions import Permission, Scope
from courses.queries.concerned import Consequence, concerned_by
from courses.queries.edition_moves import Move
from courses.rules.edition_changes import EditionChanges, compare
from courses.rules.publishing import default_decision
from courses.vocabulary import Decision, EnrollmentState

CONCERNED = "content:concerned"
"""What the access log says when the names of those concerned have been shown."""


@dataclass(frozen=True)
class Desk:
    """The editors' pages as a whole: coordinators may look, others do not know of them."""

    READ: ClassVar[Permission] = Permission.CONTENT_PREVIEW
    scope: Scope = field(default_factory=Scope)


def desk(_session: Session, _identity: Identity, **_url: object) -> Desk:
    """The loader for the editors' pages."""
    return Desk()


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One time that an edition was published."""

    at: datetime
    by: str | None
    """A name; None: the installation itself or a command."""


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One edition of a course: when it was published and by whom, who reads it."""

    edition_id: int
    number: int
    digest: str
    occasions: tuple[Occasion, ...]
    """The first one first; several when the course went back to it."""
    is_current: bool
    cohorts: tuple[str, ...]
    """Names of the cohorts that read it."""

    @property
    def published_at(self) -> datetime:
        """When it was published last."""
        return self.occasions[-1].at

    @property
    def by(self) -> str | None:
        """Who published it last."""
        return self.occasions[-1].by


@dataclass(frozen=True, kw_only=True)
class History:
    """A course's editions, the newest number first."""

    course_id: str
    seen: int
    """Which publication is in force: hand it to `publish`, which refuses when another editor
    has published since. 0: none yet."""
    lines: tuple[HistoryLine, ...]

    @property
    def current(self) -> HistoryLine | None:
        """The edition that is published now."""
        return next((line for line in self.lines if line.is_current), None)


@dataclass(frozen=True, kw_only=True)
class CohortConsequences:
    """A cohort that reads another edition than the one in question."""

    cohort_id: int
    name: str
    edition_number: int
    """What it reads now."""
    is_open: bool
    has_ended: bool
    participants: int
    default: Decision
    """KEEP; NEW_COHORTS for a cohort that was left on an older edition before."""
    changes: EditionChanges
    """Against the edition that the cohort reads."""
    by_decision: Mapping[Decision, Consequence]
    """The decisions that the cohort can be given; asking again is not for one that has ended."""


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """What publishing `digest` would mean."""

    course_id: str
    digest: str
    seen: int
    """See `History.seen`."""
    changes: EditionChanges | None
    """Against what is published; None when nothing is."""
    is_published: bool
    """It is the published edition already."""
    number: int
    """Which edition it is, or will be."""
    reused: tuple[Problem, ...]
    """Ids that stood for something else in an earlier edition: nothing is published then."""
    cohorts: tuple[CohortConsequences, ...]


def edition_history(session: Session, course_id: str) -> History:
    """Return the editions of a course, in two statements."""
    rows = session.execute(
        select(Publication, Edition, User.name)
        .join(Edition, Edition.id == Publication.edition_id)
        .outerjoin(User, User.id == Publication.published_by)
        .where(Publication.course_id == course_id)
        .order_by(Publication.number)
    ).all()
    readers = defaultdict(list)
    for edition_id, name in session.execute(
        select(Cohort.edition_id, Cohort.name)
        .where(Cohort.course_id == course_id)
        .order_by(Cohort.starts_on, Cohort.id)
    ):
        readers[edition_id].append(name)
    occasions = defaultdict(list)
    for publication, edition, name in rows:
        occasions[edition.id].append(Occasion(at=publication.published_at, by=name))
    editions = {edition.id: edition for _publication, edition, _name in rows}
    return History(
        course_id=course_id,
        seen=rows[-1][0].number if rows else 0,
        lines=tuple(
            HistoryLine(
                edition_id=one.id, number=one.number, digest=one.digest,
                occasions=tuple(occasions[one.id]),
                is_current=one.id == rows[-1][1].id, cohorts=tuple(readers[one.id]),
            )
            for one in sorted(editions.values(), key=lambda one: -one.number)
        ),
    )


def consequences(
    session: Session, store: EditionStore, after: LoadedCourse, *, today: date
) -> Consequences:
    """Return what publishing `after` would mean for every cohort of its course, in three
    statements. Holds names: whoever shows it logs `CONCERNED`."""
    publications = session.execute(
        select(Publication.number, Edition.digest, Edition.number)
        .join(Edition, Edition.id == Publication.edition_id)
        .where(Publication.course_id == after.id)
        .order_by(Publication.number)
    ).all()
    seen, published = publications[-1][:2] if publications else (0, None)
    earlier = {digest: number for _publication, digest, number in publications}
    course = after.course()
    cohorts = _cohorts(session, after)
    moves = {
        cohort.id: Move(cohort, store.get(edition.digest).course(), course, today)
        for cohort, edition, _count in cohorts
    }
    concerned = concerned_by(session, moves)
    return Consequences(
        course_id=after.id,
        digest=after.digest,
        seen=seen,
        changes=compare(outline(store.get(published).course()), outline(course))
        if published else None,
        is_published=published == after.digest,
        number=earlier.get(after.digest, max(earlier.values(), default=0) + 1),
        reused=()
        if after.digest in earlier
        else tuple(reused_from(store.meanings(earlier), course)),
        cohorts=tuple(
            CohortConsequences(
                cohort_id=cohort.id,
                name=cohort.name,
                edition_number=edition.number,
                is_open=cohort.opened_at is not None,
                has_ended=moves[cohort.id].has_ended,
                participants=count,
                default=default_decision(reads_published=published in (None, edition.digest)),
                changes=moves[cohort.id].changes,
                by_decision=concerned[cohort.id],
            )
            for cohort, edition, count in cohorts
        ),
    )


def _cohorts(session: Session, after: LoadedCourse) -> list[tuple[Cohort, Edition, int]]:
    """Return the cohorts that read another edition, with how many take part."""
    count = (
        select(func.count())
        .where(
            Enrollment.cohort_id == Cohort.id, Enrollment.state != EnrollmentState.ENDED
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Cohort, Edition, count)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.course_id == after.id, Edition.digest != after.digest)
        .order_by(Cohort.starts_on, Cohort.id)
    )
    return [(cohort, edition, number) for cohort, edition, number in rows]
