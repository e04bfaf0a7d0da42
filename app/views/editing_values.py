"""What is corrected oftest, in small forms: a help line's number and hours, a fact's dates."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db, reasons
from app.forms.editing import FactForm, HelpLineForm, fact_form
from app.guard import guarded
from app.pages.editing import Draft, bench_of, load_draft
from app.views.editing import bp
from app.views.editing_files import acting
from courses.catalog import Fact, HelpLine, Workbench, fingerprint
from courses.catalog.writing_back import change_fact, change_help_line
from courses.errors import NotFound, Refused, Stale
from courses.permissions import Permission
from courses.services.content import save_file

LINES, FACTS = "support.toml", "facts.toml"


@bp.get("/<course_id>/stodlinjer/<line_id>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def help_line(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    return _line_page(draft, bench, _line_form(draft, bench))


@bp.post("/<course_id>/stodlinjer/<line_id>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def change_line(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    mark, form = _line_mark(draft, bench), HelpLineForm(request.form)
    if not form.validate():
        return _line_page(draft, bench, form), 422
    try:
        _write_back(draft, bench, LINES, draft.at["line_id"], form, mark, change_help_line)
    except Stale as stale:
        form.show_newer(stale)
        return _line_page(draft, bench, form), 409
    except Refused as refused:
        form.number.errors = [reasons.sentence(refused)]
        return _line_page(draft, bench, form), 422
    flash(_("Sparat i utkastet. Deltagarna ser det när du publicerar."))
    return redirect(url_for(".help_lines", course_id=draft.course_id), 303)


@bp.get("/<course_id>/fakta/<fact_id>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def fact(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    one = _fact(draft, bench)
    return _fact_page(draft, bench, fact_form(one, _mark(one)))


@bp.post("/<course_id>/fakta/<fact_id>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def change_dates(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    mark, form = _mark(_fact(draft, bench)), FactForm(request.form)
    if not form.validate():
        return _fact_page(draft, bench, form), 422
    try:
        _write_back(draft, bench, FACTS, draft.at["fact_id"], form, mark, change_fact)
    except Stale as stale:
        form.show_newer(stale)
        return _fact_page(draft, bench, form), 409
    except Refused as refused:
        form.as_of.errors = [reasons.sentence(refused)]
        return _fact_page(draft, bench, form), 422
    flash(_("Sparat i utkastet. Deltagarna ser det när du publicerar."))
    return redirect(url_for(".facts", course_id=draft.course_id), 303)


def _write_back(
    draft: Draft,
    bench: Workbench,
    path: str,
    row_id: str,
    form: FactForm | HelpLineForm,
    mark: str,
    change: Callable[[bytes, str, Mapping[str, str]], bytes],
) -> None:
    """Save the file with the form's values in it. `mark` says how the row stands now: whoever
    began on another one meets Stale; other rows of the file do not matter."""
    raw = bench.files.get(path, b"")
    written = change(raw, row_id, form.values)
    if form.based_on.data != mark and written != raw:
        raise Stale(written, mark, version=0)
    save_file(
        db.session(), draft.course_id, bench.base, path, written,
        based_on=bench.fingerprint(path), sees_published=False, **acting(),
    )


def _mark(*rows: Fact | HelpLine) -> str:
    """Says how a row stands, in all languages."""
    return fingerprint(repr(rows).encode())


def _line_mark(draft: Draft, bench: Workbench) -> str:
    line = _line(draft, bench)
    return _mark(line, _in_english(line, bench))


def _line(draft: Draft, bench: Workbench) -> HelpLine:
    course = bench.original
    lines = course.support if course else ()
    found = next((one for one in lines if one.id == draft.at["line_id"]), None)
    if found is None:
        raise NotFound
    return found


def _line_form(draft: Draft, bench: Workbench) -> HelpLineForm:
    line = _line(draft, bench)
    english = _in_english(line, bench).hours
    return HelpLineForm(
        number=line.number, hours=line.hours,
        hours_en=english if english != line.hours else "",  # else Swedish stands in for it
        source=line.source, url=line.url, checked=line.checked,
        based_on=_line_mark(draft, bench),
    )


def _in_english(line: HelpLine, bench: Workbench) -> HelpLine:
    course = bench.in_language("en")
    lines = course.support if course else ()
    return next((one for one in lines if one.id == line.id), line)


def _line_page(draft: Draft, bench: Workbench, form: HelpLineForm) -> str:
    return render_template(
        "editing/help_line.html", draft=draft, bench=bench, form=form, line=_line(draft, bench)
    )


def _fact(draft: Draft, bench: Workbench) -> Fact:
    course = bench.original
    found = course.facts.get(draft.at["fact_id"]) if course else None
    if found is None:
        raise NotFound
    return found


def _fact_page(draft: Draft, bench: Workbench, form: FactForm) -> str:
    return render_template(
        "editing/fact.html", draft=draft, bench=bench, form=form, fact=_fact(draft, bench),
        today=clock.today(),
    )
