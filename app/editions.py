"""Which edition of a course a page shows; the folder is published when there is none yet."""

import logging

from flask import Flask, current_app

from app import clock, db
from app.i18n import select_language
from config import Config
from courses.catalog import ContentError, Course, DamagedEdition, EditionStore, Page, SearchIndex
from courses.errors import NotFound
from courses.services.editions import publish_edition, record_edition

log = logging.getLogger(__name__)


def store() -> EditionStore:
    return current_app.extensions["editions"]


def course(digest: str) -> Course:
    """Return the edition with this digest in the reader's language."""
    return store().get(digest).course(select_language())


def search_index(digest: str) -> SearchIndex:
    """Return what finds words in this edition, in the reader's language."""
    return store().get(digest).search(select_language())


def current_course(course_id: str | None = None) -> Course:
    """Return what is published now, without asking the database."""
    digest = store().current(course_id or store().courses()[0])
    if digest is None:
        raise NotFound
    return course(digest)


def public_pages() -> tuple[Page, ...]:
    """Return the published course's own pages; none when nothing can be read (error pages ask
    too)."""
    try:
        return current_course().pages
    except (NotFound, KeyError, IndexError, DamagedEdition, ContentError, OSError):
        return ()


def are_readable() -> bool:
    """Whether every published edition is there and is what was put there."""
    known = store()
    try:
        return all(known.published(course_id) for course_id in known.courses())
    except (KeyError, DamagedEdition) as error:
        log.error("edition missing or damaged: put its file back from a backup: %r", error)
        return False


def publish_first(app: Flask) -> None:
    """Publish every course folder that has no edition; ContentError stops the start.

    A database that is newer than its data directory (restored, or made anew) learns of the
    editions that lie there.
    """
    config: Config = app.config["STEGVIS"]
    known: EditionStore = app.extensions["editions"]
    with db.transaction(app) as session:
        for folder in sorted(path.parent for path in config.content_dir.glob("*/course.toml")):
            if known.current(folder.name) is None:
                publish_edition(session, known, folder, by=None, now=clock.now())
        for course_id in known.courses():
            if digest := known.current(course_id):
                record_edition(session, course_id, digest, by=None, now=clock.now())


def init_app(app: Flask) -> None:
    config: Config = app.config["STEGVIS"]
    app.extensions["editions"] = EditionStore(config.data_dir / "editions")
    app.jinja_env.globals["public_pages"] = public_pages
    if app.extensions["ready"]:
        publish_first(app)
