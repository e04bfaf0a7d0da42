"""The certificate as one accessible, archivable A4 page (PDF/UA-1 and PDF/A-2a)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from babel.dates import format_date
from babel.numbers import format_decimal

from courses.documents.typesetting import (
    FONTS,
    PanickedTemplate,
    UnprintableText,
    composed,
    typeset,
)

__all__ = [
    "FONTS", "CertificateData", "CertificateModule", "CertificateTooLong", "Translation",
    "UnprintableText", "preview_certificate", "render_certificate",
]

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

class CertificateTooLong(ValueError):
    """The texts do not fit one A4 page even in the smallest size."""


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
    return _compile(data, "pdf")


def preview_certificate(data: CertificateData) -> bytes:
    """Return the page as a PNG picture, to be looked at before the certificate is issued."""
    return _compile(data, "png")


def _compile(data: CertificateData, file_format: Literal["pdf", "png"]) -> bytes:
    try:
        return typeset(
            "certificate.typ", _page(data), dated=data.issued_on, file_format=file_format
        )
    except PanickedTemplate as error:
        raise CertificateTooLong("The texts do not fit one page.") from error


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
    return {key: composed(value) for key, value in page.items()}


def _qr_svg(address: str) -> str:
    """Return the QR code as SVG without a quiet zone: the white page around it is one."""
    import segno

    svg = io.BytesIO()
    segno.make_qr(address, error="m").save(svg, kind="svg", border=0, omitsize=True)
    return svg.getvalue().decode()
