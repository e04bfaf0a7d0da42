"""A part of the draft exactly as participants will see it, with its problems beside it."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.forms.assignments import AnswersForm
from app.guard import guarded
from app.i18n import select_language
from app.pages import editing
from app.pages.editing import Draft, bench_of, load_draft
from app.views.editing import bp
from courses.catalog import Course, Module, Workbench
from courses.errors import NotFound
from courses.permissions import Permission


@bp.get("/<course_id>/las/<slug>")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def module(draft: Draft) -> ResponseReturnValue:
    bench, course = _opened(draft)
    found = _module(draft, course)
    address = editing.addresses(draft.course_id)
    return _page("module", draft, bench, found.id, module=found, course=course, address=address)


@bp.get("/<course_id>/las/<slug>/<lesson_slug>")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def lesson(draft: Draft) -> ResponseReturnValue:
    bench, course = _opened(draft)
    within = _module(draft, course)
    found = next((one for one in within.lessons if one.slug == draft.at["lesson_slug"]), None)
    if found is None:
        raise NotFound
    return _page(
        "lesson", draft, bench, found.id, lesson=found, module=within, course=course, line=None,
        may_answer=False, nothing_chosen=None,
        answers={exercise.id: {} for exercise in found.exercises},
    )


@bp.get("/<course_id>/las/<slug>/kunskapskoll")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def check(draft: Draft) -> ResponseReturnValue:
    bench, course = _opened(draft)
    within = _module(draft, course)
    if within.check is None:
        raise NotFound
    return _page("check", draft, bench, within.check.id, check=within.check, module=within)


@bp.get("/<course_id>/uppgift/<slug>")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def assignment(draft: Draft) -> ResponseReturnValue:
    bench, course = _opened(draft)
    found = course.assignment_by_slug(draft.at["slug"])
    original = bench.original
    written = original.assignment_by_slug(draft.at["slug"]) if original else None
    if found is None or written is None:
        raise NotFound
    return _page(
        "assignment", draft, bench, found.id, a=found, course=course,
        form=AnswersForm.showing(found, written, {}),
    )


@bp.get("/<course_id>/figur/<figure_id>")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def figure(draft: Draft) -> ResponseReturnValue:
    bench, course = _opened(draft)
    found = course.figures.get(draft.at["figure_id"])
    if found is None:
        raise NotFound
    shown_in = [
        one for one in course.lessons if found.id in {each.id for each in one.figures}
    ]
    return _page(
        "figure", draft, bench, found.id, figure=found, shown_in=shown_in, course=course,
        address=editing.addresses(draft.course_id),
    )


@bp.get("/<course_id>/sida/<slug>")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def page(draft: Draft) -> ResponseReturnValue:
    bench, course = _opened(draft)
    found = course.page(draft.at["slug"])
    if found is None:
        raise NotFound
    return _page("page", draft, bench, found.id, page=found)


def _opened(draft: Draft) -> tuple[Workbench, Course]:
    bench = bench_of(draft)
    course = bench.in_language(select_language())
    if course is None:
        raise NotFound
    return bench, course


def _module(draft: Draft, course: Course) -> Module:
    found = course.module_by_slug(draft.at["slug"])
    if found is None:
        raise NotFound
    return found


def _page(name: str, draft: Draft, bench: Workbench, item_id: str, **more: Any) -> str:
    """The page of one part: `bredd=smal` as on a phone, `utskrift` alone as on paper."""
    entry = bench.by_id.get(item_id)
    return render_template(
        f"editing/preview_{name}.html", draft=draft, bench=bench, entry=entry,
        found=bench.problems_in(entry.paths) if entry else (),
        is_narrow=request.args.get("bredd") == "smal", is_print="utskrift" in request.args,
        switch=_switch, **more,
    )


def _switch(**query: Any) -> str:
    """The address of this page, seen in another way."""
    now = {"bredd": request.args.get("bredd"), "lang": request.args.get("lang")}
    return url_for(request.endpoint or "", **request.view_args or {}, **now | query)
