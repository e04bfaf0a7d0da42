"""The holder's certificate, and the coordinator's pages for issuing and taking back."""

import unicodedata
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import Headers

from app import clock, db
from app.forms.certificates import ReasonForm
from app.guard import guarded
from app.http.access import log_access
from courses.permissions import Permission
from courses.queries.certificates import (
    OwnCertificate,
    own_certificate,
    own_certificate_file,
)
from courses.queries.issuing import (
    IssuedCertificate,
    IssuingContext,
    certificates_of_cohort,
    issued_certificate,
    issuing_context,
    ready_enrollments,
)
from courses.services.certificates import (
    request_issue,
    request_replacement,
    revoke_certificate,
)

bp = Blueprint("certificates", __name__)


@bp.get("/intyg/<int:certificate_id>")
@guarded(Permission.CERTIFICATE_READ, load=own_certificate)
def show(context: OwnCertificate) -> ResponseReturnValue:
    return render_template("certificates/show.html", certificate=context.certificate)


@bp.get("/intyg/<int:certificate_id>/intyg.pdf")
@guarded(Permission.CERTIFICATE_READ, load=own_certificate_file)
def pdf(context: OwnCertificate) -> ResponseReturnValue:
    """The stored bytes, as they are."""
    certificate = context.certificate
    name = f"{certificate.fields['kind']} {certificate.fields['name']}.pdf"
    # the plain name is for what does not read the other one (RFC 6266)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    headers = Headers()
    headers.set(
        "Content-Disposition", "attachment", filename=plain,
        **{"filename*": f"UTF-8''{quote(name, safe='')}"},
    )
    return Response(certificate.pdf, mimetype="application/pdf", headers=headers)


@bp.get("/samordna/<int:cohort_id>/intyg")
@guarded(Permission.CERTIFICATE_ISSUE, load=issuing_context)
def ready(context: IssuingContext) -> ResponseReturnValue:
    log_access(f"certificates of cohort {context.cohort.id}")
    return render_template(
        "certificates/ready.html",
        cohort=context.cohort,
        certificates=certificates_of_cohort(db.session(), context.cohort),
    )


@bp.post("/samordna/<int:cohort_id>/intyg")
@guarded(Permission.CERTIFICATE_ISSUE, load=issuing_context)
def issue(context: IssuingContext) -> ResponseReturnValue:
    """Issue for those who stood on the page, as far as they are still ready."""
    seen = set(request.form.getlist("enrollment", type=int))
    people = [i for i in ready_enrollments(db.session(), context.cohort) if i in seen]
    request_issue(
        db.session(), people, by=current_user.identity.user_id, now=clock.now()
    )
    flash(
        ngettext("%(num)s intyg skapas nu.", "%(num)s intyg skapas nu.", len(people))
        if people
        else _("Det fanns inget intyg att skapa.")
    )
    return redirect(url_for(".ready", cohort_id=context.cohort.id), 303)


@bp.get("/intyg/<int:certificate_id>/aterkalla")
@guarded(Permission.CERTIFICATE_ISSUE, load=issued_certificate)
def ask_to_revoke(context: IssuedCertificate) -> ResponseReturnValue:
    return _page("revoke", context, ReasonForm())


@bp.post("/intyg/<int:certificate_id>/aterkalla")
@guarded(Permission.CERTIFICATE_ISSUE, load=issued_certificate)
def revoke(context: IssuedCertificate) -> ResponseReturnValue:
    form = ReasonForm(request.form)
    if not form.validate():
        return _page("revoke", context, form), 422
    revoke_certificate(
        db.session(), context.certificate, by=current_user.identity.user_id,
        reason=form.reason.data, now=clock.now(),
    )
    flash(_("Intyget är återkallat."))
    return redirect(url_for(".ready", cohort_id=context.cohort_id), 303)


@bp.get("/intyg/<int:certificate_id>/ersatt")
@guarded(Permission.CERTIFICATE_ISSUE, load=issued_certificate)
def ask_to_replace(context: IssuedCertificate) -> ResponseReturnValue:
    return _page("replace", context, ReasonForm())


@bp.post("/intyg/<int:certificate_id>/ersatt")
@guarded(Permission.CERTIFICATE_ISSUE, load=issued_certificate)
def replace(context: IssuedCertificate) -> ResponseReturnValue:
    form = ReasonForm(request.form)
    if not form.validate():
        return _page("replace", context, form), 422
    request_replacement(
        db.session(), context.certificate, by=current_user.identity.user_id,
        reason=form.reason.data, now=clock.now(),
    )
    flash(_("Ett nytt intyg skapas nu. Det gamla gäller tills det nya finns."))
    return redirect(url_for(".ready", cohort_id=context.cohort_id), 303)


def _page(name: str, context: IssuedCertificate, form: ReasonForm) -> str:
    return render_template(f"certificates/{name}.html", context=context, form=form)
