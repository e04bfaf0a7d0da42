"""What is said of a passage that may point out somebody: why, what to do, and how to write."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import ValidationError

from courses.rules.file_guard import Placed
from courses.rules.identity_guard import Finding, FindingKind, find


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Something that the guard found, with the words around it."""

    finding: Finding
    before: str
    after: str

    @property
    def blocks(self) -> bool:
        """Whether it must go before anybody else reads the text."""
        return self.finding.blocks

    @property
    def why(self) -> str:
        return reason_for(self.finding.kind)

    @property
    def remedy(self) -> str:
        return remedy_for(self.finding.kind)

    @property
    def way(self) -> str:
        return way_to_write(self.finding.kind)


def without_number(_form: Any, field: Any) -> None:
    """Validator of a line that somebody else reads: it holds no personal identity number."""
    for one in find(field.data or ""):
        if one.blocks:
            raise ValidationError(reason_for(one.kind))


def reason_for(kind: FindingKind) -> str:
    """Return why a passage of this kind is shown."""
    return {
        FindingKind.PERSONAL_NUMBER: _("Det ser ut som ett personnummer."),
        FindingKind.MISTYPED_NUMBER: _(
            "Siffrorna är skrivna som ett personnummer, men kontrollsiffran stämmer inte."
        ),
        FindingKind.PHONE: _("Det ser ut som ett telefonnummer till en person."),
        FindingKind.EMAIL: _("Det ser ut som en e-postadress till en person."),
        FindingKind.NAME: _("Det ser ut som namnet på en person."),
        FindingKind.AGE_AND_PLACE: _("En ålder och en ort i samma mening kan peka ut någon."),
        FindingKind.POINTS_OUT: _("Orden kan peka ut en enda person där alla känner alla."),
        FindingKind.SMALL_NUMBER: _("Talet är så litet att någon kan räkna ut vilka det gäller."),
        FindingKind.GIVEN_AWAY: _("Det som blir kvar av totalen är så litet att det röjer några."),
    }[kind]


def where_in_file(place: Placed) -> str:
    """Return where in a file a passage stands."""
    if place.page is None:
        return _("Stycke %(line)s", line=place.line)
    return _("Sida %(page)s, rad %(line)s", page=place.page, line=place.line)


def remedy_for(kind: FindingKind) -> str:
    """Return what to do about it."""
    return {
        FindingKind.PERSONAL_NUMBER: _("Ta bort det innan du skickar in."),
        FindingKind.MISTYPED_NUMBER: _("Ta bort det om det gäller en person."),
        FindingKind.PHONE: _("Skriv vilken funktion man kan ringa i stället."),
        FindingKind.EMAIL: _("Skriv en funktionsadress eller ta bort den."),
        FindingKind.NAME: _("Skriv funktionen i stället för namnet."),
        FindingKind.AGE_AND_PLACE: _("Ta bort åldern eller platsen, eller skriv om meningen."),
        FindingKind.POINTS_OUT: _("Beskriv arbetssättet i stället för personen."),
        FindingKind.SMALL_NUMBER: _("Slå ihop år eller grupper, eller skriv ”färre än 5”."),
        FindingKind.GIVEN_AWAY: _("Slå ihop två rader, eller ta bort totalen."),
    }[kind]


def way_to_write(kind: FindingKind) -> str:
    """Return how the same thing can be said without pointing anybody out."""
    return {
        FindingKind.PERSONAL_NUMBER: _("”Ett ärende hos oss”, utan nummer och utan datum."),
        FindingKind.MISTYPED_NUMBER: _("”Ett ärende hos oss”, utan nummer och utan datum."),
        FindingKind.PHONE: _("”Växeln kopplar till socialjouren.”"),
        FindingKind.EMAIL: _("”Skriv till enhetens gemensamma adress.”"),
        FindingKind.NAME: _("”Enhetschefen i hemtjänsten”, eller bara ”en kollega”."),
        FindingKind.AGE_AND_PLACE: _("”En person i en mindre ort”, utan ålder och utan ortnamn."),
        FindingKind.POINTS_OUT: _("”Det händer att någon berättar för oss. Då gör vi så här.”"),
        FindingKind.SMALL_NUMBER: _("”Färre än fem anmälningar under tre år.”"),
        FindingKind.GIVEN_AWAY: _("”Dagtid och övrig tid”, så att ingen ruta går att räkna ut."),
    }[kind]
