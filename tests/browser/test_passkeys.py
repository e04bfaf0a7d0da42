"""A passkey from making it to logging in, with Chromium's virtual authenticator."""

import time

import pyotp
import pytest

from tests.browser import looking
from tests.live import running

EMAIL, PASSWORD = "kim@exempel.example", "fyra ord som hör ihop"
SECURITY = "/konto/sakerhet"


@pytest.fixture
def site(tmp_path, mailbox):
    """A Stegvis with a name: browsers keep no passkeys for a bare address."""
    with running(tmp_path, mailbox.url) as live:
        live.url = f"http://localhost:{live.port}"
        live.environment["STEGVIS_BASE_URL"] = live.settings["STEGVIS_BASE_URL"] = live.url
        live.link = live.flask("user", "create-admin", EMAIL, "Kim Påhittad").strip()
        live.start(workers=1)
        yield live


@pytest.fixture
def profile(site, browser):
    """Make browser profiles that look at the site."""
    made = []

    def new(**options):
        context = browser.new_context(base_url=site.url, locale="sv-SE", **options)
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield new
    for context in made:
        context.close()


def authenticator(context, page):
    """Give the page's device a place for passkeys that knows its owner; return how to ask it."""
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    added = device.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }})

    def ask(command, **values):
        return device.send(f"WebAuthn.{command}",
                           {"authenticatorId": added["authenticatorId"]} | values)

    return ask


def log_out(page):
    page.goto(SECURITY)
    page.get_by_role("button", name="Logga ut", exact=True).locator("visible=true").click()
    page.wait_for_url("**/")


def enter_by_passkey(page):
    button = page.get_by_role("button", name="Logga in med passnyckel")
    button.focus()
    page.keyboard.press("Enter")


def test_a_passkey_is_made_and_logs_in(site, profile, node_modules):
    context = profile()
    page = context.new_page()
    page.goto(site.link)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Skapa konto").click()
    page.wait_for_url("**/admin")
    ask = authenticator(context, page)

    # made, by the keyboard alone
    page.goto(SECURITY)
    page.get_by_role("link", name="Lägg till passnyckel").click()
    page.get_by_label("Vad vill du kalla den?").focus()
    page.keyboard.type("Min påhittade telefon")
    assert looking.accessibility(page, node_modules) == []
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dina återställningskoder").wait_for()
    codes = page.locator("li.code").all_inner_texts()
    assert len(codes) == 10
    assert looking.accessibility(page, node_modules) == []
    page.goto(SECURITY)
    page.get_by_role("heading", name="Passnyckel: Min påhittade telefon").wait_for()
    assert looking.accessibility(page, node_modules) == []
    assert looking.one_primary_button(page) == []

    # by itself it is both steps
    log_out(page)
    page.goto("/logga-in?next=/konto")
    assert looking.accessibility(page, node_modules) == []
    enter_by_passkey(page)
    page.wait_for_url(f"{site.url}/konto")

    # after the password it is the second
    log_out(page)
    page.goto("/logga-in")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ett steg till").wait_for()
    assert looking.accessibility(page, node_modules) == []
    enter_by_passkey(page)
    page.wait_for_url("**/admin")

    # a copy of it counts from the beginning again, and is not let in
    log_out(page)
    [credential] = ask("getCredentials")["credentials"]
    ask("clearCredentials")
    ask("addCredential", credential=credential | {"signCount": 0})
    page.goto("/logga-in")
    enter_by_passkey(page)
    page.get_by_role("alert").get_by_text("Passnyckeln gick inte att använda").wait_for()

    # a device without one says so, and nothing else happens
    ask("clearCredentials")
    page.goto("/logga-in")
    enter_by_passkey(page)
    page.get_by_role("status").get_by_text("Passnyckeln svarade inte").wait_for()

    # without JavaScript there is no button, and a recovery code does
    plain = profile(java_script_enabled=False).new_page()
    plain.goto("/logga-in")
    assert not plain.locator("[data-passkey]").is_visible()
    plain.fill("[name=email]", EMAIL)
    plain.fill("[name=password]", PASSWORD)
    plain.click("form button.btn")
    plain.fill("[name=recovery]", codes[0])
    plain.get_by_role("button", name="Fortsätt").click()
    plain.wait_for_url("**/admin")


def test_a_code_app_is_set_up_and_used_without_javascript(site, profile):
    page = profile(java_script_enabled=False).new_page()
    page.goto(site.link)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Skapa konto").click()
    page.goto(f"{SECURITY}/app")
    assert page.get_by_alt_text("QR-kod").evaluate("image => image.naturalWidth") > 100
    app = pyotp.TOTP(page.locator("span.code").inner_text().replace(" ", ""))
    page.get_by_label("Sexsiffrig kod").fill(app.now())
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_role("heading", name="Dina återställningskoder").wait_for()
    log_out(page)

    page.goto("/logga-in?next=/konto")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("form button.btn")
    page.get_by_label("Sexsiffrig kod").fill(app.at(time.time() + 30))  # this half's is used up
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url(f"{site.url}/konto")
