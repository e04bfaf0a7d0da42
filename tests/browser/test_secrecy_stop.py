"""From the press of a stop to a new version: a trainer, who wrote the text, and the officer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore
from courses.models import Draft
from courses.services.progress import record_completion
from courses.vocabulary import Role
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_user,
)
from tests.stopping import WORDS

PASSWORD = "granar vid sjön i november"
HERE = "Så här är det hos oss."


@pytest.fixture
def stopped_text(empty):
    """A text that was handed in, with a passage in which somebody could be recognized."""
    database = Database(empty.config.database_url)
    course = EditionStore(empty.config.data_dir / "editions").published(
        "processledarutbildning"
    ).course("sv")
    assignment = next(one for one in course.assignments if not one.is_joint)
    section = next(one.id for one in assignment.sections if one.kind == "text")
    answers = answers_to(assignment) | {section: f"{HERE} {WORDS}"}
    hashed = passwords.hash_password(PASSWORD)

    def person(session, name):
        return make_user(
            session, email=f"{name}@stegvis.example", name=name.title(), password_hash=hashed
        )

    with database.session(writes=True) as session, session.begin():
        cohort = make_cohort(session, course)
        writer = make_enrollment(session, cohort, user=person(session, "skribent"))
        make_role(session, Role.TRAINER, cohort=cohort, user=person(session, "utbildare"))
        make_role(session, Role.SECRECY_OFFICER, user=person(session, "tjansteperson"))
        submission = make_submission(session, cohort, writer, assignment, answers=answers)
        session.add(
            Draft(
                enrollment_id=writer.id, assignment_id=assignment.id, answers=answers,
                updated_at=clock.now(), updated_by=writer.user_id,
            )
        )
        for item_id in course.hand_in_first:
            record_completion(
                session, enrollment=writer, item_id=item_id, course=course, actor_id=None,
                now=clock.now(),
            )
        number = submission.id
    yield number, assignment, section
    database.engine.dispose()


@pytest.fixture
def somebody(browser, empty) -> Iterator:
    """Open a browser of their own, without scripts, and log in."""
    made = []

    def open_(name: str) -> Page:
        context = browser.new_context(
            base_url=empty.url, locale="sv-SE", java_script_enabled=False
        )
        made.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto("/logga-in")
        page.fill("[name=email]", f"{name}@stegvis.example")
        page.fill("[name=password]", PASSWORD)
        page.locator("main").get_by_role("button", name="Logga in").click()
        page.wait_for_url(lambda url: "/logga-in" not in url)
        return page

    yield open_
    for context in made:
        context.close()


def test_from_the_press_to_a_new_version(stopped_text, somebody):
    number, assignment, section = stopped_text
    trainer = somebody("utbildare")
    trainer.goto(f"/granska/{number}")
    trainer.get_by_role("link", name="Sekretesstopp").click()
    trainer.get_by_role("checkbox", name=WORDS).check()
    trainer.get_by_label("En vänlig rad").fill("Jag ringer dig i eftermiddag.")
    trainer.get_by_role("button", name="Stoppa texten").click()
    expect(trainer.locator("main")).to_contain_text("Ring den som skrev")
    expect(trainer.locator("mark")).to_contain_text(WORDS)
    case = trainer.url

    writer = somebody("skribent")
    writer.goto(f"/uppgift/{assignment.slug}")
    expect(writer.locator("main")).to_contain_text("Pausad, vi hör av oss")
    expect(writer.locator("main")).to_contain_text("Jag ringer dig i eftermiddag.")
    writer.get_by_role("link", name="Version 1").click()
    expect(writer.locator("mark")).to_have_text(f"[ska bort: {WORDS}]")
    writer.goto(f"/uppgift/{assignment.slug}/skriv")
    expect(writer.locator(f"#e-{section}")).to_contain_text("Det här stoppades och ska bort")
    writer.locator(f"#a-{section}").fill(HERE)
    writer.get_by_role("button", name="Spara och kontrollera").click()
    for box in writer.locator("main [type=checkbox]").all():
        box.check()
    writer.get_by_role("button", name="Skicka in uppgiften").click()
    expect(writer.locator("h1")).to_have_text("Uppgiften är inskickad")

    officer = somebody("tjansteperson")
    officer.goto("/konto")
    officer.get_by_role("navigation").get_by_role("link", name="Sekretess").last.click()
    officer.locator("main table a").click()
    officer.get_by_role("button", name="Ta över").click()
    trainer.goto(case)
    expect(trainer.locator("body")).not_to_contain_text(WORDS)
    expect(trainer.locator("h1")).not_to_contain_text("Stoppad text")
    trainer.goto(f"/granska/{number}")
    expect(trainer.locator("#texten")).to_contain_text(HERE)
    expect(trainer.locator("body")).not_to_contain_text(WORDS)

    officer.get_by_role("button", name="Gör en maskerad kopia").click()
    officer.get_by_role("button", name="Notera att den är ersatt").click()
    officer.get_by_role("button", name="Notera att registrator har fått den").click()
    officer.get_by_label("Diarienummer").fill("1234-2026")
    officer.get_by_role("button", name="Notera att den är överförd").click()
    expect(officer.locator("main")).not_to_contain_text(WORDS)
    officer.get_by_role("button", name="Avsluta ärendet").click()
    expect(officer.locator("main")).to_contain_text("Avslutade ärendet")
    writer.goto(f"/uppgift/{assignment.slug}/versioner")
    expect(writer.locator("main")).to_contain_text("Överförd till diariet")
    expect(writer.get_by_role("link", name="Version 1")).to_have_count(0)
