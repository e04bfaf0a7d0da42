"""The certificate as one accessible, archivable A4 page (PDF/UA-1 and PDF/A-2a)."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, cast

from babel.dates import format_date
from babel.numbers import format_decimal

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "certificate.typ"
FONTS = HERE / "fonts"

#: The words that are the same on every certificate in a language.
LABELS = {
    "sv": {
        "modules": "Moduler",
        "number": "Nr",
        "module": "Modul",
        "hours": "Timmar",
        "period": "Period",
        "scope": "Omfattning",
        "scope_value": "{hours} timmar",
        "issued": "Utfärdat",
        "code": "Intygskod",
        "check": "Kontrollera intyget",
        "check_text": "Läs av QR-koden eller skriv koden på",
        "qr": "QR-kod som leder till sidan där intyget kan kontrolleras",
        "unsigned": "Utfärdat digitalt. Kontrollera intyget med koden.",
    },
    "en": {
        "modules": "Modules",
        "number": "No.",
        "module": "Module",
        "hours": "Hours",
        "period": "Period",
        "scope": "Scope",
        "scope_value": "{hours} hours",
        "issued": "Issued",
        "code": "Certificate code",
        "check": "Check this certificate",
        "check_text": "Scan the QR code or enter the code at",
        "qr": "QR code leading to the page where this certificate can be checked",
        "unsigned": "Issued digitally. Check it with the code.",
    },
}

# How Typst says, per character, that a PDF/UA or PDF/A file could not show it.
UNSHOWN = re.compile(r'(?:the text|disallowed codepoint) `"(.+?)"`')

# Typst's compiler is not made to be entered twice, and a web process has several threads.
_compiling = Lock()


class CertificateTooLong(ValueError):
    """The texts do not fit one A4 page even in the smallest size."""


class UnprintableText(ValueError):
    """A text holds characters that the certificate's typeface lacks; they are its argument."""


@dataclass(frozen=True)
class CertificateModule:
    """One line of the list of modules; the number is the module's own in the course."""

    number: int
    title: str
    hours: Decimal


@dataclass(frozen=True)
class Translation:
    """The same text in short in a second language, under the list of modules."""

    language: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class CertificateData:
    """Everything that stands on a certificate, in the words in which it shall stand there."""

    language: str
    #: "Intyg" or "Deltagarintyg"; with the subject it makes the heading.
    kind: str
    subject: str
    holder: str
    paragraphs: tuple[str, ...]
    modules: tuple[CertificateModule, ...]
    starts_on: date
    ends_on: date
    hours: Decimal
    issuer: str
    issued_on: date
    #: As it is printed: 7K3M-9QXW-2HFT-R6ND.
    code: str
    #: Where the QR code leads.
    verify_url: str
    #: The page with the field for the code, as a person types it.
    check_address: str
    disclaimer: str
    signatory_name: str | None = None
    signatory_title: str | None = None
    translation: Translation | None = None


def render_certificate(data: CertificateData) -> bytes:
    """Return the PDF of a certificate: the same data gives the same bytes.

    Raises CertificateTooLong or UnprintableText when the page could not be shown whole.
    """
    pdf = _compile(data, "pdf")
    # Without a newline at the end, a signature added later breaks PDF/A-2a (6.1.9).
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"


def preview_certificate(data: CertificateData) -> bytes:
    """Return the page as a PNG picture, to be looked at before the certificate is issued."""
    return _compile(data, "png")


def _compile(data: CertificateData, file_format: Literal["pdf", "png"]) -> bytes:
    import typst

    try:
        with _compiling:
            result = _compiler().compile(
                format=file_format,
                sys_inputs={"data": json.dumps(_page(data), ensure_ascii=False)},
                pdf_standards=["ua-1", "a-2a"] if file_format == "pdf" else [],
                # The file's own date: with the clock in it, no two files would be alike.
                timestamp=datetime.combine(data.issued_on, time(12), tzinfo=UTC),
            )
    except typst.TypstError as error:
        raise _explained(error) from error
    # One page in memory is one piece of bytes; several would be a list.
    return cast("bytes", result)


@cache
def _compiler() -> typst.Compiler:
    """Return the compiler, which sees the shipped typeface and no other."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)


def _page(data: CertificateData) -> dict[str, Any]:
    """Return what the template is given: ready words, and nothing to work out."""
    labels = LABELS[data.language]

    def day(value: date) -> str:
        return format_date(value, "d MMMM y", locale=data.language)

    def hours(value: Decimal) -> str:
        return format_decimal(value, "#,##0.##", locale=data.language)

    facts = (
        (labels["period"], f"{day(data.starts_on)}–{day(data.ends_on)}"),
        (labels["scope"], labels["scope_value"].format(hours=hours(data.hours))),
        (labels["issued"], day(data.issued_on)),
    )
    page: dict[str, Any] = {
        "language": data.language,
        "labels": labels,
        "document_title": f"{data.kind}: {data.subject}, {data.holder}",
        "kind": data.kind,
        "subject": data.subject,
        "holder": data.holder,
        "paragraphs": data.paragraphs,
        "modules": [
            {"number": str(module.number), "title": module.title, "hours": hours(module.hours)}
            for module in data.modules
        ],
        "facts": [{"label": label, "value": value} for label, value in facts],
        "issuer": data.issuer,
        "code": data.code,
        "check_address": data.check_address,
        "verify_url": data.verify_url,
        "qr": _qr_svg(data.verify_url),
        "disclaimer": data.disclaimer,
        "signatory_name": data.signatory_name,
        "signatory_title": data.signatory_title,
        "translation": data.translation
        and {"language": data.translation.language, "paragraphs": data.translation.paragraphs},
    }
    return {key: _composed(value) for key, value in page.items()}


def _composed(value: Any) -> Any:
    """Return the texts with letter and accent as one character, as the typeface has them."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).replace("\N{NON-BREAKING HYPHEN}", "-")
    if isinstance(value, dict):
        return {key: _composed(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_composed(part) for part in value]
    return value


def _qr_svg(address: str) -> str:
    """Return the QR code as SVG without a quiet zone: the white page around it is one."""
    import segno

    svg = io.BytesIO()
    segno.make_qr(address, error="m").save(svg, kind="svg", border=0, omitsize=True)
    return svg.getvalue().decode()


def _explained(error: typst.TypstError) -> Exception:
    """Return the error in the caller's terms, or as it was when the fault is ours."""
    if "certificate-too-long" in error.message:
        return CertificateTooLong("The texts do not fit one page.")
    missing = UNSHOWN.findall(error.diagnostic)
    return UnprintableText("".join(missing)) if missing else error
