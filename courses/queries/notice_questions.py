"""Which trainers are told that somebody has asked something."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Cohort, Thread
from courses.queries.notice_people import CohortPeople, Found
from courses.vocabulary import NoticeKind


def asked_of(session: Session, cohort: Cohort, people: CohortPeople) -> Iterator[Found]:
    """Yield what waits for a trainer's word: to the team's first reader, else to everybody who
    trains, but never to whoever asked. One statement."""
    for thread in session.scalars(
        select(Thread)
        .where(Thread.cohort_id == cohort.id, Thread.waiting_since.is_not(None))
        .order_by(Thread.waiting_since, Thread.id)
    ):
        author = people.participants.get(thread.enrollment_id or 0)
        team = people.teams.get((author[0].home_team_id if author else thread.team_id) or 0)
        first = people.trainers.get(team.first_reader_id or 0) if team else None
        members = people.members.get(thread.team_id or 0, ())
        askers = {people.participants[one][1].id for one in members}
        askers |= {author[1].id} if author else set()
        for reader in [first] if first else people.trainers.values():
            if reader.id not in askers and thread.waiting_since:
                yield Found(
                    user=reader, kind=NoticeKind.QUESTION, item_id=thread.assignment_id,
                    team_id=thread.team_id,
                    fact=f"question:{thread.id}:{thread.waiting_since.isoformat()}",
                )
