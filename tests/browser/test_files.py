"""A file is taken in with and without scripts, on a phone; a photo is made smaller first."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from courses.documents.storage import LocalStorage
from courses.models import DraftFile, StoredFile
from tests.browser import looking
from tests.files.good import pdf, picture

FILES = "/uppgift/mitt-uppdrag/filer"


def stored(place, nora):
    with place.writes() as session:
        return [
            (file.name, one.size, one.media_type)
            for file, one in session.execute(
                select(DraftFile, StoredFile)
                .join(StoredFile, StoredFile.id == DraftFile.stored_file_id)
                .where(DraftFile.enrollment_id == nora.enrollment_id)
                .order_by(DraftFile.place)
            )
        ]


def widths(place, nora):
    """How many points wide the pictures are: their bytes change when the worker has been there."""
    storage = LocalStorage(place.live.config.data_dir / "files")
    with place.writes() as session:
        digests = session.scalars(
            select(StoredFile.sha256)
            .join(DraftFile, StoredFile.id == DraftFile.stored_file_id)
            .where(DraftFile.enrollment_id == nora.enrollment_id)
            .order_by(DraftFile.place)
        ).all()
    return [width(storage.path(one)) for one in digests]


def width(path):
    with Image.open(path) as picture:
        return picture.width


def choose(page, name, content, kind="application/pdf"):
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )
    page.get_by_role("button", name="Ladda upp").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_uploaded_and_removed(contexts, place, nora, scripts, node_modules):
    page = contexts(
        viewport={"width": 360, "height": 740}, java_script_enabled=scripts, bypass_csp=True
    ).new_page()
    nora.log_in(page)
    page.goto("/uppgift/mitt-uppdrag/skriv")
    page.get_by_role("button", name="Spara och lägg till filer").click()
    page.wait_for_url(f"**{FILES}")

    choose(page, "trasig.pdf", pdf()[:200])
    expect(page.locator("#file-fel")).to_contain_text("Filen går inte att öppna")
    if scripts:
        assert looking.accessibility(page, node_modules) == []
    choose(page, "tabell.pdf", pdf())
    expect(page.get_by_role("link", name="tabell.pdf", exact=True)).to_be_visible()
    assert stored(place, nora) == [("tabell.pdf", len(pdf()), "application/pdf")]
    if scripts:
        assert looking.accessibility(page, node_modules) == []
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360

    page.get_by_role("link", name="Ta bort").click()
    page.get_by_role("button", name="Ja, ta bort filen").click()
    expect(page.get_by_text("Det finns inga filer än.")).to_be_visible()
    assert stored(place, nora) == []


def test_a_photo_is_made_smaller_unless_it_is_to_stay(own, place, nora):
    photo = picture("JPEG", (3_000, 1_500))
    page = own.new_page()
    page.goto(FILES)

    choose(page, "foto.jpg", photo, "image/jpeg")
    expect(page.get_by_role("link", name="foto.jpg", exact=True)).to_be_visible()
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "stor.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    page.get_by_label("Skicka bilden i full storlek").check()
    page.get_by_role("button", name="Ladda upp").click()
    expect(page.get_by_role("link", name="stor.jpg", exact=True)).to_be_visible()

    assert widths(place, nora) == [2_000, 3_000]


def test_a_network_that_goes_leaves_the_other_files_and_says_so(own, place, nora):
    page = own.new_page()
    page.goto(FILES)
    choose(page, "en.pdf", pdf())
    expect(page.get_by_role("link", name="en.pdf", exact=True)).to_be_visible()

    own.set_offline(True)
    choose(page, "två.pdf", pdf())
    expect(page.get_by_text("Uppladdningen avbröts. Dina andra filer är kvar.")).to_be_visible()
    own.set_offline(False)
    page.get_by_role("button", name="Ladda upp").click()

    expect(page.get_by_role("link", name="två.pdf", exact=True)).to_be_visible()
    assert len(stored(place, nora)) == 2


def test_what_is_too_large_is_said_without_sending_it(own):
    page = own.new_page()
    page.goto(FILES)
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    choose(page, "stor.pdf", io.BytesIO(b"%PDF-" + b"0" * 20_000_001).getvalue())

    expect(page.locator("#file-fel")).to_contain_text("Filen är större än 20 MB")
    assert "POST" not in sent


def test_two_presses_send_a_file_once(own, place, nora):
    page = own.new_page()
    page.goto(FILES)
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "en.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )

    page.get_by_role("button", name="Ladda upp").dblclick()

    expect(page.get_by_role("link", name="en.pdf", exact=True)).to_be_visible()
    assert sent.count("POST") == 1
    assert len(stored(place, nora)) == 1
