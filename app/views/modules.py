"""Modules, lessons with their exercises, and knowledge checks."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, db
from app.forms.learning import check_form, chosen
from app.guard import guarded
from app.pages.reading import load_check, load_lesson, load_module
from courses.catalog.asking import questions_in
from courses.catalog.reading_again import Passage, passage_for
from courses.errors import NotFound, Reason, Refused
from courses.permissions import Permission
from courses.queries.learning import CheckReading, LessonReading, ModuleReading
from courses.queries.lesson_pages import remembered
from courses.queries.modules import ModuleView, module_page
from courses.queries.standing import responses
from courses.services.learning import (
    answer_check,
    answer_exercise,
    finish_lesson,
    reopen_lesson,
)

bp = Blueprint("modules", __name__, url_prefix="/modul")


@bp.get("/<slug>")
@guarded(Permission.COURSE_READ, load=load_module)
def show(reading: ModuleReading) -> ResponseReturnValue:
    return render_template(
        "modules/show.html", reading=reading, view=_view(reading), today=clock.today()
    )


@bp.get("/<slug>/<lesson_slug>")
@guarded(Permission.COURSE_READ, load=load_lesson)
def lesson(reading: LessonReading) -> ResponseReturnValue:
    view = _view(reading)
    if not view.is_open:
        return redirect(view.address, 303)
    return _lesson_page(reading, view)


@bp.post("/<slug>/<lesson_slug>/klar")
@guarded(Permission.PROGRESS_WRITE, load=load_lesson)
def finish(reading: LessonReading) -> ResponseReturnValue:
    try:
        finish_lesson(
            db.session(), enrollment=reading.enrollment, course=reading.course,
            module=reading.module, lesson=reading.lesson, now=clock.now(), today=clock.today(),
        )
    except Refused as refused:
        if refused.reason is not Reason.EXERCISE_FIRST:
            raise
        return _lesson_page(reading, _view(reading), exercise_first=True), 422
    return redirect(_next_address(reading), 303)


@bp.post("/<slug>/<lesson_slug>/angra")
@guarded(Permission.PROGRESS_WRITE, load=load_lesson)
def reopen(reading: LessonReading) -> ResponseReturnValue:
    reopen_lesson(
        db.session(), enrollment=reading.enrollment, course=reading.course,
        lesson=reading.lesson, now=clock.now(),
    )
    return redirect(_lesson_url(reading, "klar"), 303)


@bp.post("/<slug>/<lesson_slug>/ovning/<exercise_id>")
@guarded(Permission.PROGRESS_WRITE, load=load_lesson)
def exercise(reading: LessonReading) -> ResponseReturnValue:
    asking = reading.lesson.exercise(request.view_args["exercise_id"])
    if asking is None:
        raise NotFound
    answers = chosen(questions_in(asking), request.form)
    if not answers:
        page = _lesson_page(reading, _view(reading), nothing_chosen=asking.id)
        return page, 422
    answer_exercise(
        db.session(), enrollment=reading.enrollment, module=reading.module, exercise=asking,
        answers=answers, now=clock.now(), today=clock.today(),
    )
    return redirect(_lesson_url(reading, f"ovning-{asking.id}"), 303)


@bp.get("/<slug>/kunskapskoll")
@guarded(Permission.COURSE_READ, load=load_check)
def check(reading: CheckReading) -> ResponseReturnValue:
    return _check_page(reading, again="igen" in request.args)


@bp.post("/<slug>/kunskapskoll")
@guarded(Permission.PROGRESS_WRITE, load=load_check)
def answer(reading: CheckReading) -> ResponseReturnValue:
    asked = questions_in(reading.check)
    form = check_form(reading.check, seed=_seed(reading, _last(reading)), data=request.form)
    if not form.validate():
        return _check_page(reading, form=form), 422
    answer_check(
        db.session(), enrollment=reading.enrollment, course=reading.course,
        module=reading.module, check=reading.check, answers=chosen(asked, request.form),
        now=clock.now(), today=clock.today(),
    )
    return redirect(url_for("modules.check", slug=reading.module.slug), 303)


def _view(reading: ModuleReading) -> ModuleView:
    return module_page(db.session(), reading, today=clock.today())


def _lesson_page(reading: LessonReading, view: ModuleView, **more: Any) -> str:
    kept = responses(
        db.session(), reading.enrollment, [one.id for one in reading.lesson.exercises]
    )
    asked = {one.id: questions_in(one) for one in reading.lesson.exercises}
    return render_template(
        "modules/lesson.html",
        reading=reading,
        view=view,
        line=view.line(reading.lesson.id),
        following=_next_address(reading),
        remembered=remembered(db.session(), reading),
        today=clock.today(),
        answers={
            key: questions.kept_in(kept[key].answers if key in kept else None)
            for key, questions in asked.items()
        },
        **{"exercise_first": False, "nothing_chosen": None} | more,
    )


def _check_page(reading: CheckReading, *, form: Any = None, again: bool = False) -> Any:
    view = _view(reading)
    if not view.is_open:
        return redirect(view.address, 303)
    asked, last = questions_in(reading.check), _last(reading)
    answers = asked.kept_in(last.answers if last else None)
    return render_template(
        "modules/check.html",
        reading=reading,
        view=view,
        line=view.line(reading.check.id),
        form=form or check_form(reading.check, seed=_seed(reading, last)),
        answers={} if again or form else answers,
        right=asked.right_in(answers),
        passages=_passages(reading),
    )


def _passages(reading: CheckReading) -> dict[str, Passage]:
    """Return question → where to read about it."""
    lessons = {one.id: one for one in reading.course.lessons}
    return {
        one.id: passage_for(one, lessons[one.lesson])
        for one in reading.check.questions
        if one.lesson in lessons
    }


def _last(reading: CheckReading) -> Any:
    """Return the reader's own last answers."""
    return responses(db.session(), reading.enrollment, [reading.check.id]).get(reading.check.id)


def _seed(reading: CheckReading, last: Any) -> str:
    """Return what decides the order of options: another one after each try."""
    mine = reading.enrollment.id if reading.enrollment else 0
    return f"{mine}/{reading.check.id}/{last.at.isoformat() if last else ''}"


def _lesson_url(reading: LessonReading, anchor: str) -> str:
    return url_for(
        "modules.lesson", slug=reading.module.slug, lesson_slug=reading.lesson.slug,
        _anchor=anchor,
    )


def _next_address(reading: LessonReading) -> str:
    """Return the next lesson, else the knowledge check, else the module."""
    module = reading.module
    place = module.lessons.index(reading.lesson) + 1
    if place < len(module.lessons):
        return url_for(
            "modules.lesson", slug=module.slug, lesson_slug=module.lessons[place].slug
        )
    if module.check:
        return url_for("modules.check", slug=module.slug)
    return url_for("modules.show", slug=module.slug)
