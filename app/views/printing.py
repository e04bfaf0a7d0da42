"""A module or the whole course on one page, and a module as a file to take away."""

from flask import Blueprint, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock, db
from app.guard import guarded
from app.pages.printing import Sheet, saved_styles
from app.pages.reading import load_course, load_module
from courses.permissions import Permission
from courses.queries.learning import ModuleReading, Reading
from courses.queries.modules import course_page, module_page
from courses.queries.printing import imprint

bp = Blueprint("printing", __name__)


@bp.get("/modul/<slug>/skriv-ut")
@guarded(Permission.COURSE_READ, load=load_module)
def module(reading: ModuleReading) -> ResponseReturnValue:
    return _whole_module(reading, "printing/module.html")


@bp.get("/modul/<slug>/spara")
@guarded(Permission.COURSE_READ, load=load_module)
def saved(reading: ModuleReading) -> ResponseReturnValue:
    page = _whole_module(reading, "printing/saved.html", is_saved=True)
    if not isinstance(page, str):
        return page
    file = make_response(page)
    name = f"modul-{reading.module.number}-{reading.module.slug}.html"
    file.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return file


@bp.get("/utbildningen/skriv-ut")
@guarded(Permission.COURSE_READ, load=load_course)
def course(reading: Reading) -> ResponseReturnValue:
    views = course_page(db.session(), reading, today=clock.today())
    return render_template(
        "printing/course.html",
        reading=reading,
        views=views,
        sheet=Sheet(view.module for view in views if view.is_open),
        imprint=imprint(db.session(), reading.course.digest),
        today=clock.today(),
    )


def _whole_module(
    reading: ModuleReading, template: str, *, is_saved: bool = False
) -> ResponseReturnValue:
    view = module_page(db.session(), reading, today=clock.today())
    if not view.is_open:
        return redirect(view.address, 303)
    return render_template(
        template,
        reading=reading,
        view=view,
        sheet=Sheet([reading.module], is_saved=is_saved),
        styles=saved_styles(),
        imprint=imprint(db.session(), reading.course.digest),
        today=clock.today(),
    )
