"""What the certificate promises as a file: whole, readable, archivable and always the same."""

import io
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from courses.documents.certificate import (
    FONTS,
    CertificateData,
    CertificateModule,
    CertificateTooLong,
    Translation,
    UnprintableText,
    preview_certificate,
    render_certificate,
)
from tests.pdf import verapdf

ROOT = Path(__file__).parents[2]
SWEDISH = CertificateData(
    language="sv",
    kind="Intyg",
    subject="Processledare i våldsförebyggande arbete",
    holder="Åsa Märta Öberg",
    paragraphs=(
        "Åsa Märta Öberg har genomfört processledarutbildningen i våldsförebyggande arbete.",
        "Genomförda delar motsvarar 136,5 timmar, varav närvaro vid träffar 42 timmar.",
    ),
    modules=tuple(
        CertificateModule(number, title, Decimal(hours))
        for number, title, hours in (
            (1, "Uppstart: uppdrag, roll och trygga ramar", "6.75"),
            (2, "Våld: former, omfattning och följder", "8.75"),
            (3, "Genus, normer och aktiva åskådare", "8.75"),
            (4, "Samverkan, mandat och att leda processer", "9.25"),
            (5, "Kartläggning och lägesbild", "13.75"),
            (6, "Orsaker och förändringsteori", "9.25"),
            (7, "Insatser och metoder", "13.75"),
            (8, "Genomföra, följa upp, hålla i och sprida", "12.25"),
        )
    ),
    starts_on=date(2027, 1, 15),
    ends_on=date(2028, 2, 4),
    hours=Decimal("136.5"),
    issuer="Länsstyrelsen Exempel",
    issued_on=date(2028, 2, 11),
    code="7K3M-9QXW-2HFT-R6ND",
    verify_url="https://stegvis.example/verifiera/q8Zr3nB0Yk1mW5c7VtXd2A",
    check_address="stegvis.example/verifiera",
    disclaimer="Intyget är ett kursintyg och innebär ingen legitimation eller behörighet.",
    signatory_name="Karin Exempelsson",
    signatory_title="Länssamordnare",
)
ENGLISH = replace(
    SWEDISH,
    language="en",
    kind="Certificate of participation",
    subject="Process-leader training in violence prevention",
    paragraphs=("Åsa Märta Öberg has completed the modules listed here.",),
    modules=(CertificateModule(2, "Violence: forms, extent and consequences", Decimal("8.75")),),
    disclaimer="This is a course certificate and confers no licence or formal qualification.",
    signatory_name=None,
    signatory_title=None,
)
LONGEST = replace(
    SWEDISH,
    holder="Anna-Karin Margareta Elisabeth Njuŋŋesåhkká-Čalmmegirse von Đorđević-Šiljak Žigić",
    modules=tuple(
        replace(module, title=module.title + ", med " + "det våldsförebyggande arbetet " * 4)
        for module in SWEDISH.modules
    ),
    translation=Translation("en", ENGLISH.paragraphs * 3),
)


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    """Return the text in one line: where the lines break is not what is tested."""
    return " ".join(read(pdf).pages[0].extract_text().split())


@pytest.mark.parametrize("data", [SWEDISH, ENGLISH, LONGEST], ids=("sv", "en", "longest"))
def test_file_is_accessible_and_archivable(data: CertificateData, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(render_certificate(data))
    verapdf(path, ("ua1", "2a"))


@pytest.mark.parametrize("data", [SWEDISH, ENGLISH, LONGEST], ids=("sv", "en", "longest"))
def test_file_is_one_page_of_at_most_60_kb_that_ends_in_a_newline(data: CertificateData) -> None:
    pdf = render_certificate(data)
    page = read(pdf).pages
    assert len(page) == 1
    assert [round(float(side) / 72 * 25.4) for side in page[0].mediabox[2:]] == [210, 297]
    assert len(pdf) <= 60_000
    assert pdf.endswith(b"\n")


def test_everything_on_the_certificate_can_be_read_as_text() -> None:
    text = text_of(render_certificate(SWEDISH))
    for words in (
        "Länsstyrelsen Exempel",
        "Intyg Processledare i våldsförebyggande arbete",
        *SWEDISH.paragraphs,
        "15 januari 2027–4 februari 2028",
        "136,5 timmar",
        "11 februari 2028",
        *(module.title for module in SWEDISH.modules),
        "13,75",
        "7K3M-9QXW-2HFT-R6ND",
        "stegvis.example/verifiera",
        "Karin Exempelsson Länssamordnare",
        SWEDISH.disclaimer,
    ):
        assert words in text


@pytest.mark.parametrize(
    "holder",
    ["Åsa Ängö", "Njuŋŋes ŦŧĐđ Šš Čč Žž", "Łucja Őry", "Ayşe Işık", "Nguyễn Thị Hương", "O’Brien"],
)
def test_names_can_be_read_as_text(holder: str) -> None:
    assert holder in text_of(render_certificate(replace(SWEDISH, holder=holder)))


def test_an_accent_that_came_apart_from_its_letter_is_joined_again() -> None:
    pdf = render_certificate(replace(SWEDISH, holder="A\N{COMBINING RING ABOVE}sa Öberg"))
    assert "Åsa Öberg" in text_of(pdf)


def test_markup_in_a_text_is_only_text() -> None:
    holder = 'Åsa #strong[x] *y* _z_ $1$ @a <b> \\ "q" // c'
    assert holder in text_of(render_certificate(replace(SWEDISH, holder=holder)))


def test_title_and_language_stand_in_the_file() -> None:
    document = read(render_certificate(ENGLISH))
    assert document.trailer["/Root"]["/Lang"] == "en"
    assert document.metadata is not None
    assert document.metadata.title == (
        "Certificate of participation: Process-leader training in violence prevention, "
        "Åsa Märta Öberg"
    )
    assert document.metadata.creation_date == datetime(2028, 2, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize("data", [SWEDISH, LONGEST], ids=("sv", "longest"))
def test_qr_code_leads_to_the_check_page(data: CertificateData) -> None:
    picture = Image.open(io.BytesIO(preview_certificate(data))).convert("L")
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [data.verify_url]
    (link,) = read(render_certificate(data)).pages[0]["/Annots"]
    assert link.get_object()["/A"]["/URI"] == data.verify_url


def test_only_the_shipped_typeface_is_in_the_file() -> None:
    page = read(render_certificate(LONGEST)).pages[0]
    names = {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert {name.split("+")[1] for name in names} == {"PublicSans-Regular", "PublicSans-Bold"}
    assert (FONTS / "PUBLIC-SANS-LICENSE").exists()


@pytest.mark.parametrize("holder, shown", [("Євa", "Єв"), ("Åsa 😀", "😀"), ("李", "李")])
def test_a_text_that_the_typeface_cannot_show_is_refused(holder: str, shown: str) -> None:
    with pytest.raises(UnprintableText) as refusal:
        render_certificate(replace(SWEDISH, holder=holder))
    assert str(refusal.value) == shown


def test_a_control_character_is_refused() -> None:
    with pytest.raises(UnprintableText):
        render_certificate(replace(SWEDISH, holder="Åsa\x00Öberg"))


def test_texts_that_do_not_fit_one_page_are_refused() -> None:
    with pytest.raises(CertificateTooLong):
        render_certificate(replace(LONGEST, paragraphs=LONGEST.paragraphs * 20))


def test_the_same_data_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.unit.test_certificate import SWEDISH, render_certificate;"
        "print(hashlib.sha256(render_certificate(SWEDISH)).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT
        ).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_typst_is_imported_on_use() -> None:
    code = (
        "import sys, courses.documents.certificate;"
        "sys.exit(any(name in sys.modules for name in ('typst', 'segno')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_warm_render_costs_little() -> None:
    render_certificate(SWEDISH)
    costs = []
    for number in range(5):
        data = replace(SWEDISH, holder=f"Åsa {number} Öberg")
        started = time.process_time()
        render_certificate(data)
        costs.append((time.process_time() - started) * 1000)
    print(f"certificate: {min(costs):.0f} ms CPU warm, budget 30 ms")
    # The budget is 30 ms; three times that leaves room for a slow and busy machine.
    assert min(costs) <= 90
