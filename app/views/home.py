"""*Min utbildning*: a participant's first page."""

from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from app import clock, db, editions
from app.guard import guarded
from courses.identity import Identity
from courses.permissions import Permission, Scope
from courses.queries.home import home_page
from courses.queries.learning import Reading, course_context

bp = Blueprint("home", __name__)


@dataclass(frozen=True)
class HomeContext:
    """One's own first page; without a reading for somebody who takes part in nothing."""

    READ: ClassVar[Permission] = Permission.HOME_READ

    reading: Reading | None
    scope: Scope


def load_home(session: Session, identity: Identity) -> HomeContext:
    if identity.place is None:
        return HomeContext(None, Scope())
    reading = course_context(
        session, identity, course_of=editions.course, today=clock.today()
    )
    return HomeContext(reading, reading.scope)


@bp.get("/hem")
@guarded(Permission.HOME_READ, load=load_home)
def show(context: HomeContext) -> ResponseReturnValue:
    first_name = current_user.identity.name.split()[0]
    reading = context.reading
    if reading is None or reading.enrollment is None:
        return render_template("home/nothing.html", first_name=first_name)
    today = clock.today()
    return render_template(
        "home/show.html",
        first_name=first_name,
        today=today,
        reading=reading,
        home=home_page(db.session(), reading, now=clock.now(), today=today),
    )
