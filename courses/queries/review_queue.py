"""What waits for a trainer, in the cohorts that they train: the list at `/granska`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.identity import Identity
from courses.models import Cohort, CohortDeadline, Edition
from courses.permissions import Permission, Scope
from courses.queries.queue_narrowing import Narrowing
from courses.queries.queue_rows import QueueRow, queue_rows
from courses.queries.queue_tabs import Tab, tab_counts


@dataclass(frozen=True)
class OwnQueue:
    """The list of whoever trains somebody; nobody else knows that there is one."""

    READ: ClassVar[Permission] = Permission.QUEUE_READ

    @property
    def scope(self) -> Scope:
        return Scope()


@dataclass(frozen=True, kw_only=True)
class ReviewQueue:
    counts: Mapping[Tab, int]
    rows: Sequence[QueueRow]
    next_page: str | None
    """Where the next page begins; None on the last."""
    next_due: date | None
    """The next last day to hand in; asked for only when nothing waits."""
    questions: int
    """In how many threads something waits for a trainer."""


def load_queue(_session: Session, _identity: Identity) -> OwnQueue:
    """Return what the guard of the list asks about."""
    return OwnQueue()


def trained_cohorts(session: Session, identity: Identity) -> dict[int, tuple[str, str, date]]:
    """Return the cohorts that `identity` trains → name, digest of the edition, first day."""
    rows = session.execute(
        select(Cohort.id, Cohort.name, Edition.digest, Cohort.starts_on)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.id.in_(identity.trains))
        .order_by(Cohort.starts_on.desc(), Cohort.id)
    )
    return {i: (name, digest, starts_on) for i, name, digest, starts_on in rows}


def review_queue(
    session: Session,
    identity: Identity,
    tab: Tab,
    narrowing: Narrowing,
    *,
    after: str | None,
    now: datetime,
    today: date,
) -> ReviewQueue:
    """Return one page of what lies in `tab`: what waits in the order in which it is answered,
    what is done last first."""
    counts, waiting = tab_counts(session, identity, narrowing, now)
    rows, next_page = queue_rows(session, identity, narrowing, tab, after=after, now=now)
    next_due = None
    if tab is Tab.WAITING and not rows:
        next_due = session.scalar(
            select(func.min(CohortDeadline.due_on)).where(
                CohortDeadline.cohort_id.in_(identity.trains), CohortDeadline.due_on >= today
            )
        )
    return ReviewQueue(
        counts=counts, rows=rows, next_due=next_due, next_page=next_page, questions=waiting
    )
