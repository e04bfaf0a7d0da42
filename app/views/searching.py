"""Search in the course: a member's own edition, the published one for everybody else."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.guard import public
from app.pages.searching import search

bp = Blueprint("searching", __name__)
LONGEST = 200
"""Signs that the field takes; an address may have more."""


@bp.get("/sok")
@public
def show() -> ResponseReturnValue:
    own = search()
    query = " ".join(request.args.get("q", "").split())
    answer = own.find(query)
    return render_template(
        "searching/show.html",
        search=own,
        course=own.course,
        query=query[:LONGEST],
        answer=answer,
        hits=[own.hit(result) for result in answer.results],
    )
