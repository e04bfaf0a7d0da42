"""Which edition of a course a page shows; the folder is published when there is none yet."""

import logging
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g

from app import clock, db
from app.i18n import select_language
from app.owner import given_by_us
from app.worker import handles
from config import Config
from courses.catalog import ContentError, Course, DamagedEdition, EditionStore, Page, SearchIndex
from courses.errors import NotFound
from courses.services.editions import adopt_edition, publish_edition
from courses.services.published import JOB, last_publication, point_to_published, published_digests
from courses.vocabulary import Decision

log = logging.getLogger(__name__)


def store() -> EditionStore:
    return current_app.extensions["editions"]


def course(digest: str) -> Course:
    """Return the edition with this digest in the reader's language."""
    return given_by_us(store().get(digest).course(select_language()))


def search_index(digest: str) -> SearchIndex:
    """Return what finds words in this edition, in the reader's language."""
    return store().get(digest).search(select_language())


def current_course(course_id: str | None = None) -> Course:
    """Return what is published now, without asking the database; the same edition however often
    a request asks, also when another one is published meanwhile."""
    course_id = course_id or store().courses()[0]
    known: dict[str, str | None] = g.setdefault("published", {})
    if course_id not in known:
        known[course_id] = store().current(course_id)
    digest = known[course_id]
    if digest is None:
        raise NotFound
    return course(digest)


def public_pages() -> tuple[Page, ...]:
    """Return the published course's own pages; none when nothing can be read (error pages ask
    too)."""
    try:
        return current_course().pages
    except (NotFound, IndexError):  # nothing is published yet
        return ()
    except (KeyError, DamagedEdition, ContentError, OSError) as error:
        log.error("the published edition cannot be read: %r", error)
        return ()


def are_readable() -> bool:
    """Whether every published edition is there and is what was put there: what the database
    calls published, and what public pages show."""
    known = store()
    digests = set(published_digests(db.session()).values())
    digests |= {known.current(course_id) or "" for course_id in known.courses()}
    try:
        return all(known.get(digest) for digest in digests)
    except (KeyError, DamagedEdition) as error:
        log.error("edition missing or damaged: put its file back from a backup: %r", error)
        return False


def publish_first(app: Flask) -> None:
    """Publish every course folder that has no edition; ContentError stops the start.

    What the database calls published is what public pages show. A database that knows of no
    edition (made anew) learns of those that lie in the store; a folder that is published only
    because its edition has been lost moves no cohort.
    """
    config: Config = app.config["STEGVIS"]
    known: EditionStore = app.extensions["editions"]
    with db.transaction(app) as session:
        for course_id in known.courses():
            if digest := known.current(course_id):
                adopt_edition(session, course_id, digest, now=clock.now())
        for folder in sorted(path.parent for path in config.content_dir.glob("*/course.toml")):
            found = last_publication(session, folder.name)
            if known.current(folder.name) is None and not (found and known.has(found[1].digest)):
                publish_edition(
                    session, known, folder, by=None, now=clock.now(),
                    otherwise=Decision.NEW_COHORTS,
                )
        course_ids = sorted(published_digests(session))
    for course_id in course_ids:
        follow(app, course_id)


def follow(app: Flask, course_id: str) -> None:
    """Let public pages show what the database says is published."""
    known: EditionStore = app.extensions["editions"]
    try:
        point_to_published(
            lambda: app.extensions["database"].session(writes=False), known, course_id
        )
    except KeyError as error:
        log.error("edition missing: put its file back from a backup: %s", error)


@handles(JOB)
def point(app: Flask, payload: dict[str, Any], _now: datetime) -> None:
    """Do what a process that published and died at once left undone."""
    follow(app, payload["course_id"])


def init_app(app: Flask) -> None:
    config: Config = app.config["STEGVIS"]
    app.extensions["editions"] = EditionStore(config.data_dir / "editions")
    app.jinja_env.globals["public_pages"] = public_pages
    if app.extensions["ready"]:
        publish_first(app)
