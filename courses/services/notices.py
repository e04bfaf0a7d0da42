"""Facts become notices, and a day's notices one mail a person. Nobody is told twice."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from courses.models import Notice, NoticeChoice, OutboxMail
from courses.rules.notices import DIGEST, Candidate, digest_key
from courses.services.outbox import enqueue_job
from courses.vocabulary import Language, NoticeKind, NoticeTopic

JOB = "notices:digests"


def notify(
    session: Session,
    user_ids: Iterable[int],
    kind: NoticeKind,
    fact: str,
    *,
    cohort_id: int,
    now: datetime,
    item_id: str | None = None,
    team_id: int | None = None,
    day: date | None = None,
) -> None:
    """Let these people read of `fact` in their next digest, unless they have already."""
    rows = [
        {
            "user_id": user_id, "fact": fact, "kind": kind, "cohort_id": cohort_id,
            "item_id": item_id, "team_id": team_id, "day": day, "created_at": now,
        }
        for user_id in sorted(set(user_ids))
    ]
    if rows:
        session.execute(_insert(session, Notice).values(rows).on_conflict_do_nothing())


def take_back(session: Session, facts: Iterable[str]) -> None:
    """Let nobody be told these facts who has not been: they are so no more."""
    session.execute(
        delete(Notice)
        .where(Notice.fact.in_(list(facts)), Notice.settled_at.is_(None))
        .execution_options(synchronize_session=False)
    )


def ask_for_digests(session: Session, day: date, *, now: datetime) -> None:
    """Ask the workers for the digests of `day`, once however many ask."""
    enqueue_job(session, JOB, dedupe_key=f"{JOB}:{day}", now=now)


def write_digest(
    session: Session,
    candidates: Sequence[Candidate],
    lines: list[dict[str, Any]],
    *,
    day: date,
    now: datetime,
) -> bool:
    """Put one person's digest into the outbox and settle its facts.

    False, with nothing written, when another worker was faster with the person's day or with
    one of the facts.
    """
    who = candidates[0].person
    topics = sorted({one.kind.topic for one in candidates})
    with session.begin_nested() as whole:
        mail_id = session.scalar(
            _insert(session, OutboxMail)
            .values(
                user_id=who.user_id, recipient=who.email, template=DIGEST,
                params={"lines": lines, "topics": topics},
                language=Language(who.language), dedupe_key=digest_key(who.user_id, day),
                not_before=now, created_at=now,
            )
            .on_conflict_do_nothing()
            .returning(OutboxMail.id)
        )
        if mail_id is None:
            return False
        if _settle(session, candidates, mail_id, now) < len(candidates):
            whole.rollback()
            return False
    return True


def _settle(
    session: Session, candidates: Iterable[Candidate], mail_id: int, now: datetime
) -> int:
    """Say of each fact that this mail tells it; return of how many nobody else had said so."""
    waiting = [one.notice_id for one in candidates if one.notice_id is not None]
    found = [
        {
            "user_id": one.person.user_id, "fact": one.fact, "kind": one.kind,
            "cohort_id": one.cohort_id, "item_id": one.item_id, "team_id": one.team_id,
            "day": one.day, "created_at": now, "settled_at": now, "mail_id": mail_id,
        }
        for one in candidates
        if one.notice_id is None
    ]
    settled = 0
    if waiting:
        settled += len(session.scalars(
            update(Notice)
            .where(Notice.id.in_(waiting), Notice.settled_at.is_(None))
            .values(settled_at=now, mail_id=mail_id)
            .returning(Notice.id)
            .execution_options(synchronize_session=False)
        ).all())
    if found:
        settled += len(session.scalars(
            _insert(session, Notice)
            .values(found).on_conflict_do_nothing().returning(Notice.id)
        ).all())
    return settled


def leave_out(session: Session, candidates: Iterable[Candidate], *, now: datetime) -> None:
    """Settle what waits and will never be told."""
    ids = [
        one.notice_id
        for one in candidates
        if one.notice_id is not None and one.hold is not None and one.hold.is_final
    ]
    if ids:
        session.execute(
            update(Notice)
            .where(Notice.id.in_(ids), Notice.settled_at.is_(None))
            .values(settled_at=now)
            .execution_options(synchronize_session=False)
        )


def choose_topics(
    session: Session, user_id: int, wanted: Iterable[NoticeTopic], *, now: datetime
) -> None:
    """Let somebody have notices of these kinds and no others."""
    wanted = set(wanted)
    values = {topic.value: topic in wanted for topic in NoticeTopic} | {"changed_at": now}
    session.execute(
        _insert(session, NoticeChoice)
        .values(user_id=user_id, **values)
        .on_conflict_do_update(index_elements=["user_id"], set_=values)
    )


def turn_off(
    session: Session, user_id: int, topics: Iterable[NoticeTopic], *, now: datetime
) -> None:
    """Send somebody no more notices of these kinds. The others stay as they are."""
    row = session.scalars(
        select(NoticeChoice).where(NoticeChoice.user_id == user_id).with_for_update()
    ).one_or_none()
    off = set(topics)
    choose_topics(
        session, user_id,
        [t for t in NoticeTopic if t not in off and (row is None or getattr(row, t.value))],
        now=now,
    )


def _insert(session: Session, model: type[Any]) -> Any:
    """An INSERT that can say what to do when a constraint is in the way, on both databases."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return (sqlite if is_sqlite else postgresql).insert(model)
