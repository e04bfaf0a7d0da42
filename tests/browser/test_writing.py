"""What somebody writes is not lost: not when the network goes in mid-sentence, not when the
login runs out, not to another window, another device or another person."""

from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.writers import PASSWORD, PATH, box, left_in, line, write, writing

BEGINNING, REST = "Vi vet mindre om våldet mot äldre", " än vi trodde i våras."


def test_what_is_written_is_saved_by_itself(own, nora):
    page = writing(own)
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Sparat kl.")
    assert nora.saved() == {"tid": BEGINNING}

    write(page, REST)
    expect(page.locator("[name=v]")).to_have_value("2")
    assert nora.saved() == {"tid": BEGINNING + REST}
    expect(box(page)).to_have_value(BEGINNING + REST)
    page.get_by_role("link", name="Kontakt").last.click()  # and no question is asked
    expect(page.locator("h1")).to_have_text("Kontakt")


def test_the_state_is_in_view_wherever_in_a_long_form_one_writes(own):
    page = writing(own)
    box(page).focus()
    assert page.evaluate("document.querySelector('.acts').getBoundingClientRect().top") > 740
    expect(line(page)).to_be_in_viewport(ratio=1)
    own.set_offline(True)
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Kunde inte spara.")
    expect(line(page)).to_be_in_viewport(ratio=1)


def test_the_network_goes_in_mid_sentence_and_the_page_is_closed(own, nora):
    page = writing(own)
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Sparat kl.")
    own.set_offline(True)
    write(page, REST)
    expect(line(page)).to_have_text(
        "Kunde inte spara. Texten finns kvar på den här enheten. Vi försöker igen."
    )
    page.close()
    assert nora.saved() == {"tid": BEGINNING}

    own.set_offline(False)
    page = writing(own)
    notice = page.get_by_role("alert").filter(has_text="Det finns text på den här enheten")
    expect(notice).to_be_visible()
    expect(box(page)).to_have_value(BEGINNING)
    notice.get_by_role("button", name="Visa och spara").click()
    expect(page.get_by_text("Utkastet är sparat")).to_be_visible()
    expect(box(page)).to_have_value(BEGINNING + REST)
    assert nora.saved() == {"tid": BEGINNING + REST}
    page.reload()
    expect(box(page)).to_have_value(BEGINNING + REST)
    expect(notice).to_have_count(0)
    assert left_in(page) == []


def test_on_a_shared_device_the_text_stays_on_the_page_alone(contexts, nora):
    shared = contexts()
    page = shared.new_page()
    nora.log_in(page)
    page.goto(PATH)
    shared.set_offline(True)
    write(page, BEGINNING)
    expect(line(page)).to_contain_text(
        "Texten finns kvar på den här sidan så länge den är öppen. Vi försöker igen."
    )
    assert left_in(page) == []
    page.get_by_role("button", name="Spara och kontrollera").click()  # does not lead astray
    expect(line(page)).to_be_in_viewport()
    expect(box(page)).to_have_value(BEGINNING)
    shared.set_offline(False)
    expect(line(page)).to_contain_text("Sparat kl.")
    assert nora.saved() == {"tid": BEGINNING}


def test_the_login_runs_out_while_one_writes(own, nora):
    page = writing(own)
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Sparat kl.")
    nora.login_runs_out()
    write(page, REST)
    expect(line(page)).to_contain_text("Du är inte längre inloggad. Texten finns kvar här.")
    assert nora.saved() == {"tid": BEGINNING}

    with own.expect_page() as opened:
        page.get_by_role("link", name="Logga in igen i en ny flik").click()
    other = opened.value
    nora.log_in(other)
    page.bring_to_front()
    expect(line(page)).to_contain_text("Sparat kl.", timeout=20_000)
    expect(box(page)).to_have_value(BEGINNING + REST)
    assert nora.saved() == {"tid": BEGINNING + REST}
    page.get_by_role("button", name="Spara och kontrollera").click()
    expect(page.locator("h1")).to_have_text("Kontrollera innan du skickar in")


def test_without_scripts_the_text_is_saved_after_logging_in_again(contexts, nora):
    plain = contexts(java_script_enabled=False)
    page = plain.new_page()
    nora.log_in(page)
    page.goto(PATH)
    box(page).fill(BEGINNING)
    nora.login_runs_out()
    page.get_by_role("button", name="Spara utkast", exact=True).last.click()
    expect(page.get_by_text("Din text finns kvar här.")).to_be_visible()
    page.fill("[name=email]", nora.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main").get_by_role("button", name="Logga in").click()
    expect(box(page)).to_have_value(BEGINNING)
    assert nora.saved() == {"tid": BEGINNING}


def test_a_reflection_is_saved_by_itself_and_never_kept_in_the_browser(own):
    page = own.new_page()
    page.goto("/reflektioner/ny")
    text = page.get_by_label("Din reflektion")
    text.fill(BEGINNING)
    expect(line(page)).to_contain_text("Sparat kl.")
    assert not page.url.endswith("/ny")
    own.set_offline(True)
    text.press_sequentially("n")
    expect(line(page)).to_contain_text("på den här sidan så länge den är öppen")
    assert left_in(page) == []
    own.set_offline(False)
    expect(line(page)).to_contain_text("Sparat kl.")
    page.reload()
    expect(text).to_have_value(f"{BEGINNING}n")


def test_it_is_accessible_in_every_state(own, nora, node_modules):
    page = writing(own)
    own.set_offline(True)
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Texten finns kvar på den här enheten.")
    page.close()
    own.set_offline(False)
    page = writing(own)
    notice = page.get_by_role("alert").filter(has_text="Det finns text på den här enheten")
    expect(notice).to_be_visible()
    assert looking.accessibility(page, node_modules) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    notice.get_by_role("button", name="Ta bort").press("Enter")
    expect(notice).to_have_count(0)
    assert left_in(page) == []
    nora.login_runs_out()
    write(page, BEGINNING)
    expect(line(page)).to_contain_text("Logga in igen i en ny flik")
    expect(page.get_by_role("status").last).to_contain_text("Du är inte längre inloggad.")
    assert looking.accessibility(page, node_modules) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
