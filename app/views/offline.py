"""Reading without a network: the worker, what it saves, and the page that is always there."""

from flask import Blueprint, current_app, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock, db
from app.guard import guarded, public
from app.http import offline
from app.pages.printing import Sheet
from app.pages.reading import load_course, load_module
from courses.permissions import Permission
from courses.queries.learning import ModuleReading, Reading
from courses.queries.modules import course_page, module_page
from courses.queries.printing import imprint

bp = Blueprint("offline", __name__)


@bp.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker; when the owner has turned it off, one that ends what was there."""
    name = "sw.js" if current_app.config["STEGVIS"].offline else "sw-off.js"
    script = make_response(current_app.send_static_file(name))
    script.headers["Content-Disposition"] = "inline"
    return script


@bp.get("/utan-nat")
@public
def without_network() -> ResponseReturnValue:
    return offline.may_be_kept(make_response(render_template("offline/without_network.html")))


@bp.get("/spara")
@guarded(Permission.COURSE_READ, load=load_course)
def show(reading: Reading) -> ResponseReturnValue:
    return render_template(
        "offline/show.html", reading=reading, modules=_open_modules(reading),
        version=offline.version(reading.course), is_on=current_app.config["STEGVIS"].offline,
    )


@bp.get("/spara/lista")
@guarded(Permission.COURSE_READ, load=load_course)
def listing(reading: Reading) -> ResponseReturnValue:
    """What to save, for the worker."""
    return {
        "reader": offline.reader(),
        "version": offline.version(reading.course),
        "pages": offline.pages([module.slug for module in _open_modules(reading)]),
    }


@bp.get("/modul/<slug>/innehall")
@guarded(Permission.COURSE_READ, load=load_module)
def content(reading: ModuleReading) -> ResponseReturnValue:
    """A module's texts without anything about who reads them."""
    view = module_page(db.session(), reading, today=clock.today())
    if not view.is_open:
        return redirect(view.address, 303)
    page = render_template(
        "offline/content.html", module=reading.module, course=reading.course,
        sheet=Sheet([reading.module]), imprint=imprint(db.session(), reading.course.digest),
        today=clock.today(),
    )
    return offline.may_be_kept(make_response(page))


def _open_modules(reading: Reading) -> list:
    views = course_page(db.session(), reading, today=clock.today())
    return [view.module for view in views if view.is_open]
