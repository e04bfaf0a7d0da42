"""Pages that anyone may open. They read the course; the managers' page alone a database."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import clock, db
from app.editions import current_course
from app.forms.public import MessageForm
from app.guard import public
from app.http.cookies import TOLD
from app.pages.accessibility import STATEMENT
from app.privacy import SECTIONS
from app.privacy.readers import READERS
from courses.catalog import Course, effort_of
from courses.errors import NotFound
from courses.queries.planned import planned_cohort
from courses.vocabulary import MessageTopic

bp = Blueprint("public", __name__)
MANAGERS = "chef"
"""The id of the page of a course that is shown with what the course takes."""


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    return render_template("public/start.html", course=current_course())


@bp.get("/stod")
@public
def support() -> ResponseReturnValue:
    return render_template("public/support.html", course=current_course())


@bp.get("/integritet")
@public
def privacy() -> ResponseReturnValue:
    return render_template(
        "public/privacy.html", course=current_course(), sections=SECTIONS, readers=READERS,
        cookies=TOLD.values(),
    )


@bp.get("/kontakt")
@public
def contact() -> ResponseReturnValue:
    return render_template("public/contact.html", course=current_course(), form=MessageForm())


@bp.get("/kontakt/tack")
@public
def received() -> ResponseReturnValue:
    return render_template("public/received.html", course=current_course())


@bp.get("/tillganglighet")
@public
def accessibility() -> ResponseReturnValue:
    form = MessageForm(topic=MessageTopic.ACCESSIBILITY.value)
    return render_template(
        "public/accessibility.html", course=current_course(), statement=STATEMENT, form=form
    )


@bp.get("/till-dig-som-ar-chef")
@public
def managers() -> ResponseReturnValue:
    return _page(current_course(), MANAGERS)


@bp.get("/<page_slug>")
@public
def page(page_slug: str) -> ResponseReturnValue:
    course = current_course()
    found = course.page(page_slug)
    return _page(course, found.id if found else "")


def _page(course: Course, page_id: str) -> str:
    found = next((one for one in course.pages if one.id == page_id), None)
    if found is None:
        raise NotFound
    if page_id != MANAGERS:
        return render_template("public/page.html", course=course, page=found)
    return render_template(
        "public/managers.html",
        course=course,
        page=found,
        effort=effort_of(course),
        planned=planned_cohort(db.session(), course.id, today=clock.today()),
    )
