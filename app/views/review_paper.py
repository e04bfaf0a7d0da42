"""Trainers, on paper: the texts that wait, and the picture for a meeting."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock, db, editions
from app.guard import guarded
from app.http.access import log_access
from app.pages.answers import ReadSection, read_sections, wording_of
from app.views.review_queue import chosen, narrowing_of, trained
from app.views.reviews import bp
from courses.catalog import Assignment
from courses.errors import NotFound
from courses.permissions import Permission
from courses.queries.files import round_files
from courses.queries.queue_paper import MOST, PaperText, waiting_texts
from courses.queries.review_picture import PictureContext, load_picture, review_picture
from courses.queries.review_queue import OwnQueue, load_queue
from courses.vocabulary import Level


@bp.get("/skriv-ut")
@guarded(Permission.QUEUE_READ, load=load_queue)
def paper(_context: OwnQueue) -> ResponseReturnValue:
    """Every text on it is opened, so every one leaves its line, as if it were read alone."""
    cohorts, courses = trained()
    found = waiting_texts(
        db.session(), current_user.identity, narrowing_of(request.args, courses), now=clock.now()
    )
    for one in found.texts:
        team = f" team:{one.submission.team_id}" if one.submission.team_id else ""
        log_access(f"submission:{one.submission.id}{team}", subject_id=one.author_id)
    return render_template(
        "reviews/paper.html", paper=found, most=MOST, cohorts=cohorts, read=_read,
        files=round_files(db.session(), [one.round for one in found.texts]),
        chosen=chosen(request.args), today=clock.today(),
    )


@bp.get("/bild/<int:cohort_id>/<assignment_id>")
@guarded(Permission.REVIEW_WRITE, load=load_picture)
def picture(context: PictureContext) -> ResponseReturnValue:
    item = editions.course(context.edition_digest).items.get(context.assignment_id)
    if not isinstance(item, Assignment) or not item.is_handed_in:
        raise NotFound
    levels = [
        one for one in Level if any(one in dict(c.levels) for c in item.criteria)
    ]
    return render_template(
        "reviews/picture.html", context=context, assignment=item, levels=levels,
        picture=review_picture(db.session(), context, item.digest), today=clock.today(),
    )


def _read(one: PaperText) -> tuple[Assignment, list[ReadSection]]:
    """Return the assignment in the wording that was answered, and the answers."""
    words: Any = wording_of(one.round.edition_digest, one.submission.assignment_id)
    return words[0], read_sections(*words, one.round.answers)
