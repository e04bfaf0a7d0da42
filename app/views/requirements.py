"""What the certificate asks for and one vouches for oneself, such as a course given elsewhere."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, db
from app.forms.learning import VouchingForm
from app.guard import guarded
from app.pages.reading import load_vouched
from courses.permissions import Permission
from courses.queries.requirement_lines import VouchedReading, vouched_at
from courses.services.learning import take_back_vouching, vouch_for

bp = Blueprint("requirements", __name__, url_prefix="/hem/krav")


@bp.get("/<item_id>")
@guarded(Permission.COURSE_READ, load=load_vouched)
def show(reading: VouchedReading) -> ResponseReturnValue:
    return _page(reading, VouchingForm(data={"on": clock.today()}))


@bp.post("/<item_id>")
@guarded(Permission.PROGRESS_WRITE, load=load_vouched)
def vouch(reading: VouchedReading) -> ResponseReturnValue:
    form = VouchingForm(request.form)
    form.today = clock.today()
    if not form.validate():
        return _page(reading, form), 422
    vouch_for(
        db.session(), enrollment=reading.enrollment, course=reading.course,
        thing=reading.thing, on=form.on.data, now=clock.now(),
    )
    return redirect(url_for(".show", item_id=reading.thing.id), 303)


@bp.post("/<item_id>/angra")
@guarded(Permission.PROGRESS_WRITE, load=load_vouched)
def undo(reading: VouchedReading) -> ResponseReturnValue:
    take_back_vouching(
        db.session(), enrollment=reading.enrollment, course=reading.course,
        thing=reading.thing, now=clock.now(),
    )
    return redirect(url_for(".show", item_id=reading.thing.id), 303)


def _page(reading: VouchedReading, form: VouchingForm) -> str:
    return render_template(
        "requirements/show.html", reading=reading, thing=reading.thing, form=form,
        done_at=vouched_at(db.session(), reading),
    )
