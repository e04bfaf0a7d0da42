"""Whether a certificate is genuine, for anyone who has its code. Changes nothing, no cookie."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from app import clock, db
from app.forms.public import CodeForm
from app.guard import public
from app.http import frequency
from courses.queries.certificates import certificate_by_code

bp = Blueprint("verify", __name__, url_prefix="/verifiera")


@bp.get("")
@public
def form() -> ResponseReturnValue:
    if "kod" not in request.args:
        return _page(CodeForm())
    typed = CodeForm(request.args)
    return _answer(typed, typed.kod.data) if typed.validate() else (_page(typed), 422)


@bp.get("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    return _answer(CodeForm(), code)


def _answer(form: CodeForm, code: str) -> ResponseReturnValue:
    # Only look-ups that find nothing count, so nobody is stopped who has a certificate to check.
    # Whoever has guessed ten times in a minute gets no answer at all until the minute is over.
    if seconds := frequency.waiting_time("lookup"):
        raise TooManyRequests(retry_after=seconds)
    found = certificate_by_code(db.session(), code)
    if found is None:
        frequency.count("lookup")
        form.kod.data = form.kod.data or code[:100]
        form.kod.errors = [
            _("Vi hittar inget intyg med den koden. Kontrollera att du har skrivit rätt.")
        ]
        return _page(form), 404
    return _page(
        form, certificate=found.certificate, name=found.name, checked_at=clock.now()
    )


def _page(form: CodeForm, **found: object) -> Response:
    template = "verify/show.html" if found else "verify/check.html"
    response = make_response(render_template(template, form=form, **found))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
