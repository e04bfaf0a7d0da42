"""The day's digests: one mail a person, with everything that is to be told them today."""

import logging
from collections import defaultdict
from datetime import date, datetime
from typing import Any

from flask import Flask

from app import clock, db, editions
from app.promises import keep_promises
from app.worker import handles
from courses.catalog import Course
from courses.queries.notices import candidates
from courses.rules.notices import Candidate
from courses.services.notices import JOB, leave_out, write_digest
from courses.vocabulary import Language, NoticeKind

log = logging.getLogger(__name__)
COUNTED = (
    NoticeKind.PROMISE_LATE, NoticeKind.PROMISE_NEAR, NoticeKind.ARRIVED, NoticeKind.QUESTION,
)
"""Said once with their number, however many they are."""


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
    found = [_line(one) for one in sorted(mine, key=_order) if one.kind not in COUNTED]
    for kind in COUNTED:
        if many := [one for one in mine if one.kind is kind]:
            found.append({
                "kind": kind.value, "topic": kind.topic.value, "count": len(many),
                "day": min(one.day.isoformat() if one.day else "" for one in many),
            })
    return found


def _order(one: Candidate) -> tuple[int, date, str]:
    return (list(NoticeKind).index(one.kind), one.day or date.max, one.fact)


def _line(one: Candidate) -> dict[str, Any]:
    known = course(one.edition, one.person.language)
    item = known.items.get(one.item_id or "")
    meeting = next((m for m in known.meetings if m.id == one.item_id), None)
    return {
        "kind": one.kind.value, "topic": one.kind.topic.value,
        "title": item.title if item else meeting.title if meeting else one.item_id or "",
        "slug": getattr(item, "slug", ""),
        "team_id": one.team_id or 0, "team": one.team,
        "day": one.day.isoformat() if one.day else "",
    }


def course(digest: str, language: Language) -> Course:
    """Return an edition in somebody's language, whoever asks."""
    return editions.store().get(digest).course(language)
