"""A personal identity number in a section of a team's draft, which others read while it is
written: said at once, and kept from what another authority reads."""

from typing import Any

from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db
from app.forms.guarding import Passage
from courses.catalog import Section
from courses.errors import Reason, Refused
from courses.identity import Identity
from courses.queries.joint_pages import together
from courses.queries.joint_parts import others_who_read
from courses.queries.work_context import WorkContext
from courses.rules.answers_guard import numbers_in


def numbers(section: Section, value: Any) -> list[Passage]:
    """Return what looks like a personal number in what stands in a section."""
    return [
        Passage(finding=one.finding, before=one.before, after=one.after)
        for one in numbers_in([section], {section.id: value})
    ]


def why_not_kept(
    context: WorkContext, section: Section, value: Any, identity: Identity | None = None
) -> str:
    """Say why a text cannot be saved in the draft: a number stands in it, and another authority
    would read it from then on. Empty when it can be."""
    if not numbers(section, value):
        return ""
    found = together(
        db.session(), context, identity or current_user.identity, now=clock.now()
    )
    others = others_who_read(context, found)
    if not others:
        return ""
    return _(
        "Ta bort det som ser ut som ett personnummer, så sparas texten. %(others)s läser "
        "utkastet och är en annan myndighet, så texten är inte sparad än.",
        others=", ".join(others),
    )


def refuse_number(
    context: WorkContext, section: Section, value: Any, identity: Identity
) -> None:
    """Refuse a text that cannot be saved in the draft, for whoever has no page to mend it on."""
    if why_not_kept(context, section, value, identity):
        raise Refused(Reason.SHARED_NUMBER)
