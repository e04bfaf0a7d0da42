"""The day's digests: one mail a person, with everything that is to be told them today."""

import logging
from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from flask import Flask

from app import clock, db, editions
from app.jobs.promises import keep_promises
from app.worker import handles
from courses.catalog import Assignment, Course
from courses.queries.notices import candidates
from courses.rules.notices import Candidate
from courses.services.notices import JOB, leave_out, write_digest
from courses.vocabulary import Language, NoticeKind

log = logging.getLogger(__name__)
COUNTED = (
    NoticeKind.PROMISE_LATE, NoticeKind.PROMISE_NEAR, NoticeKind.ARRIVED,
    NoticeKind.SECOND_READING, NoticeKind.QUESTION,
)
"""Said once with their number, however many they are."""
COUNTED_BY_ITEM = (NoticeKind.CONTRIBUTION,)
"""Said once with their number for each assignment of a team."""


def found_today() -> list[Candidate]:
    """Return every fact due to be told today, held back or not. Writes nothing."""
    with db.reading() as reader:
        return candidates(
            reader, course_of=lambda digest: course(digest, Language.SWEDISH),
            today=clock.today(),
        )


def write_digests(app: Flask) -> int:
    """Put today's digests into the outbox, a transaction each; return how many.

    Harmless to repeat, and to run twice at once: a person's day and each fact are taken once.
    """
    now, today, found = clock.now(), clock.today(), found_today()
    people: dict[int, list[Candidate]] = defaultdict(list)
    for one in found:
        if one.hold is None:
            people[one.person.user_id].append(one)
    written = 0
    for mine in people.values():
        with db.transaction(app) as session:
            written += write_digest(session, mine, lines(mine), day=today, now=now)
    with db.transaction(app) as session:
        leave_out(session, found, now=now)
    log.info("notices: %d digests for %s", written, today)
    return written


@handles(JOB)
def digests(app: Flask, _payload: dict[str, Any], _now: datetime) -> None:
    """Write the digests of today, whatever day the job was asked for: a late one is not two.
    What was promised for today comes first, so that the digest can tell of the new day."""
    keep_promises(app)
    write_digests(app)


def lines(mine: list[Candidate]) -> list[dict[str, Any]]:
    """Return one person's digest as the mail's template takes it, in that person's language.

    Only what is named in the course: no text of anybody's, no outcome, no other person.
    """
    many_of = Counter(_group(one) for one in mine)
    first = {_group(one): one for one in sorted(mine, key=_order, reverse=True)}
    found = [
        _line(one, many_of[_group(one)])
        for one in sorted(first.values(), key=_order)
        if one.kind not in COUNTED
    ]
    for kind in COUNTED:
        if many := [one for one in mine if one.kind is kind]:
            found.append({
                "kind": kind.value, "topic": kind.topic.value, "count": len(many),
                "day": min(one.day.isoformat() if one.day else "" for one in many),
            })
    return found


def _order(one: Candidate) -> tuple[int, date, str]:
    return (list(NoticeKind).index(one.kind), one.day or date.max, one.fact)


def _group(one: Candidate) -> tuple[Any, ...]:
    """What is said in one line."""
    if one.kind in COUNTED_BY_ITEM:
        return one.kind, one.cohort_id, one.team_id, one.item_id
    return one.kind, one.fact


def _line(one: Candidate, count: int) -> dict[str, Any]:
    known = course(one.edition, one.person.language)
    return line_of(
        known, one.kind, item_id=one.item_id, team_id=one.team_id, team=one.team, day=one.day,
        count=count,
    )


def line_of(
    known: Course,
    kind: NoticeKind,
    *,
    item_id: str | None,
    team_id: int | None,
    team: str,
    day: date | None,
    count: int = 1,
) -> dict[str, Any]:
    """Return a fact as its words take it (`macros/digest.txt`), in the course's language."""
    item = known.items.get(item_id or "")
    meeting = next((m for m in known.meetings if m.id == item_id), None)
    return {
        "kind": kind.value, "topic": kind.topic.value,
        "title": meeting.title if meeting else known.titles.get(item_id or "", item_id or ""),
        "slug": item.slug if isinstance(item, Assignment) else "",
        "team_id": team_id or 0, "team": team, "day": day.isoformat() if day else "",
        "count": count,
    }


def course(digest: str, language: Language) -> Course:
    """Return an edition in somebody's language, whoever asks."""
    return editions.store().get(digest).course(language)
