"""Surveys: answering or declining one, and what a whole cohort answered.

What is posted here is remembered nowhere but in the answers themselves: no row for the form's
key, no line in the access log, no rescue, and a refused form is shown again, not kept.
"""

import csv
import io

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db, editions
from app.forms.surveys import SurveyForm
from app.guard import guarded
from app.http import idempotency
from app.http.access import log_access
from app.pages.surveying import load_survey, load_surveyed
from courses.permissions import Permission
from courses.queries.survey_results import (
    SurveyedCohort,
    SurveyResults,
    survey_results,
)
from courses.queries.surveys import SurveyReading, choice_made
from courses.rules.survey_results import Shares
from courses.services.surveys import answer_survey, decline_survey

bp = Blueprint("surveys", __name__)
idempotency.leave_no_trace("surveys.answer")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would work out instead of showing."""


@bp.get("/enkat/<survey_id>")
@guarded(Permission.COURSE_READ, load=load_survey)
def show(reading: SurveyReading) -> ResponseReturnValue:
    return _page(reading, SurveyForm(reading.survey))


@bp.post("/enkat/<survey_id>")
@guarded(Permission.SURVEY_ANSWER, load=load_survey)
def answer(reading: SurveyReading) -> ResponseReturnValue:
    common = {
        "enrollment": reading.enrollment, "course": reading.course, "survey": reading.survey,
        "today": clock.today(),
    }
    choice = request.form.get("choice")
    if choice == "decline-surely":
        decline_survey(db.session(), **common)
    else:
        form = SurveyForm(reading.survey, request.form, known=reading.course.function_numbers)
        if choice == "decline":  # for good: asked once, with what was filled in still there
            return _page(reading, form, asks="decline"), 422
        if not form.validate() or choice == "wait":
            return _page(reading, form, asks="wait" if choice == "wait" else ""), 422
        answer_survey(db.session(), answers=form.answers, **common)
    return redirect(url_for(".show", survey_id=reading.survey.id), 303)


@bp.get("/enkater/<int:cohort_id>")
@guarded(Permission.SURVEY_READ, load=load_surveyed)
def results(context: SurveyedCohort) -> ResponseReturnValue:
    found = _results(context)
    return render_template("surveys/results.html", context=context, results=found)


@bp.get("/enkater/<int:cohort_id>/csv")
@guarded(Permission.SURVEY_READ, load=load_surveyed)
def download(context: SurveyedCohort) -> ResponseReturnValue:
    """The same results for a spreadsheet."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";")
    for row in _rows(_results(context)):
        writer.writerow([f"'{one}" if one.startswith(FORMULA) else one for one in row])
    response = make_response("\ufeff" + sheet.getvalue())
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="enkater.csv"'
    return response


def _page(reading: SurveyReading, form: SurveyForm, *, asks: str = "") -> str:
    return render_template(
        "surveys/show.html", reading=reading, form=form, today=clock.today(),
        asks="" if form.errors else asks, choice=choice_made(db.session(), reading),
    )


def _results(context: SurveyedCohort) -> SurveyResults:
    log_access(f"surveys:{context.cohort.id}")
    return survey_results(db.session(), context.cohort.id, editions.course(context.digest))


def _rows(found: SurveyResults) -> list[list[str]]:
    rows = [[_("Enkät"), _("Fråga"), _("Det som svarades"), _("Antal")]]
    for wave in found.waves:
        count = str(wave.answered) if wave.answered else _("färre än 5")
        rows.append([wave.survey.title, _("Har svarat"), "", count])
    for group in found.groups:
        for one in group.questions:
            for survey in group.surveys:
                shares = one.shares[survey.id]
                if shares is not None:
                    rows += _cells(survey.title, one.question.text, group.options, shares)
    for text in found.texts:
        rows += [
            [text.survey.title, text.question.text, " ".join(one.split()), ""]
            for one in text.texts
        ]
    return rows


def _cells(
    survey: str, question: str, options: tuple[str, ...], shares: Shares
) -> list[list[str]]:
    hidden = _("dolt")
    named = [*zip(options, shares.cells, strict=True), (_("Inget svar"), shares.blank)]
    rows = [
        [survey, question, name, hidden if count is None else str(count)]
        for name, count in named
    ]
    median = hidden if shares.median is None else str(shares.median)
    return [*rows, [survey, question, _("Median"), median]]
