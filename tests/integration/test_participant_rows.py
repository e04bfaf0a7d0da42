from datetime import date

import pytest
from flask import render_template_string

from courses.errors import NotFound
from courses.models import Draft, Submission
from courses.queries.overview_people import late_people
from courses.queries.participant_rows import participant_rows
from courses.rules.visible_status import VisibleStatus
from courses.services.progress import record_completion
from courses.vocabulary import EnrollmentState, SubmissionState
from tests.factories import (
    LONG_AGO,
    make_cohort,
    make_enrollment,
    make_team,
    make_user,
)

TODAY = date(2027, 3, 10)


def _assignment(rows, item_id):
    return next(a for m in rows.modules for a in m.assignments if a.id == item_id)


@pytest.fixture
def place(session, course):
    cohort = make_cohort(session, course, due={"U1": date(2027, 3, 1), "GU1": date(2027, 3, 1)})
    team = make_team(session, cohort)
    return make_enrollment(session, cohort, team=team)


def test_lessons_checks_and_requirement_lines_are_counted(session, course, place):
    for item in ("L1.1", "L1.2", "K1"):
        record_completion(
            session, enrollment=place, item_id=item, course=course, actor_id=None, now=LONG_AGO
        )

    rows = participant_rows(session, place.id, course, TODAY)

    first = rows.modules[0]
    assert (first.lessons_done, first.lessons_total, first.check_done) == (2, 4, True)
    assert first.is_started
    assert not first.is_done
    assert [line.id for line in rows.requirements] == [line.id for line in course.requirements]
    assert rows.certificate is None


def test_a_work_sent_back_is_ongoing_and_shows_no_date_that_has_passed(session, course, place):
    session.add(
        Submission(
            cohort_id=place.cohort_id, enrollment_id=place.id, assignment_id="U1",
            state=SubmissionState.RETURNED, due_on=date(2027, 4, 1), submitted_at=LONG_AGO,
        )
    )
    session.flush()

    row = _assignment(participant_rows(session, place.id, course, TODAY), "U1")

    assert (row.status, row.is_late, row.due_on) == (VisibleStatus.ONGOING, False, None)
    assert row.on is None  # not even that it has been handed in before


@pytest.mark.parametrize(
    ("new_date", "late_since"),
    [(date(2027, 3, 5), date(2027, 3, 1)), (date(2027, 4, 1), None), (date(2027, 2, 1), None)],
)
def test_a_new_date_puts_lateness_off_and_is_shown_nowhere(
    session, course, place, new_date, late_since
):
    """Only work that was sent back has one, so neither lists nor rows may give it away."""
    today = TODAY if new_date.month > 2 else date(2027, 2, 20)  # before the date that all have
    session.add(
        Submission(
            cohort_id=place.cohort_id, enrollment_id=place.id, assignment_id="U1",
            state=SubmissionState.RETURNED, due_on=new_date, submitted_at=LONG_AGO,
        )
    )
    session.flush()

    row = _assignment(participant_rows(session, place.id, course, today), "U1")
    late, _total = late_people(session, place.cohort_id, course, today)

    assert row.is_late is (late_since is not None)
    # a passed date beside work that is not late would set somebody calling
    assert row.due_on == (None if new_date == date(2027, 4, 1) else date(2027, 3, 1))
    assert [one.since for one in late] == ([late_since] if late_since else [])


def test_a_joint_assignment_is_the_home_teams(session, course, place):
    session.add(
        Draft(
            team_id=place.home_team_id, assignment_id="GU1", answers={}, updated_at=LONG_AGO,
            updated_by=place.user_id,
        )
    )
    session.flush()

    row = _assignment(participant_rows(session, place.id, course, TODAY), "GU1")

    assert row.is_joint
    assert (row.status, row.is_late) == (VisibleStatus.ONGOING, True)


def test_who_pauses_is_not_late(session, course, place):
    assert participant_rows(session, place.id, course, TODAY).late == 2
    place.state = EnrollmentState.PAUSED
    session.flush()
    assert participant_rows(session, place.id, course, TODAY).late == 0


def test_an_unknown_enrollment_is_not_found(session, course):
    with pytest.raises(NotFound):
        participant_rows(session, 999_999, course, TODAY)


def test_two_statements_whatever_the_size(session, course, place, count_statements):
    session.commit()
    with count_statements() as statements:
        participant_rows(session, place.id, course, TODAY)
    assert len(statements) == 2


def test_the_rows_are_rendered_in_the_words_that_coordinators_see(app, session, course, place):
    rows = participant_rows(session, place.id, course, TODAY)
    make_user(session)
    with app.test_request_context("/"):
        html = render_template_string(
            '{% from "macros/participant_rows.html" import participant_rows with context %}'
            "{{ participant_rows(rows) }}",
            rows=rows,
        )
    assert "0 av 4" in html
    assert "senast 1 mars 2027" in html
    assert "försenad" in html
    assert "Komplettera" not in html
