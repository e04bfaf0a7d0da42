"""A team of three, one of them from the police, writes, shares, merges, signs off and hands in."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from courses.models import Cohort, ContributionLine, SubmissionRound, TeamMember
from tests.browser.test_writing_together import Trio, desks, trio  # noqa: F401 (fixtures)

FROM_THE_POLICE = "Polisen kan ge öppen statistik två gånger om året."


@pytest.fixture
def signing(place):
    """The cohort asks each authority for its word."""
    ask = update(Cohort).where(Cohort.id == place.cohort.id)
    with place.writes() as session:
        session.execute(ask.values(needs_sign_off=True))
    yield
    with place.writes() as session:
        session.execute(ask.values(needs_sign_off=False))


def test_from_the_first_line_to_the_receipt(signing, place, trio: Trio, desks):  # noqa: F811
    karin, _olle, pia = desks()

    share(pia, trio.path)
    merge(karin, trio.path)
    refused(karin, trio.path)
    ask_the_police(karin, trio.path)
    answer_for_the_police(pia, trio.path)
    hand_in(karin, trio.path)
    tell_of_ones_part(pia, trio.path)

    with place.writes() as session:
        [handed_in] = session.scalars(
            select(SubmissionRound).where(
                SubmissionRound.reference.startswith("GU1-NOR"),
                SubmissionRound.submitted_by == trio.people[0].id,
            )
        ).all()
        members = session.scalars(
            select(TeamMember.enrollment_id).where(TeamMember.team_id == trio.team_id)
        ).all()
        line = session.scalars(
            select(ContributionLine).where(ContributionLine.round_id == handed_in.id)
        ).one()
        assert FROM_THE_POLICE in handed_in.answers["saknas"]
        assert {one["enrollment_id"] for one in handed_in.members} == set(members)
        assert line.enrollment_id == trio.people[2].enrollment_id


def share(page: Page, path: str) -> None:
    """What the police know, first for oneself and then for the team."""
    page.goto(f"{path}/bidrag/saknas")
    page.fill("#text", FROM_THE_POLICE)
    page.get_by_role("button", name="Spara och gå vidare till att dela").click()
    page.get_by_role("button", name="Dela med teamet").click()
    expect(page.locator("main")).to_contain_text("delat")


def merge(page: Page, path: str) -> None:
    page.goto(f"{path}/avsnitt/saknas")
    page.get_by_role("button", name="Lägg in sist i avsnittet").click()
    expect(page.locator("main")).to_contain_text("Finns i avsnittet.")


def refused(page: Page, path: str) -> None:
    """The check page says whose word is missing."""
    page.goto(f"{path}/kontrollera")
    expect(page.locator("main")).to_contain_text("varje myndighet i teamet godkänna texten")
    expect(page.get_by_role("link", name="Fråga ")).to_have_count(1)


def ask_the_police(page: Page, path: str) -> None:
    page.get_by_role("link", name="Fråga ").click()
    expect(page.locator("main")).to_contain_text("kan bli en allmän handling")
    page.get_by_role("button", name="Fråga ").click()
    expect(page.locator("main")).to_contain_text("Ingen har svarat än.")


def answer_for_the_police(page: Page, path: str) -> None:
    """First what is missing, then, when it was explained, the approval."""
    page.goto(path)
    page.get_by_role("link", name="Läs versionen och svara").click()
    expect(page.locator("main")).to_contain_text(FROM_THE_POLICE)
    page.get_by_label("Inte än").check()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator(".errsum")).to_contain_text("Skriv vad som behöver ändras")
    page.get_by_label("Godkänn innehållet").check()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator("main")).to_contain_text("Godkänner innehållet")


def hand_in(page: Page, path: str) -> None:
    page.goto(f"{path}/kontrollera")
    expect(page.get_by_role("link", name="Fråga ")).to_have_count(0)
    page.locator("#attest").check()
    page.get_by_role("button", name="Skicka in för").click()
    expect(page.locator("h1")).to_have_text("Uppgiften är inskickad")


def tell_of_ones_part(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("link", name="Skriv en rad om ditt bidrag").click()
    page.get_by_label("Vad gjorde du?").fill("Tog fram polisens del om statistik.")
    page.get_by_role("button", name="Spara raden").click()
    expect(page.locator("main")).to_contain_text("Tog fram polisens del om statistik.")
