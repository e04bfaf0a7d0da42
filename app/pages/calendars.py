"""Somebody's dates in their own language, as a calendar program reads them."""

from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from app import db, editions
from app.mail.links import absolute
from courses.documents.calendar import Entry, calendar
from courses.models import User
from courses.queries.calendar import Dated, dates_of


def calendar_of(user: User, host: str) -> bytes:
    """Return the calendar of `user`: dates, places and links; nobody's name, no text."""
    found = dates_of(
        db.session(), user,
        course_of=lambda digest: editions.store().get(digest).course(user.language),
    )
    with force_locale(user.language.value):
        return calendar([_entry(one) for one in found], name=_("Våldsprevention Västerbotten"),
                        host=host)


def _entry(one: Dated) -> Entry:
    if one.meeting is not None:
        planned = next((m for m in one.course.meetings if m.id == one.item_id), None)
        return Entry(
            key=f"meeting-{one.cohort_id}-{one.item_id}",
            title=planned.title if planned else _("Träff"), starts=one.meeting.starts_at,
            ends=one.meeting.ends_at, place=one.meeting.place, text=one.meeting.link,
            url=absolute("home.show"), revision=one.revision, changed_at=one.changed_at,
        )
    item = one.course.items.get(one.item_id)
    title = item.title if item else one.item_id
    return Entry(
        key=f"due-{one.cohort_id}-{one.item_id}-{one.team_id or 'own'}",
        title=_("Sista dag: %(title)s", title=title), starts=one.due_on or date.max,
        url=absolute("assignments.show", assignment_slug=item.slug, team_id=one.team_id)
        if item else absolute("home.show"),
        revision=one.revision, changed_at=one.changed_at,
    )
