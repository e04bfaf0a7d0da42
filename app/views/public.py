"""Pages that anyone may open."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.editions import current_course
from app.guard import public

bp = Blueprint("public", __name__)


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    return render_template("public/start.html", course=current_course())


@bp.get("/stod")
@public
def support() -> ResponseReturnValue:
    return render_template("public/support.html", course=current_course())


@bp.get("/kontakt")
@public
def contact() -> ResponseReturnValue:
    return render_template("public/contact.html", course=current_course())


@bp.get("/integritet")
@public
def privacy() -> ResponseReturnValue:
    return render_template("public/privacy.html", course=current_course())


@bp.get("/tillganglighet")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("public/accessibility.html", course=current_course())
