"""The secrecy undertaking: read and given before the first text opens."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField
from wtforms.validators import DataRequired

from app import clock, db
from app.forms import Form
from app.guard import guarded
from app.http.destinations import page_at
from app.pages.undertaking import digest_of, owner_name, paragraphs, source
from courses.identity import Identity
from courses.permissions import Permission, Scope
from courses.services.undertaking import give_undertaking

bp = Blueprint("undertaking", __name__, url_prefix="/sekretessforbindelse")


@dataclass(frozen=True)
class Undertaking:
    """The page of those who are to read what others hand in."""

    READ: ClassVar[Permission] = Permission.SECRECY_UNDERTAKE
    scope: Scope = field(default_factory=Scope)


class UndertakingForm(Form):
    agreed = BooleanField(
        _l("Jag har läst det här och håller mig till det."),
        [DataRequired(_l("Kryssa i att du har läst och håller dig till det"))],
    )


def load(_session: Any, _identity: Identity) -> Undertaking:
    return Undertaking()


@bp.get("")
@guarded(Permission.SECRECY_UNDERTAKE, load=load)
def show(_context: Undertaking) -> ResponseReturnValue:
    return _page(UndertakingForm())


@bp.post("")
@guarded(Permission.SECRECY_UNDERTAKE, load=load)
def give(_context: Undertaking) -> ResponseReturnValue:
    form = UndertakingForm(request.form)
    if not form.validate():
        return _page(form), 422
    owner = owner_name()
    give_undertaking(
        db.session(), user_id=current_user.identity.user_id, digest=digest_of(owner),
        words=source(owner), now=clock.now(),
    )
    flash(_("Tack. Nu kan du läsa det som har skickats in."))
    return redirect(page_at(request.form.get("next")) or url_for("reviews.queue"), 303)


def _page(form: UndertakingForm) -> str:
    return render_template(
        "secrecy/undertaking.html", form=form, paragraphs=paragraphs(),
        is_given=current_user.identity.undertaking == digest_of(owner_name()),
        after=page_at(request.values.get("next")) or "",
    )
