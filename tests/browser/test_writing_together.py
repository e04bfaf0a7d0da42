"""Three people of two authorities write their team's assignment in browsers of their own."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from courses.models import Draft, Enrollment, User
from tests.browser.writers import HASHED, Person, line, numbers
from tests.factories import answers_to
from tests.writing import finish_first_lessons, make_draft
from tests.writing_together import make_trio


class Trio:
    """A team of two from a municipality and one from the police, with all but one section of
    their assignment written."""

    def __init__(self, place) -> None:
        self.place = place
        self.assignment = place.course.items["GU1"]
        with place.writes() as session:
            made = make_trio(session, place.cohort, name=f"Norrbyn {next(numbers)}")
            self.team_id = made.team.id
            self.people = [
                self._account(session, one) for one in (made.karin, made.olle, made.pia)
            ]
            finish_first_lessons(session, made.karin, place.course)
            answers = answers_to(self.assignment) | {"saknas": "", "moten": "Varje månad."}
            make_draft(
                session, made.team, self.assignment, {k: v for k, v in answers.items() if v},
                by=session.get_one(User, made.karin.user_id),
            )
        self.path = f"/team/{self.team_id}/uppgift/{self.assignment.slug}"

    def _account(self, session, enrollment: Enrollment) -> Person:
        user = session.get_one(User, enrollment.user_id)
        user.password_hash = HASHED
        return Person(self.place, user.email, user.id, enrollment.id)

    def written(self) -> dict:
        with self.place.writes() as session:
            return session.scalars(
                select(Draft.answers).where(Draft.team_id == self.team_id)
            ).one()


@pytest.fixture
def trio(place) -> Trio:
    return Trio(place)


@pytest.fixture
def desks(trio, contexts):
    """A logged-in page for each of the three, in a browser of their own."""

    def sit_down(**look) -> list[Page]:
        pages = []
        for person in trio.people:
            page = contexts(**look).new_page()
            person.log_in(page)
            pages.append(page)
        return pages

    return sit_down


def box(page: Page):
    return page.locator("#a-saknas")


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


@pytest.mark.parametrize("choice, kept", [
    ("Slå ihop", "Karins text\n\nOlles text"), ("Behåll min", "Olles text"),
    ("Behåll den som Karin sparade", "Karins text"),
])
def test_two_save_the_same_section_at_once_and_both_texts_survive(trio, desks, choice, kept):
    karin, olle, _ = desks()
    for page in (karin, olle):
        page.goto(f"{trio.path}/avsnitt/saknas")
    box(karin).fill("Karins text")
    expect(line(karin)).to_contain_text("Sparat kl.")
    box(olle).fill("Olles text")
    expect(line(olle)).to_contain_text("En annan text har sparats under tiden.")
    expect(box(olle)).to_have_value("Olles text")
    assert trio.written()["saknas"] == "Karins text"

    press(olle, "Visa båda texterna")
    expect(olle.locator("main")).to_contain_text("Karins text")
    expect(olle.locator("main")).to_contain_text("Olles text")
    press(olle, choice)
    assert trio.written()["saknas"] == kept


def test_without_scripts_both_texts_survive_too(trio, desks):
    karin, olle, _ = desks(java_script_enabled=False)
    karin.goto(trio.path)
    press(karin, "Skriv Vilka som saknas")
    olle.goto(f"{trio.path}/avsnitt/saknas")
    expect(olle.locator("main")).to_contain_text("Karin skriver i det här avsnittet sedan")
    olle.get_by_text("Skriv här ändå").click()
    box(karin).fill("Karins text")
    press(karin, "Spara och gå till översikten")
    box(olle).fill("Olles text")
    press(olle, "Spara och gå till översikten")
    expect(olle.locator("h1")).to_have_text("Två olika texter")
    press(olle, "Slå ihop")
    assert trio.written()["saknas"] == "Karins text\n\nOlles text"


def test_a_team_of_two_authorities_writes_shares_merges_and_hands_in(trio, desks):
    karin, olle, pia = desks()
    pia.goto(trio.path)
    expect(pia.locator("main")).to_contain_text("inte texten innan den är inskickad")
    pia.get_by_role("link", name="Ditt bidrag till Vilka som saknas").click()
    pia.locator("#text").fill("Polisen ser att kvällarna saknas.")
    expect(line(pia)).to_contain_text("Sparat kl.")
    press(pia, "Spara och gå vidare till att dela")
    expect(pia.locator("main")).to_contain_text("kan 3 personer läsa")
    press(pia, "Dela med teamet")

    olle.goto(f"{trio.path}/avsnitt/moten")
    olle.locator("#a-moten").fill("Första tisdagen i månaden.")
    expect(line(olle)).to_contain_text("Sparat kl.")
    press(olle, "Spara och gå till översikten")

    karin.goto(f"{trio.path}/avsnitt/saknas")
    press(karin, "Lägg in sist i avsnittet")
    expect(box(karin)).to_have_value("Polisen ser att kvällarna saknas.")
    karin.goto(trio.path)
    expect(karin.locator("main")).to_contain_text("Med bidrag från Pia")
    karin.get_by_role("link", name="Kontrollera och skicka in").click()
    for tick in ("checked", "attest"):
        if karin.locator(f"[name={tick}]").count():
            karin.locator(f"[name={tick}]").check()
    press(karin, "Skicka in för")
    expect(karin.locator("h1")).to_have_text("Uppgiften är inskickad")

    pia.goto(f"{trio.path}/versioner/1")
    expect(pia.locator("main")).to_contain_text("Första tisdagen i månaden.")
    given = pia.get_by_role("heading", name="Bidrag i texten").locator("+ ul")
    expect(given).to_contain_text("Vilka som saknas, och hur ni bjuder in dem: Pia")
