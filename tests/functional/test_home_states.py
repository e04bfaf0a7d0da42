"""The states of *Min utbildning* that the next card and the page around it can be in."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from courses.models import Submission
from courses.services.progress import record_completion
from courses.vocabulary import EnrollmentState, Role, SubmissionState
from tests.factories import make_cohort, make_enrollment, make_role, make_team, make_user, user_of

AHEAD = date(2099, 2, 9)


@pytest.fixture
def karin(session, course):
    """She takes part in a cohort of which the first module alone has opened."""
    cohort = make_cohort(session, course, opens={one.id: AHEAD for one in course.modules[1:]})
    return make_enrollment(
        session, cohort, team=make_team(session, cohort), user=make_user(session, name="Karin Ek")
    )


def finish(session, course, enrollment, *item_ids, at=None):
    for item_id in item_ids:
        record_completion(
            session, enrollment=enrollment, item_id=item_id, course=course,
            actor_id=enrollment.user_id, now=at or clock.now(),
        )


def card(page):
    return page.text.split('class="next"', 1)[1].split("</section>", 1)[0]


def returned(session, enrollment, assignment_id, due_on):
    session.add(
        Submission(
            cohort_id=enrollment.cohort_id, enrollment_id=enrollment.id, due_on=due_on,
            assignment_id=assignment_id, state=SubmissionState.RETURNED,
        )
    )


def test_of_several_things_to_complete_the_nearest_is_next(client, login, session, course):
    karin = make_enrollment(session, make_cohort(session, course))
    today = clock.today()
    returned(session, karin, "U1", today + timedelta(days=9))
    returned(session, karin, "U2", today + timedelta(days=2))
    login(user_of(session, karin))

    page = client.get("/hem")

    assert f"Komplettera: {course.items['U2'].title}" in card(page)
    assert page.text.count('class="btn"') == 1


def test_in_step_still_names_what_is_left_beside_the_modules(
    client, login, session, course, karin
):
    finish(session, course, karin, *course.modules[0].items)
    login(user_of(session, karin))

    page = client.get("/hem")
    assert "Du är i fas" in card(page)
    assert "Vid sidan av modulerna återstår:" in card(page)
    assert "/hem/krav/webbkurs" in card(page)

    finish(session, course, karin, "webbkurs")
    session.commit()
    assert "Vid sidan av modulerna" not in card(client.get("/hem"))


def test_nobody_is_finished_while_any_line_is_left(client, login, session, course):
    karin = make_enrollment(session, make_cohort(session, course))
    finish(session, course, karin, *course.items, *course.beside)
    login(user_of(session, karin))
    assert "Du har gjort allt som utbildningen kräver" in card(client.get("/hem"))

    for line in course.requirements:
        if line.items[0] in course.beside:
            other = make_enrollment(session, make_cohort(session, course))
            some = [one for one in course.beside if one not in line.items]
            finish(session, course, other, *course.items, *some)
            login(user_of(session, other))
            assert "Du är i fas" in card(client.get("/hem")), line.id


def test_what_was_done_elsewhere_long_ago_is_no_visit_here(client, login, session, course, karin):
    finish(session, course, karin, "webbkurs", "T1.1", at=datetime(2025, 1, 3, 12, tzinfo=UTC))
    login(user_of(session, karin))

    page = client.get("/hem")

    assert "Senast var du här" not in page.text
    assert "Välkommen. Börja här" in card(page)


def test_a_break_is_said_and_nothing_is_asked(client, login, session, karin):
    karin.state = EnrollmentState.PAUSED
    login(user_of(session, karin))

    page = client.get("/hem")

    assert "Du har uppehåll" in card(page)
    assert 'class="btn"' not in card(page)


def test_after_the_last_day_the_cohort_is_over(client, login, session, course):
    over = clock.today() - timedelta(days=1)
    karin = make_enrollment(session, make_cohort(session, course, ends_on=over))
    login(user_of(session, karin))

    assert "Utbildningsomgången är avslutad" in card(client.get("/hem"))


def test_before_the_first_module_the_day_is_told(client, login, session, course):
    cohort = make_cohort(session, course, opens={one.id: AHEAD for one in course.modules})
    login(user_of(session, make_enrollment(session, cohort)))

    page = client.get("/hem")

    assert "Utbildningen har inte börjat än" in card(page)
    assert "9 februari 2099" in card(page)


def test_what_the_coordinator_sees_is_the_coordinators_own_page_row_by_row(
    app, client, login, session, course, karin
):
    finish(session, course, karin, "L1.1", "webbkurs", "T1.1")
    login(user_of(session, karin))
    own = rows_in(client.get("/hem").text.split('id="samordnaren-ser"', 1)[1])
    coordinator = login(make_role(session, Role.COORDINATOR), on=app.test_client())

    theirs = rows_in(coordinator.get(f"/samordna/deltagare/{karin.id}").text)

    assert len(own) > 40
    assert own == theirs
    assert any("Webbkurs om våld" in row and "Klart" in row for row in own)


def rows_in(text):
    """The rows from the first module on, as words."""
    text = text.split('id="M1"', 1)[1]
    rows = re.findall(r"<div><dt>.*?</dd></div>", text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
