"""Trainers: what they register for somebody else, all from one page."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from app.guard import guarded
from app.views.reviews import bp
from courses.permissions import Permission
from courses.queries.review_queue import OwnQueue, load_queue

CHOICES = ("reviews.present_orally", "reviews.hand_in_for", "reviews.extend")
"""Endpoints that need no address; the page shows those that there are, in this order."""


@bp.get("/registrera")
@guarded(Permission.QUEUE_READ, load=load_queue)
def register_for(_context: OwnQueue) -> ResponseReturnValue:
    there = current_app.view_functions
    return render_template(
        "registering/show.html", choices=[one for one in CHOICES if one in there]
    )
