"""The whole way of one person: invited, reads, hands in, returned, hands in again, approved,
certified, checked by a stranger. With JavaScript and without.
"""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore
from courses.vocabulary import Role
from tests.factories import make_cohort, make_organization, make_role, make_team, make_user
from tests.mailbox import link_in

PASSWORD = "granar vid sjön i november"
NORA = "nora.norr@stegvis.example"


@pytest.fixture
def world(empty):
    """A cohort that asks for module 1, with a team, a trainer and a county coordinator."""
    database = Database(empty.config.database_url)
    course = EditionStore(empty.config.data_dir / "editions").published(
        "processledarutbildning"
    ).course("sv")
    module = course.modules[0]
    hashed = passwords.hash_password(PASSWORD)
    with database.session(writes=True) as session, session.begin():
        cohort = make_cohort(session, course, name="Berättelsen")
        cohort.requirement_set = [
            {"id": "allt", "kind": "all", "items": list(module.items), "count": 0}
        ]
        town = make_organization(session, name="Norr")
        make_team(session, cohort, name="Norr", organization_id=town.id)
        for role, email in (
            (Role.COORDINATOR, "samordnare@stegvis.example"),
            (Role.TRAINER, "utbildare@stegvis.example"),
        ):
            make_role(
                session, role, cohort=cohort,
                user=make_user(session, email=email, name=email, password_hash=hashed),
            )
        cohort_id = cohort.id
    database.engine.dispose()
    return empty, course, cohort_id


class Teller:
    """Does what people do, in a browser profile of each."""

    def __init__(self, browser, live, course, cohort_id, mailbox, scripts):
        self.browser, self.url, self.course = browser, live.url, course
        self.cohort_id, self.mailbox, self.scripts = cohort_id, mailbox, scripts

    def somebody(self, email="") -> Page:
        context = self.browser.new_context(
            base_url=self.url, java_script_enabled=self.scripts, locale="sv-SE",
            accept_downloads=True,
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        if email:
            self.open(page, "/logga-in")
            page.fill("[name=email]", email)
            page.fill("[name=password]", PASSWORD)
            self.press(page, "Logga in", "main")
        return page

    def open(self, page, path):
        page.goto(path)

    def press(self, page, name, within="main"):
        self.follow(page, page.locator(within).get_by_role("button", name=name, exact=True).first)

    def follow(self, page, button):
        """Press, and stay until the answer's page is there: what comes next asks it at once."""
        with page.expect_navigation():
            button.click()

    def invite(self):
        page = self.somebody("samordnare@stegvis.example")
        self.open(page, f"/samordna/{self.cohort_id}/personer/deltagare")
        page.fill("[name=name]", "Nora Norr")
        page.fill("[name=email]", NORA)
        page.select_option("[name=organization]", label="Norr")
        page.select_option("[name=sector]", value="school")
        page.select_option("[name=home_team]", label="Norr")
        self.follow(page, page.locator("main form button.btn").first)
        self.open(page, f"/samordna/{self.cohort_id}/personer")
        self.follow(page, page.get_by_role("button", name=re.compile("^Bjud in")).first)
        return page

    def accept(self):
        page = self.somebody()
        self.open(page, link_in(self.mailbox.wait_for(NORA)))
        page.get_by_label("Lösenord").first.fill(PASSWORD)
        if not page.locator("[name=sector]:checked").count():
            page.locator("[name=sector]").first.check()
        self.press(page, "Skapa konto")
        expect(page.locator("h1")).to_contain_text("Nora")
        return page

    def hold_the_pen(self, page):
        self.open(page, f"/samordna/{self.cohort_id}")
        page.locator("main").get_by_role("link", name="Norr", exact=True).last.click()
        page.select_option("[name=holder]", label="Nora Norr")
        self.press(page, "Spara")

    def read(self, page):
        module = self.course.modules[0]
        for lesson in module.lessons:
            self.open(page, f"/modul/{module.slug}/{lesson.slug}")
            for exercise in lesson.exercises:
                form = page.locator(f"form[action$='{exercise.id}']")
                for group in form.locator("fieldset").all():
                    group.locator("input[type=radio]").first.check()
                self.follow(page, form.locator("button"))
            self.press(page, "Markera som klar och fortsätt")
        self.open(page, f"/modul/{module.slug}/kunskapskoll")
        for question in module.check.questions:
            right = question.options[question.right].text
            page.locator("fieldset", has_text=question.text).get_by_label(
                right, exact=True
            ).check()
        self.press(page, "Kontrollera mina svar")
        expect(page.locator("main")).to_contain_text("Klar")

    def hand_in(self, page, path, text):
        self.open(page, f"{path}/skriv")
        for fold in page.locator("main form details:not([open]) > summary").all():
            fold.click()
        for area in page.locator("main textarea").all():
            area.fill(text)
        for field in page.locator("main form input:not([type=hidden])").all():
            field.fill("2026-10-05" if field.get_attribute("type") == "date" else "Rutin")
        self.press(page, "Spara och kontrollera")
        page.locator("[name=attest]").check()
        self.follow(page, page.get_by_role("button", name=re.compile("^Skicka in")))
        expect(page.locator("main")).to_contain_text("inskickad")

    def hand_in_together(self, page, text):
        """The same, a section at a time."""
        path = page.url
        for section in page.locator("table.joint th a").all():
            self.open(page, section.get_attribute("href"))
            for fold in page.locator("form[data-autosave] details.rowf:not([open])").all():
                fold.locator("summary").click()
            writing = page.locator("form[data-autosave]")
            for area in writing.locator("textarea").all():
                area.fill(text)
            for field in writing.locator("input:not([type=hidden])").all():
                field.fill("2026-10-05" if field.get_attribute("type") == "date" else "Rutin")
            self.press(page, "Spara och gå till översikten")
        self.open(page, f"{path}/kontrollera")
        page.locator("[name=attest]").check()
        self.follow(page, page.get_by_role("button", name=re.compile("^Skicka in")))
        expect(page.locator("main")).to_contain_text("inskickad")

    def answer(self, page, outcome):
        self.open(page, "/granska")
        self.press(page, "Granska nästa")
        for group in page.locator("fieldset.rub").all():
            group.locator("input[value=approved]").check()
        if outcome == "return":
            page.locator("fieldset.rub input[value=revise]").first.check()
        page.locator("[name=overall]").fill("Det bär. Vem beslutar om tiden?")
        page.locator(f"[name=outcome][value={outcome}]").check()
        self.press(page, "Kontrollera återkopplingen")
        assert not page.locator(".errsum").count(), page.locator("main").inner_text()
        self.press(page, "Skicka återkoppling")
        expect(page.locator("main")).to_contain_text("skickad")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_invitation_to_a_checked_certificate(browser, world, mailbox, scripts):
    live, course, cohort_id = world
    mailbox.messages.clear()
    teller = Teller(browser, live, course, cohort_id, mailbox, scripts)
    own = next(a for a in course.modules[0].assignments if not a.is_joint)
    joint = next(a for a in course.modules[0].assignments if a.is_joint)

    coordinator = teller.invite()
    nora = teller.accept()
    teller.hold_the_pen(coordinator)
    teller.read(nora)
    nora.goto("/hem")
    expect(nora.locator("main")).to_contain_text(own.title)

    teller.hand_in(nora, f"/uppgift/{own.slug}", "Första versionen.")
    trainer = teller.somebody("utbildare@stegvis.example")
    teller.answer(trainer, "return")
    nora.goto(f"/uppgift/{own.slug}/aterkoppling")
    expect(nora.locator("main")).to_contain_text("Vem beslutar om tiden?")
    teller.hand_in(nora, f"/uppgift/{own.slug}", "Andra versionen.")
    teller.answer(trainer, "approve")
    nora.goto(f"/uppgift/{own.slug}")
    expect(nora.locator("main")).to_contain_text("Godkänd")
    nora.goto(f"/kommunens-uppgift/{joint.slug}")
    teller.hand_in_together(nora, "Vår överenskommelse.")
    teller.answer(trainer, "approve")

    coordinator.goto(f"/samordna/{cohort_id}/intyg")
    teller.follow(
        coordinator, coordinator.get_by_role("button", name=re.compile("^Utfärda 1 intyg"))
    )
    mailbox.wait_for(NORA, number=5)  # invitation, two receipts, answers … and the certificate
    link = certificate_link(nora)
    pdf = nora.request.get(f"{link}/intyg.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    text = PdfReader(io.BytesIO(pdf.body())).pages[0].extract_text()
    assert "Nora Norr" in text
    code = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", text).group()

    stranger = teller.somebody()
    stranger.goto("/verifiera")
    stranger.fill("[name=kod]", code.lower().replace("-", " "))
    teller.press(stranger, "Kontrollera intyget")
    expect(stranger.locator("main")).to_contain_text("Intyget är giltigt")
    expect(stranger.locator("main")).to_contain_text("Nora Norr")
    assert stranger.context.cookies() == []


def certificate_link(page) -> str:
    """Follow the first page to the holder's certificate; wait until the worker has made it."""
    for _ in range(60):
        page.goto("/hem")
        link = page.locator("main a[href^='/intyg/']")
        if link.count():
            return link.first.get_attribute("href")
        page.wait_for_timeout(500)
    raise AssertionError("no certificate on the first page")


