"""Each morning, before the digests: what was promised for today and is not answered gets a new
day instead of silence."""

import logging

from flask import Flask

from app import clock, db, editions
from courses.queries.promises import promises_due
from courses.rules.calendar import week_days
from courses.rules.promises import new_promise
from courses.services.promises import renew_promise
from courses.vocabulary import Language

log = logging.getLogger(__name__)


def keep_promises(app: Flask) -> int:
    """Give what is due today a new day, a transaction each; return how many. Harmless to repeat,
    and to run twice at once: a promise moves by itself once a round."""
    now, today = clock.now(), clock.today()
    with db.reading() as reader:
        due = promises_due(reader, today)
    moved = 0
    for one in due:
        course = editions.store().get(one.edition).course(Language.SWEDISH)
        breaks = week_days(one.starts_on, course.break_weeks)
        to = new_promise(today, without=breaks)
        with db.transaction(app) as session:
            moved += renew_promise(session, one.submission_id, to=to, now=now, today=today)
    log.info("promises: %d moved on %s", moved, today)
    return moved
