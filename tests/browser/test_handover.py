"""A member is replaced between the first round and the second: both stay readable, each under
the names of those who were in the team then."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from app import clock
from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore
from courses.models import Draft, User
from courses.services.handovers import save_handover_note
from courses.vocabulary import Role, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
    user_of,
)
from tests.writing import finish_first_lessons

PASSWORD = "granar vid sjön i november"
NOTE = "Nyckeln till arkivet har receptionen."


@pytest.fixture
def database(empty) -> Iterator[Database]:
    database = Database(empty.config.database_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def team(empty, database) -> dict[str, str]:
    """Anna and Cia have handed in, with Anna's pen, and are asked for more; Bo has no team."""
    store = EditionStore(empty.config.data_dir / "editions")
    course = store.published("processledarutbildning").course("sv")
    joint = next(one for one in course.assignments if one.is_joint)
    with database.session(writes=True) as session, session.begin():
        cohort = make_cohort(session, course)
        team = make_team(session, cohort, name="Norr")
        anna = make_enrollment(session, cohort, team=team, user=make_user(session, name="Anna"))
        cia = make_enrollment(session, cohort, team=team, user=make_user(session, name="Cia"))
        bo = make_enrollment(session, cohort, user=make_user(session, name="Bo"))
        team.holder_id = anna.id
        finish_first_lessons(session, bo, course)
        make_submission(
            session, cohort, team, joint, SubmissionState.RETURNED,
            submitted_by=user_of(session, anna),
        )
        session.add(
            Draft(
                team_id=team.id, assignment_id=joint.id, answers=answers_to(joint), version=1,
                updated_at=clock.now(), updated_by=anna.user_id,
            )
        )
        save_handover_note(
            session, team_id=team.id, enrollment_id=anna.id, text=NOTE, version=0,
            now=clock.now(),
        )
        coordinator = make_role(session, Role.COORDINATOR)
        coordinator.name = "Lena"
        people = {"anna": user_of(session, anna), "bo": user_of(session, bo),
                  "cia": user_of(session, cia), "lena": coordinator}
        for name, user in people.items():
            session.execute(
                update(User).where(User.id == user.id).values(
                    email=f"{name}@stegvis.example",
                    password_hash=passwords.hash_password(PASSWORD),
                )
            )
        return {
            "work": f"/team/{team.id}/uppgift/{joint.slug}",
            "replace": f"/samordna/deltagare/{anna.id}/overlamning", "title": joint.title,
        }


@pytest.fixture
def desk(browser, empty):
    """Return a page on which somebody is logged in, in a browser of their own."""
    contexts = []

    def log_in(name: str) -> Page:
        context = browser.new_context(base_url=empty.url, locale="sv-SE")
        contexts.append(context)
        page = context.new_page()
        page.goto("/logga-in")
        page.get_by_label("E-post").fill(f"{name}@stegvis.example")
        page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Logga in").first.click()
        return page

    yield log_in
    for context in contexts:
        context.close()


def test_both_rounds_stay_under_the_names_of_those_who_were_there(team, desk):
    lena, bo, anna = desk("lena"), desk("bo"), desk("anna")
    lena.goto(team["replace"])
    lena.get_by_label("Någon som redan är med i utbildningsomgången").check()
    lena.get_by_label("Personen", exact=True).select_option("Bo")
    lena.get_by_role("button", name="Genomför bytet").click()
    expect(lena.locator("main")).to_contain_text("Bytet är gjort.")

    bo.goto("/ikapp")
    expect(bo.locator("main")).to_contain_text("Du tar över efter Anna i Norr.")
    expect(bo.locator("main")).to_contain_text(NOTE)
    bo.goto(f"{team['work']}/kontrollera")
    bo.locator("#attest").check()
    bo.get_by_role("button", name="Skicka in för").click()
    expect(bo.locator("h1")).to_have_text("Uppgiften är inskickad")

    bo.goto(f"{team['work']}/versioner/1")
    expect(bo.locator("main")).to_contain_text("Anna")
    expect(bo.get_by_role("listitem").filter(has_text="Bo,")).to_have_count(0)
    bo.goto(f"{team['work']}/versioner/2")
    expect(bo.get_by_role("listitem").filter(has_text="Bo,")).to_have_count(1)
    expect(bo.get_by_role("listitem").filter(has_text="Anna,")).to_have_count(0)

    anna.goto("/hem")
    anna.get_by_role("link", name="Arbete i tidigare team").click()
    expect(anna.get_by_role("row")).to_have_count(2)  # the heading and version 1
    anna.get_by_role("link", name=team["title"]).click()
    expect(anna.locator("h1")).to_contain_text("version 1")
    assert anna.goto(f"{team['work']}/versioner/2").status == 404
