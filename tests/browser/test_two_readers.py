"""Two trainers read a team's situation picture by themselves and answer with one voice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore
from courses.models import Reading, Review, Submission, User
from courses.vocabulary import Outcome, SubmissionState
from tests.factories import make_cohort, undertake
from tests.reading import make_pair
from tests.reviewing import LATER

PASSWORD = "granar vid sjön i november"


@pytest.fixture
def database(empty) -> Iterator[Database]:
    database = Database(empty.config.database_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def gu5(empty):
    store = EditionStore(empty.config.data_dir / "editions")
    return store.published("processledarutbildning").course("sv").items["GU5"]


@pytest.fixture
def waiting(empty, database, gu5):
    """The team's text, which Anna reads first and Bertil second."""
    store = EditionStore(empty.config.data_dir / "editions")
    course = store.published("processledarutbildning").course("sv")
    with database.session(writes=True) as session, session.begin():
        submission, *trainers = make_pair(session, make_cohort(session, course), gu5)
        for one in trainers:
            one.email = f"{one.name.lower()}@stegvis.example"
            one.password_hash = passwords.hash_password(PASSWORD)
            undertake(session, one)
        key = submission.id
    return key


@pytest.fixture
def trainer(browser, empty):
    """Return a page on which a trainer is logged in, in a browser of their own."""
    contexts = []

    def log_in(name: str) -> Page:
        context = browser.new_context(base_url=empty.url, locale="sv-SE")
        contexts.append(context)
        page = context.new_page()
        page.goto("/logga-in")
        page.get_by_label("E-post").fill(f"{name}@stegvis.example")
        page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url(lambda url: "logga-in" not in url)
        return page

    yield log_in
    for context in contexts:
        context.close()


def choose(page: Page, criterion, level: str) -> None:
    page.locator(f"input[name='level-{criterion.id}'][value='{level}']").check()


def read(page: Page, gu5, overall: str, revise: str = "") -> None:
    for criterion in gu5.criteria:
        choose(page, criterion, "revise" if criterion.id == revise else "approved")
    page.get_by_label("Sammanfattande kommentar").fill(overall)


def test_from_the_assignment_to_the_joint_decision(database, waiting, trainer, gu5):
    weak = gu5.criteria[0]
    anna, bertil = trainer("anna"), trainer("bertil")
    anna.goto("/granska")
    anna.get_by_role("button", name="Granska nästa").click()
    read(anna, gu5, "Annas ord om texten")
    anna.get_by_role("button", name="Klar med min läsning").click()
    expect(anna.get_by_text("Andra läsare: Bertil, inte klar")).to_be_visible()

    bertil.goto("/granska")
    bertil.get_by_role("link", name=f"{gu5.title}, ").click()
    expect(bertil.get_by_text("Första läsare: Anna, klar")).to_be_visible()
    expect(bertil.get_by_text("Annas ord om texten")).to_have_count(0)
    read(bertil, gu5, "Bertils ord om texten", revise=weak.id)
    bertil.locator(f"[name='comment-{weak.id}']").fill("Skriv ut vilken källa ni menar.")
    bertil.get_by_role("button", name="Klar med min läsning").click()
    expect(bertil.get_by_text("Anna skriver ert gemensamma svar")).to_be_visible()
    expect(bertil.get_by_role("heading", name="Ni skiljer er åt i 1 kriterium")).to_be_visible()

    anna.goto("/granska")
    anna.get_by_role("link", name=f"{gu5.title}, ").click()
    anna.get_by_role("button", name="Ta med kommentaren från Bertil").first.click()
    comment = anna.locator(f"[name='comment-{weak.id}']")
    expect(comment).to_have_value("Skriv ut vilken källa ni menar.")
    choose(anna, weak, "revise")
    anna.get_by_label("Sammanfattande kommentar").fill("Våra gemensamma ord")
    anna.get_by_label("Be om komplettering").check()
    due_on = anna.locator("[name='due_on']")
    if not due_on.input_value():
        due_on.fill(LATER.isoformat())
    anna.get_by_role("button", name="Kontrollera återkopplingen").click()
    expect(anna.get_by_text("Två utbildare har läst: Anna och Bertil")).to_be_visible()
    anna.get_by_role("button", name="Skicka återkoppling").click()
    expect(anna.get_by_role("heading", level=1)).to_contain_text("Återkopplingen är skickad")

    with database.session(writes=False) as session:
        review = session.scalars(select(Review)).one()
        names = dict(session.execute(select(User.id, User.name)).all())
        assert (review.outcome, names[review.reviewer_id]) == (Outcome.RETURN, "Anna")
        assert review.overall == "Våra gemensamma ord"
        readings = session.scalars(select(Reading)).all()
        assert {names[one.reader_id] for one in readings} == {"Anna", "Bertil"}
        assert {one.review_id for one in readings} == {review.id}
        assert session.get_one(Submission, waiting).state is SubmissionState.RETURNED
