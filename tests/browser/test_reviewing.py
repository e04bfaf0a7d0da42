"""A trainer answers ten texts in one sitting with the keyboard alone: no pointer is used."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore
from courses.models import Review, SavedComment, Submission
from courses.vocabulary import Outcome, Role, SubmissionState
from tests.browser.test_keyboard import Keys
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_user,
)
from tests.reviewing import answer_round

PASSWORD = "granar vid sjön i november"
TRAINER = "utbildare@stegvis.example"
MANY = 10
RETURNED = 4
"""The place in the sitting of the text that is sent back."""
SECOND = 7
"""… and of the one that was handed in again with nothing changed."""


@pytest.fixture
def database(empty) -> Iterator[Database]:
    database = Database(empty.config.database_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def assignment(empty):
    course = EditionStore(empty.config.data_dir / "editions").published(
        "processledarutbildning"
    ).course("sv")
    return next(one for one in course.assignments if not one.is_joint)


@pytest.fixture
def waiting(empty, database, assignment):
    """Ten texts of one assignment in the list of one trainer."""
    course = EditionStore(empty.config.data_dir / "editions").published(
        "processledarutbildning"
    ).course("sv")
    hashed = passwords.hash_password(PASSWORD)
    with database.session(writes=True) as session, session.begin():
        cohort = make_cohort(session, course)
        trainer = make_role(
            session, Role.TRAINER, cohort=cohort,
            user=make_user(session, email=TRAINER, name="Tora", password_hash=hashed),
        )
        for number in range(1, MANY + 1):
            person = make_enrollment(
                session, cohort, user=make_user(session, name=f"Deltagare {number}")
            )
            again = number == SECOND
            submission = make_submission(
                session, cohort, person, assignment, rounds=2 if again else 1,
                answers=answers_to(assignment),
            )
            if again:
                levels = {one.id: "approved" for one in assignment.criteria}
                answer_round(session, submission, trainer, levels=levels)
    return course


@pytest.fixture
def page(browser, empty) -> Iterator[Page]:
    context = browser.new_context(base_url=empty.url, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


class Trainer:
    """Reads and answers, by keys."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = Keys(page)
        self.pages = 0
        page.on("framenavigated", self._count)

    def _count(self, frame) -> None:
        self.pages += frame.parent_frame is None

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def log_in(self) -> None:
        self.page.goto("/logga-in")
        self.keys.write(self.page.locator("[name=email]"), TRAINER)
        self.keys.write(self.page.locator("[name=password]"), PASSWORD)
        self.keys.enter(self.page.get_by_role("main").get_by_role("button", name="Logga in"))

    def to_the_criteria(self) -> None:
        """By the link that comes first when one tabs, then into the first criterion."""
        self.keys.to(self.page.get_by_role("link", name="Till bedömningen").first)
        self.press("Enter", "Tab")
        for _ in range(4):
            if self.level():
                return
            self.press("Tab")
        raise AssertionError("the criteria are far from the link to them")

    def level(self) -> str:
        """The name of the level that has the focus, if one has."""
        return self.page.evaluate(
            "() => document.activeElement.type === 'radio' ? document.activeElement.name : ''"
        )

    def has_focus(self, selector: str) -> bool:
        return self.page.evaluate("(s) => document.activeElement.matches(s)", selector)

    def is_covered(self) -> bool:
        """Whether the line that says what has been saved lies on what has the focus."""
        return self.page.evaluate("""() => {
            const focused = document.activeElement.getBoundingClientRect();
            return focused.bottom > document.getElementById("sparat").getBoundingClientRect().top;
        }""")

    def check(self) -> None:
        with self.page.expect_navigation(url="**/kontrollera*"):
            self.press("Control+Enter")

    def send(self) -> None:
        self.keys.enter(self.page.get_by_role("button", name="Skicka och granska nästa"))


def test_ten_texts_are_answered_by_keys_alone(page, waiting, database, assignment):
    tora = Trainer(page)
    criteria = [f"level-{one.id}" for one in assignment.criteria]
    tora.log_in()
    tora.keys.enter(page.locator("nav.wide").get_by_role("link", name="Granska"))
    tora.keys.enter(page.get_by_role("button", name="Granska nästa"))
    tora.pages = 0

    for number in range(1, MANY + 1):
        expect(page.locator("h1")).to_contain_text("Granska:")
        tora.to_the_criteria()
        if page.get_by_text("Uppfyllt i version 1").count():
            for name in criteria[:-1]:  # one key each: what was met stands
                assert tora.level() == name
                tora.press("Enter")
            tora.press("2")
        else:
            for name in criteria:
                assert tora.level() == name
                tora.press("1" if number == RETURNED and name == criteria[0] else "2")
        assert tora.level() == "outcome"
        if number == RETURNED:
            tora.press("2")
            assert tora.has_focus("#due_on")
            tora.keys.write(page.locator("#overall"), "Vem beslutar om tiden?")
        else:
            tora.press("1")
        tora.check()
        tora.send()

    assert tora.pages <= 3 * MANY
    expect(page.locator("h1")).to_have_text("Återkopplingen är skickad")
    with database.session(writes=False) as session:
        states = list(session.scalars(select(Submission.state)))
        outcomes = list(session.scalars(select(Review.outcome).where(Review.overall == "")))
    assert states.count(SubmissionState.APPROVED) == MANY - 1
    assert states.count(SubmissionState.RETURNED) == 1
    assert outcomes == [Outcome.APPROVE] * (MANY - 1)


def test_the_keys_lead_about_the_page(page, waiting, assignment):
    tora = Trainer(page)
    first, second, *_rest = assignment.criteria
    tora.log_in()
    page.goto("/granska")
    tora.keys.enter(page.get_by_role("button", name="Granska nästa"))
    tora.to_the_criteria()

    tora.press("j")
    assert tora.level() == f"level-{second.id}"
    tora.press("k", "t")
    assert tora.has_focus(f"#avsnitt-{first.sections[0]}")
    tora.press("b")
    assert tora.level() == f"level-{first.id}"
    tora.press("c")
    page.keyboard.type("jk12? skrivs som de är")
    expect(page.locator(f"#comment-{first.id}")).to_have_value("jk12? skrivs som de är")
    tora.press("Escape", "Shift+?")
    expect(page.locator("#tangenter")).to_have_attribute("open", "")
    tora.press("?")
    expect(page.locator("#tangenter")).not_to_have_attribute("open", "")
    tora.press("p")
    assert not tora.is_covered()
    tora.press("Enter")
    box = page.locator(f"#comment-{first.id}")
    assert box.input_value().endswith("\n\n" + waiting.phrases.all[0])
    page.keyboard.type("er.")
    assert "…" not in box.input_value()
    expect(page.locator("#sparat")).to_contain_text("Sparat kl.")
    assert page.evaluate("() => location.hash") == "#bedomningen"  # no page was loaded for it


def test_without_scripts_a_phrase_and_a_comment_are_kept(browser, empty, waiting, database):
    context = browser.new_context(base_url=empty.url, locale="sv-SE", java_script_enabled=False)
    page = context.new_page()
    tora = Trainer(page)
    tora.log_in()
    page.goto("/granska")
    page.get_by_role("button", name="Granska nästa").click()
    bank = page.locator("details.bank").first
    bank.locator("summary").click()
    bank.get_by_role("button", name=waiting.phrases.question[0]).click()
    expect(page.locator("textarea").first).to_have_value(waiting.phrases.question[0])
    bank.locator("summary").click()
    bank.get_by_role("button", name="Spara kommentaren i min bank").click()
    with database.session(writes=False) as session:
        assert list(session.scalars(select(SavedComment.text))) == [waiting.phrases.question[0]]
    context.close()


def test_two_windows_keep_both_texts(browser, page, empty, waiting):
    tora = Trainer(page)
    tora.log_in()
    page.goto("/granska")
    tora.keys.enter(page.get_by_role("button", name="Granska nästa"))
    other = page.context.new_page()
    other.goto(page.url)
    page.locator("#overall").fill("Det ena")
    expect(page.locator("#sparat")).to_contain_text("Sparat kl.")
    other.locator("#overall").fill("Det andra")
    expect(other.locator("#sparat")).to_contain_text("En annan text har sparats under tiden.")
    with other.expect_navigation():
        other.get_by_role("button", name="Visa båda texterna").click()

    expect(other.locator("#overall")).to_have_value("Det andra")
    expect(other.locator(".box-warn[role=alert]")).to_contain_text("Det ena")


def test_a_day_in_a_break_is_told_while_it_is_chosen(page, waiting):
    tora = Trainer(page)
    tora.log_in()
    page.goto("/granska")
    tora.keys.enter(page.get_by_role("button", name="Granska nästa"))
    told = page.locator("[data-breaks]")
    first = told.get_attribute("data-breaks").split("/")[0]
    page.locator("[name=outcome][value=return]").check()
    expect(told).to_be_hidden()
    page.locator("#due_on").fill(first)
    expect(told).to_be_visible()
