"""What a whole cohort answered: shown from five answers, and only what gives nobody away."""

import csv
import io
import re

from sqlalchemy import select

from courses.models import SurveyResult
from courses.vocabulary import Role
from tests.factories import make_cohort, make_organization, make_role


def test_the_results_come_with_the_fifth_answer_and_the_next_with_the_tenth(
    session, cohort, coordinator, everybody
):
    where = f"/enkater/{cohort.id}"
    everybody(4, lambda number: {"q01": "4"})
    page = coordinator.get(where).get_data(as_text=True)
    assert page.count("Färre än fem har svarat. Inget visas.") == 3
    assert "<table" not in page
    assert "förklara vad våld är" not in coordinator.get(f"{where}/csv").get_data(as_text=True)
    assert session.scalars(select(SurveyResult)).all() == []

    everybody(1, lambda number: {"q01": "4"})
    page = coordinator.get(where).get_data(as_text=True)
    assert "5 har svarat." in page
    assert "<table" in page

    everybody(4, lambda number: {"q01": "1"})
    assert "5 har svarat." in coordinator.get(where).get_data(as_text=True)

    everybody(1, lambda number: {"q01": "4"})
    page = coordinator.get(where).get_data(as_text=True)
    assert "10 har svarat." in page


def test_before_and_after_stand_side_by_side_on_screen_and_in_the_file(
    cohort, coordinator, everybody, at_the_end
):
    everybody(12, lambda number: {"q01": "2" if number < 6 else "3"})
    everybody(
        10, lambda number: {"q01": "4" if number < 5 else "5", "f1": f"Text nummer {number}"},
        survey="slut",
    )

    page = coordinator.get(f"/enkater/{cohort.id}").get_data(as_text=True)
    file = coordinator.get(f"/enkater/{cohort.id}/csv")

    question = page.split("förklara vad våld är")[1].split("</tbody>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', question, re.DOTALL)
    cells = {
        title: re.findall(r'<td class="n">(\d+|<)', row) for title, row in rows
    }
    assert cells == {  # the first ten: six and four, of which neither may be said
        "Enkät före utbildningen": ["0", "<", "<", "0", "0", "0", "0", "2"],
        "Enkät efter utbildningen": ["0", "0", "0", "5", "5", "0", "0", "4"],
    }
    assert page.count("Text nummer") == 10
    assert file.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(file.get_data(as_text=True).lstrip("\ufeff")),
                           delimiter=";"))
    after = {row[2]: row[3] for row in rows
             if row[0] == "Enkät efter utbildningen" and "förklara vad våld" in row[1]}
    assert after == {
        "1": "0", "2": "0", "3": "0", "4": "5", "5": "5", "vet inte": "0", "Inget svar": "0",
        "Median": "4",
    }


def test_texts_are_shown_from_five_and_never_worked_out_by_a_spreadsheet(
    cohort, coordinator, everybody, at_the_end
):
    def filled_in(number):
        written = {"q01": "3", "f1": "=1+1 är min formel"}
        return written | ({"f2": "Bara några skrev det här"} if number < 4 else {})

    everybody(5, filled_in, survey="slut")
    page = coordinator.get(f"/enkater/{cohort.id}").get_data(as_text=True)
    file = coordinator.get(f"/enkater/{cohort.id}/csv").get_data(as_text=True)

    assert page.count("=1+1 är min formel") == 5
    assert "Bara några" not in page + file
    assert ";'=1+1 är min formel" in file


def test_who_may_see_the_results(app, session, cohort, login, everybody):
    everybody(5)
    norr = make_organization(session)
    other = make_cohort(session, app.extensions["editions"].published(cohort.course_id)
                        .course("sv"))
    for path in ("", "/csv"):
        for role, scope, status in (
            (Role.TRAINER, {"cohort": cohort}, 200),
            (Role.COORDINATOR, {}, 200),
            (Role.COORDINATOR, {"cohort": cohort, "organization": norr}, 404),
            (Role.TRAINER, {"cohort": other}, 404),
            (Role.EDITOR, {}, 404),
            (Role.ADMINISTRATOR, {}, 404),
        ):
            browser = login(make_role(session, role, **scope), on=app.test_client())
            assert browser.get(f"/enkater/{cohort.id}{path}").status_code == status


def test_the_results_take_few_statements(cohort, coordinator, everybody, count_statements):
    everybody(5)
    with count_statements() as statements:
        assert coordinator.get(f"/enkater/{cohort.id}").status_code == 200
    assert len(statements) <= 6
