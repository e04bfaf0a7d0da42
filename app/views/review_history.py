"""Trainers: every decision about an assignment on one page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app import db
from app.guard import guarded
from app.http.access import log_access
from app.pages.answers import wording_of
from app.pages.history import in_words
from app.views.promises import title_of
from app.views.reviews import bp
from courses.permissions import Permission
from courses.queries.review_history import Event, review_history
from courses.queries.reviews import ReviewContext, load_review


@bp.get("/<int:submission_id>/historik")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def history(context: ReviewContext) -> ResponseReturnValue:
    submission = context.submission
    team = f" team:{submission.team_id}" if submission.team_id else ""
    log_access(
        f"submission:{submission.id}{team}",
        subject_id=context.author.id if context.author else None,
    )
    return render_template(
        "reviews/history.html", context=context, title=title_of(context), in_words=in_words,
        events=review_history(db.session(), submission),
        wording=lambda event: _wording(event, submission.assignment_id),
    )


def _wording(event: Event, assignment_id: str) -> object:
    """Return the assignment as it read when the round was handed in."""
    return wording_of(event.round.edition_digest, assignment_id)[0] if event.round else None
