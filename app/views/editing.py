"""The editors' room: what a course's draft holds, what is wrong with it, what it changes."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock, editions
from app.guard import guarded
from app.pages import editing
from app.pages.editing import Draft, bench_of, changes_of, load_draft
from courses.catalog import fact_uses, fingerprint
from courses.catalog.coverage import overdue, parts_of
from courses.errors import NotFound
from courses.permissions import Permission
from courses.queries.publishing import Desk, desk
from courses.rules.line_diff import Difference, line_diff

bp = Blueprint("editing", __name__, url_prefix="/redaktion")


@bp.get("")
@guarded(Permission.CONTENT_PREVIEW, load=desk)
def index(_context: Desk) -> ResponseReturnValue:
    courses = editions.store().courses()
    if len(courses) == 1:
        return redirect(url_for(".show", course_id=courses[0]), 303)
    return render_template(
        "editing/index.html", courses=[editions.current_course(one) for one in courses]
    )


@bp.get("/<course_id>")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def show(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    course = bench.original
    return render_template(
        "editing/show.html", draft=draft, bench=bench, course=course, parts=parts_of(bench),
        address=lambda entry: editing.preview_address(draft.course_id, course, entry),
        due=overdue(course, clock.today()) if course else (),
    )


@bp.get("/<course_id>/problem")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def problems(draft: Draft) -> ResponseReturnValue:
    return render_template("editing/problems.html", draft=draft, bench=bench_of(draft))


@bp.get("/<course_id>/fakta")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def facts(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    uses = fact_uses(bench.course) if bench.course else ()
    return render_template(
        "editing/facts.html", draft=draft, bench=bench, today=clock.today(),
        uses=sorted(uses, key=lambda use: use.fact.review_by),
    )


@bp.get("/<course_id>/stodlinjer")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def help_lines(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    course = bench.original
    return render_template(
        "editing/help_lines.html", draft=draft, bench=bench,
        lines=course.support if course else (),
    )


@bp.get("/<course_id>/andringar")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def changes(draft: Draft) -> ResponseReturnValue:
    changed = changes_of(draft)
    bench = bench_of(draft, changed)
    return render_template(
        "editing/changes.html", draft=draft, bench=bench, changes=changed,
        overtaken={
            one.path for one in changed
            if one.base_digest != fingerprint(bench.base.get(one.path))
        },
    )


@bp.get("/<course_id>/andringar/<path:path>")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def change(draft: Draft) -> ResponseReturnValue:
    path, changed = draft.at["path"], changes_of(draft)
    bench = bench_of(draft, changed)
    one = next((each for each in changed if each.path == path), None)
    if one is None:
        raise NotFound
    return render_template(
        "editing/change.html", draft=draft, bench=bench, change=one,
        kind=bench.changed.get(path, ""),
        is_overtaken=one.base_digest != fingerprint(bench.base.get(path)),
        difference=difference(bench.base.get(path), bench.files.get(path)),
    )


def difference(old: bytes | None, new: bytes | None) -> Difference | None:
    """Return what differs between two texts; None when one of them is no text."""
    try:
        return line_diff((old or b"").decode("utf-8-sig"), (new or b"").decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None
