"""A copy in words: the same headings as the privacy page, and a list for each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.i18n import day, moment
from app.privacy import SECTIONS, Section

FIELDS = {
    "email": _l("E-postadress"), "name": _l("Namn"), "language": _l("Språk"),
    "sector": _l("Verksamhetsområde"), "role": _l("Roll"), "created_at": _l("Skapad"),
    "updated_at": _l("Ändrad"), "at": _l("När"), "answers": _l("Svar"), "text": _l("Text"),
    "prompt": _l("Fråga"), "module_id": _l("Modul"), "item_id": _l("Del av utbildningen"),
    "assignment_id": _l("Uppgift"), "reference": _l("Referens"), "overall": _l("Omdöme"),
    "comments": _l("Kommentarer"), "submitted_at": _l("Inskickad"), "state": _l("Läge"),
    "code": _l("Kod"), "issued_at": _l("Utfärdat"), "device": _l("Webbläsare"),
    "action": _l("Händelse"), "what": _l("Vad"), "fields": _l("Uppgifter"),
    "expires_at": _l("Går ut"), "sent_at": _l("Skickat"), "template": _l("Slag"),
    "size": _l("Storlek"), "media_type": _l("Filtyp"), "levels": _l("Nivåer"),
    "outcome": _l("Beslut"), "attestation": _l("Intygande"), "kind": _l("Slag"),
    "last_seen_at": _l("Senast använd"), "granted_at": _l("Från"), "ended_at": _l("Till"),
    "submitted_by": _l("Inskickad av"),
    "registered_reason": _l("Varför någon annan registrerade"),
    "presented_on": _l("Redovisad muntligt"),
    "user_id": _l("Person"), "enrollment_id": _l("Deltagare"), "actor_id": _l("Av"),
}
"""The words for columns that people meet; the others keep their names from the data."""


@dataclass(frozen=True)
class Part:
    """One heading with its rows, each a list of name and value."""

    section: Section
    rows: Sequence[Sequence[tuple[str, str]]]


def parts(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Part]:
    """Return what stands in the tables, under the headings of the privacy page."""
    return [
        Part(section, [_row(row) for name in section.tables for row in tables.get(name, ())])
        for section in SECTIONS
        if any(tables.get(name) for name in section.tables)
    ]


def _row(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (str(FIELDS.get(name, name)), _text(value))
        for name, value in row.items()
        if value not in (None, "", {}, []) and name not in ("id", "version")
    ]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_text(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(_text(one) for one in value)
    return str(value)
