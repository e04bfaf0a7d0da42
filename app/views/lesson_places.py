"""Where in a lesson one was: kept by a button, or by the browser while one reads."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db
from app.guard import guarded
from app.pages.reading import load_lesson
from app.views.modules import bp
from courses.permissions import Permission
from courses.queries.learning import LessonReading
from courses.services.places import keep_place


@bp.post("/<slug>/<lesson_slug>/plats")
@guarded(Permission.PROGRESS_WRITE, load=load_lesson)
def place(reading: LessonReading) -> ResponseReturnValue:
    """Keep the place; answer the browser's own requests with nothing. A part that is gone since
    the page was opened is no place."""
    part = next(
        (one for one in reading.lesson.parts if one.anchor == request.form.get("part")), None
    )
    if part is not None:
        keep_place(
            db.session(), enrollment=reading.enrollment, module=reading.module,
            lesson=reading.lesson, part=part.anchor, now=clock.now(), today=clock.today(),
        )
    if "tyst" in request.form:
        return "", 204
    if part is None:
        return redirect(url_for(".lesson", **request.view_args), 303)
    flash(_("Nästa gång börjar du vid ”%(title)s”.", title=part.title))
    return redirect(url_for("home.show"), 303)
