"""Publishing the draft, and going back to an earlier edition: first what it means, for whom."""

import io
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.editing import PublishForm, publish_form
from app.guard import guarded
from app.http.access import log_access
from app.pages.editing import Draft, bench_of, load_draft
from app.views.editing import bp
from courses.catalog import ContentError, LoadedCourse, Workbench
from courses.errors import NotFound, Refused
from courses.permissions import Permission
from courses.queries.publishing import (
    CONCERNED,
    Consequences,
    HistoryLine,
    consequences,
    edition_history,
)
from courses.services.content import publish_draft as publish_files
from courses.services.editions import publish


@bp.get("/<course_id>/upplagor")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def editions_(draft: Draft) -> ResponseReturnValue:
    return render_template(
        "editing/editions.html", draft=draft, bench=bench_of(draft),
        history=edition_history(db.session(), draft.course_id),
    )


@bp.get("/<course_id>/upplagor/<int:number>.zip")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def download_edition(draft: Draft) -> ResponseReturnValue:
    line = _line(draft)
    return send_file(
        io.BytesIO(editions.store().read(line.digest)), "application/zip", as_attachment=True,
        download_name=f"{draft.course_id}-upplaga-{line.number}.zip",
    )


@bp.get("/<course_id>/publicera")
@guarded(Permission.CONTENT_PUBLISH, load=load_draft)
def check_publish(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    if bench.errors or bench.course is None or not bench.changed:
        return render_template("editing/not_yet.html", draft=draft, bench=bench)
    return _check_page(draft, bench, bench.course)


@bp.post("/<course_id>/publicera")
@guarded(Permission.CONTENT_PUBLISH, load=load_draft)
def publish_draft(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    if bench.errors or bench.course is None or not bench.changed:
        return render_template("editing/not_yet.html", draft=draft, bench=bench), 409
    form = PublishForm(request.form)
    if form.digest.data != bench.course.digest:
        said = _("Utkastet har ändrats sedan du såg det. Läs igenom vad som skiljer en gång till.")
        return _check_page(draft, bench, bench.course, said=said), 409
    try:
        published = publish_files(
            db.session(), editions.store(), draft.course_id, bench.files, **_chosen(form)
        )
    except (ContentError, Refused) as refused:
        return _refused_page(draft, bench, bench.course, refused), 409
    flash(_("Upplaga %(number)s är publicerad.", number=published.edition.number))
    return redirect(url_for(".editions_", course_id=draft.course_id), 303)


@bp.get("/<course_id>/upplagor/<int:number>/publicera")
@guarded(Permission.CONTENT_PUBLISH, load=load_draft)
def check_return(draft: Draft) -> ResponseReturnValue:
    line = _line(draft)
    return _check_page(draft, bench_of(draft), editions.store().get(line.digest), line)


@bp.post("/<course_id>/upplagor/<int:number>/publicera")
@guarded(Permission.CONTENT_PUBLISH, load=load_draft)
def return_to(draft: Draft) -> ResponseReturnValue:
    line, form = _line(draft), PublishForm(request.form)
    loaded = editions.store().get(line.digest)
    try:
        publish(db.session(), editions.store(), line.digest, **_chosen(form))
    except (ContentError, Refused) as refused:
        return _refused_page(draft, bench_of(draft), loaded, refused, line), 409
    flash(_("Upplaga %(number)s är publicerad igen.", number=line.number))
    return redirect(url_for(".editions_", course_id=draft.course_id), 303)


def _chosen(form: PublishForm) -> dict[str, Any]:
    """What was looked at and decided, by whom and when, as services ask."""
    return {
        "seen": form.seen.data or 0, "decisions": form.decisions(request.form),
        "by": current_user.identity.user_id, "now": clock.now(),
    }


def _line(draft: Draft) -> HistoryLine:
    """The edition in the address."""
    history = edition_history(db.session(), draft.course_id)
    found = next((one for one in history.lines if one.number == draft.at["number"]), None)
    if found is None:
        raise NotFound
    return found


def _refused_page(
    draft: Draft, bench: Workbench, loaded: LoadedCourse, refused: Any,
    line: HistoryLine | None = None,
) -> str:
    """The check page anew, with why nothing happened."""
    if isinstance(refused, ContentError):
        return _check_page(draft, bench, loaded, line, problems=refused.problems)
    return _check_page(draft, bench, loaded, line, said=reasons.sentence(refused))


def _check_page(
    draft: Draft,
    bench: Workbench,
    loaded: LoadedCourse,
    line: HistoryLine | None = None,
    *,
    said: str = "",
    problems: Any = (),
) -> str:
    found: Consequences = consequences(
        db.session(), editions.store(), loaded, today=clock.today()
    )
    log_access(CONCERNED, whatever_comes=True)
    posted = request.form if request.method == "POST" else None
    return render_template(
        "editing/check_publish.html", draft=draft, bench=bench, found=found, line=line,
        form=publish_form(found, posted), said=said, problems=problems or found.reused,
        course=loaded.course(),
    )
