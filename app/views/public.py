"""Pages that anyone may open. They read the course and no database."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accessibility import STATEMENT
from app.editions import current_course
from app.forms.public import MessageForm
from app.guard import public
from app.privacy import READERS, SECTIONS
from courses.vocabulary import MessageTopic

bp = Blueprint("public", __name__)


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
        "public/privacy.html", course=current_course(), sections=SECTIONS, readers=READERS
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
