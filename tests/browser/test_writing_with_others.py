"""Two windows with different texts, another person at the machine, and what Word pastes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.writers import PATH, box, left_in, line, write, writing

WORD = (Path(__file__).parent / "word_page.html").read_text()
EVIL = (
    "<p>Kvar <a href='https://a.example/'>länk</a> <a href='javascript:alert(1)'>och ej</a>"
    "<img src=x onerror=\"document.title='körd'\"><script>document.title = 'körd'</script></p>"
)
MARKED = """\
# Vad vi vet

Vi har frågat **tre verksamheter** i våras.

- Fritidsgården
  - kvällarna
- Hemtjänsten

## Nästa steg

1. Läsa [rapporten](https://www.socialstyrelsen.se/vald)
2. Tala med chefen"""
BEGINNING, REST = "Vi vet mindre om våldet mot äldre", " än vi trodde i våras."


@pytest.mark.parametrize(
    "button, kept",
    [
        ("Slå ihop", f"{BEGINNING}\n\n{REST.strip()}"),
        ("Behåll min", REST.strip()),
        ("Behåll den andra", BEGINNING),
    ],
)
def test_two_windows_with_different_texts_show_both(own, nora, button, kept):
    one, two = writing(own), writing(own)
    write(one, BEGINNING)
    expect(line(one)).to_contain_text("Sparat kl.")
    write(two, REST.strip())
    expect(line(two)).to_contain_text("En annan text har sparats under tiden.")
    assert nora.saved() == {"tid": BEGINNING}
    two.get_by_role("button", name="Visa båda texterna").click()
    expect(two.locator("h1")).to_have_text("Två olika texter")
    expect(two.locator("main")).to_contain_text(BEGINNING)
    expect(two.locator("main")).to_contain_text(REST.strip())
    two.get_by_role("button", name=button).click()
    expect(box(two)).to_have_value(kept)
    assert nora.saved() == {"tid": kept}
    expect(two.get_by_text("Det finns text på den här enheten")).to_have_count(0)
    assert left_in(two) == []


def test_another_person_on_the_same_machine_sees_nothing(own, nora, place):
    page = writing(own)
    own.set_offline(True)
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Texten finns kvar på den här enheten.")
    assert BEGINNING.split()[0] in str(left_in(page))
    other = own.new_page()
    own.set_offline(False)
    own.route("**/skriv", lambda route: route.abort())  # her page cannot save either
    page.close()
    own.unroute("**/skriv")

    olle = place.person()
    own.clear_cookies(name="stegvis-login")  # she has closed her browser
    olle.log_in(other)
    other.goto(PATH)
    expect(box(other)).to_have_value("")
    expect(other.get_by_text("Det finns text på den här enheten")).to_have_count(0)
    assert left_in(other) == []
    assert olle.saved() == {}


def test_a_page_is_not_saved_for_another_person_who_has_logged_in(own, nora, place):
    page = writing(own)
    olle = place.person()
    other = own.new_page()
    olle.log_in(other)
    page.bring_to_front()
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Någon annan är inloggad i den här webbläsaren")
    expect(box(page)).to_have_value(BEGINNING)
    assert (nora.saved(), olle.saved()) == ({}, {})
    assert left_in(page) == []


def test_logging_out_leaves_nothing_in_the_browser(own, nora):
    page = writing(own)
    own.set_offline(True)
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Texten finns kvar på den här enheten.")
    own.set_offline(False)
    expect(line(page)).to_contain_text("Sparat kl.")
    write(page, REST)
    page.get_by_text("Meny").click()
    page.get_by_role("button", name="Logga ut").first.click()  # what is written goes first
    page.wait_for_url(lambda url: "/skriv" not in url)
    assert left_in(page) == []
    assert nora.saved() == {"tid": BEGINNING + REST}


def paste(page: Page, html: str, plain: str) -> None:
    box(page).evaluate(
        """(box, [html, plain]) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", plain);
            box.focus();
            const event = new ClipboardEvent("paste", {
                clipboardData: data, bubbles: true, cancelable: true });
            if (box.dispatchEvent(event)) document.execCommand("insertText", false, plain);
        }""",
        [html, plain],
    )


def test_pasting_from_word_keeps_headings_and_lists(own, nora):
    page = writing(own)
    said = []
    page.on("console", lambda message: said.append(message.text))
    paste(page, WORD, "Vad vi vet …")
    expect(box(page)).to_have_value(MARKED)
    page.keyboard.press("Control+z")
    expect(box(page)).to_have_value("")
    paste(page, "<p>En enkel rad</p>", "En enkel rad")
    expect(box(page)).to_have_value("En enkel rad")
    paste(page, "<ul><li>ett<ol><li>inuti</li></ol></li><li><strong>två</strong></li></ul>", "x")
    expect(box(page)).to_have_value("En enkel rad- ett\n  1. inuti\n- **två**")
    assert said == []
    paste(page, EVIL, "x")
    expect(box(page)).to_have_value(re.compile(r"Kvar \[länk\]\(https://a\.example/\) och ej$"))
    assert page.title() != "körd"
