"""Text that is not saved is not lost by a slip of the hand: the browser asks first."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore
from tests.factories import make_cohort, make_enrollment, make_team, make_user

PASSWORD = "granar vid sjön i november"
NORA = "nora.norr@stegvis.example"
WRITTEN = "Vi vet mindre om våldet mot äldre än vi trodde."
ROW = re.compile("^Lägg till en rad")


class Asked:
    """Counts the browser's questions and answers each as told."""

    def __init__(self, page: Page) -> None:
        self.times = 0
        self.leaves = False
        page.on("dialog", self._answer)

    def _answer(self, dialog) -> None:
        assert dialog.type == "beforeunload"
        self.times += 1
        dialog.accept() if self.leaves else dialog.dismiss()


@pytest.fixture
def writer(browser, empty):
    """A page where somebody who holds the pen writes the team's picture, GU5."""
    database = Database(empty.config.database_url)
    course = EditionStore(empty.config.data_dir / "editions").published(
        "processledarutbildning"
    ).course("sv")
    assignment = next(one for one in course.assignments if one.id == "GU5")
    with database.session(writes=True) as session, session.begin():
        cohort = make_cohort(session, course)
        team = make_team(session, cohort)
        user = make_user(session, email=NORA, password_hash=passwords.hash_password(PASSWORD))
        team.holder_id = make_enrollment(session, cohort, team=team, user=user).id
        path = f"/team/{team.id}/uppgift/{assignment.slug}/avsnitt/vald"
    database.engine.dispose()
    context = browser.new_context(base_url=empty.url, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto("/logga-in")
    page.fill("[name=email]", NORA)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Logga in").click()
    page.goto(path)
    yield page
    context.close()


@pytest.fixture
def asked(writer) -> Asked:
    return Asked(writer)


def box(page: Page) -> Locator:
    return page.get_by_label("1. Vad vi menar med våld")


def write(page: Page) -> None:
    """As a person does, with keys: a browser asks nobody who has not touched the page."""
    box(page).click()
    page.keyboard.type(WRITTEN)


def press(page: Page, name: str | re.Pattern) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).last.click()


def leave(page: Page) -> None:
    page.get_by_role("contentinfo").get_by_role("link", name="Kontakt").click()


def test_a_link_asks_before_text_is_lost_and_staying_keeps_it(writer, asked):
    write(writer)
    with writer.expect_event("dialog"):
        leave(writer)
    expect(box(writer)).to_have_value(WRITTEN)
    assert writer.url.endswith("/avsnitt/vald")

    asked.leaves = True
    leave(writer)
    expect(writer.locator("h1")).to_have_text("Kontakt")
    assert asked.times == 2


def test_closing_asks_before_text_is_lost(writer, asked):
    write(writer)
    with writer.expect_event("dialog"):
        writer.close(run_before_unload=True)
    expect(box(writer)).to_have_value(WRITTEN)


def test_a_text_that_has_been_put_back_is_left_without_a_question(writer, asked):
    write(writer)
    for _ in WRITTEN:
        writer.keyboard.press("Backspace")
    expect(box(writer)).to_have_value("")
    leave(writer)
    expect(writer.locator("h1")).to_have_text("Kontakt")
    assert asked.times == 0


@pytest.mark.parametrize("button", ["Spara", "Spara och gå till översikten", ROW])
def test_no_button_that_saves_asks_and_what_is_saved_is_left_without_a_question(
    button, writer, asked
):
    if button is ROW:
        writer.goto(writer.url.replace("/vald", "/vet-inte"))
        writer.locator("form[data-autosave] textarea").first.click()
        writer.keyboard.type(WRITTEN)
    else:
        write(writer)
    press(writer, button)
    leave(writer)
    expect(writer.locator("h1")).to_have_text("Kontakt")
    assert asked.times == 0


def test_leaving_in_a_hurry_asks_nothing(writer, asked):
    """No page has both the button and a text box today. One that gets both holds nobody back."""
    writer.context.route("https://www.smhi.se/**", lambda route: route.fulfill(body="Sol"))
    writer.goto("/stod")
    writer.locator("main").evaluate(
        "main => main.innerHTML = '<form><textarea name=text></textarea></form>'"
    )
    writer.locator("textarea").click()
    writer.keyboard.type(WRITTEN)
    with writer.expect_event("dialog"):
        leave(writer)
    writer.get_by_role("link", name="Lämna sidan").click()
    expect(writer.locator("body")).to_have_text("Sol")
    assert asked.times == 1


def test_a_message_is_not_lost_by_a_link_either(writer, asked):
    writer.goto("/kontakt")
    writer.locator("textarea").click()
    writer.keyboard.type(WRITTEN)
    with writer.expect_event("dialog"):
        writer.get_by_role("link", name="Stödlinjer och telefonnummer").click()
    expect(writer.locator("textarea")).to_have_value(WRITTEN)
