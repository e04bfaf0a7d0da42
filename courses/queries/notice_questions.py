"""Which trainers are told that somebody has asked something."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Cohort, Thread
from courses.queries.notice_people import CohortPeople, Found, readers_of
from courses.vocabulary import NoticeKind


def asked_of(session: Session, cohort: Cohort, people: CohortPeople) -> Iterator[Found]:
    """Yield what waits for a trainer's word: to the team's first reader, else to everybody who
    trains, but never to whoever asked. One statement."""
    for thread in session.scalars(
        select(Thread)
        .where(Thread.cohort_id == cohort.id, Thread.waiting_since.is_not(None))
        .order_by(Thread.waiting_since, Thread.id)
    ):
        first, readers = readers_of(thread, people)
        for reader in [first] if first else readers:
            if thread.waiting_since:
                yield Found(
                    user=reader, kind=NoticeKind.QUESTION, item_id=thread.assignment_id,
                    team_id=thread.team_id,
                    fact=f"question:{thread.id}:{thread.waiting_since.isoformat()}",
                )
