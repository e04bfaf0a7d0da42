"""What a lesson says that it did not say when one did it."""

import logging

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock, db, editions
from app.guard import guarded
from app.pages.reading import load_lesson
from app.views.modules import bp
from courses.catalog import ContentError, DamagedEdition, Lesson
from courses.catalog.wording import wording
from courses.permissions import Permission
from courses.queries.learning import LessonReading
from courses.queries.lesson_pages import earlier_editions, remembered
from courses.queries.modules import module_page
from courses.rules.line_diff import Difference, line_diff
from courses.services.progress import record_newer_wording

log = logging.getLogger(__name__)


@bp.get("/<slug>/<lesson_slug>/andrat")
@guarded(Permission.COURSE_READ, load=load_lesson)
def changed(reading: LessonReading) -> ResponseReturnValue:
    view = module_page(db.session(), reading, today=clock.today())
    read = remembered(db.session(), reading)
    if not view.is_open or not read.has_changed(reading.lesson.digest):
        return redirect(url_for(".lesson", **_address(reading)), 303)
    return render_template(
        "modules/changed.html", reading=reading, view=view, read=read,
        line=view.line(reading.lesson.id), difference=_difference(reading, read.read_digest),
    )


@bp.post("/<slug>/<lesson_slug>/andrat")
@guarded(Permission.PROGRESS_WRITE, load=load_lesson)
def change_read(reading: LessonReading) -> ResponseReturnValue:
    record_newer_wording(
        db.session(), enrollment=reading.enrollment, item_id=reading.lesson.id,
        course=reading.course, now=clock.now(),
    )
    return redirect(url_for(".lesson", **_address(reading), _anchor="klar"), 303)


def _difference(reading: LessonReading, read_digest: str) -> Difference | None:
    """Return what differs; None when what was read is no longer kept or cannot be read."""
    digests = earlier_editions(db.session(), reading)
    found = editions.store().edition_with(digests, reading.lesson.id, read_digest)
    try:
        earlier = editions.course(found).items.get(reading.lesson.id) if found else None
    except (KeyError, DamagedEdition, ContentError) as error:
        log.warning("an earlier edition cannot be read: %r", error)
        return None
    if not isinstance(earlier, Lesson):
        return None
    return line_diff(wording(earlier), wording(reading.lesson))


def _address(reading: LessonReading) -> dict[str, str]:
    return {"slug": reading.module.slug, "lesson_slug": reading.lesson.slug}
