"""What the review page shows of the talk about an assignment."""

from typing import Any

from flask import url_for

from app import db, editions
from app.forms.talking import MessageForm
from app.pages.marking import without_stopped
from courses.queries.reviews import ReviewContext
from courses.queries.secrecy import stopped_for
from courses.queries.threads import Talk, timeline


def said_about(context: ReviewContext) -> dict[str, Any]:
    """Return what the part `reviews/_thread.html` needs, in two statements, one when
    nothing was said."""
    it = context.submission
    mine = {"enrollment_id": it.enrollment_id} if it.enrollment_id else {"team_id": it.team_id}
    address = mine | {"assignment_id": it.assignment_id}
    entries = timeline(db.session(), mine, it.assignment_id)
    talk = Talk(entries=entries, read_to=max((one.id for one in entries), default=0))
    if entries:
        talk = without_stopped(talk, stopped_for(db.session(), mine, it.assignment_id))
    return {
        "thread": {
            "talk": talk,
            "address": address, "form": MessageForm(),
            "course": editions.course(context.edition_digest),
            "reading_address": lambda number: url_for(
                "reviews.trainers_draft", number=number, **address
            ),
        },
    }
