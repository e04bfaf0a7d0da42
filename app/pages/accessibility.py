"""What the accessibility statement says (DOS-lagen 2018:1937): the fields that the law asks for.

The statement belongs to the authority that runs the service. It is renewed at least once a
year, and whenever something is mended or found.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

COMPLAINTS = "https://www.digg.se/tdosanmalan"


@dataclass(frozen=True, kw_only=True)
class Shortcoming:
    """Content that is not accessible, or not known to be, and why."""

    what: LazyString
    why: LazyString


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The fields of a statement, in the order in which they are read."""

    service: LazyString
    conformity: LazyString
    shortcomings: tuple[Shortcoming, ...]
    unreasonable_burden: LazyString
    outside_the_law: LazyString
    method: LazyString
    assessed_on: date
    updated_on: date
    complaints: str = COMPLAINTS


STATEMENT = Statement(
    service=_l("Våldsprevention Västerbotten, webbplatsen för processledarutbildningen"),
    conformity=_l("delvis förenlig"),
    shortcomings=(
        Shortcoming(
            what=_l(
                "Skärmläsare, röststyrning och andra hjälpmedel: tjänsten är inte prövad av "
                "människor som använder dem till vardags. Det kan finnas brister som vi inte "
                "känner till."
            ),
            why=_l("Tjänsten är ny och en sådan granskning är inte gjord än."),
        ),
        Shortcoming(
            what=_l(
                "Breda tabeller, till exempel bedömningsstöd och översikter: på en smal skärm "
                "rullas en del av dem i sidled i en egen ruta."
            ),
            why=_l("Raderna blir svåra att jämföra om kolumnerna bryts isär."),
        ),
        Shortcoming(
            what=_l(
                "Delar av utbildningen kan saknas på engelska. Då visas den svenska texten, "
                "märkt som svenska så att en skärmläsare uttalar den rätt."
            ),
            why=_l("Texterna skrivs på svenska och översätts efter hand."),
        ),
    ),
    unreasonable_burden=_l("Vi har inte undantagit något innehåll med det skälet."),
    outside_the_law=_l(
        "Sidor på andra webbplatser som vi länkar till, till exempel källor och stödlinjer."
    ),
    method=_l(
        "Självskattning. Sidorna prövas med automatiska tester av bland annat kontrast, "
        "rubriker, etiketter och felmeddelanden, och har gåtts igenom i en webbläsare på liten "
        "och stor skärm, i ljust och mörkt läge. Ingen utomstående har granskat tjänsten."
    ),
    assessed_on=date(2026, 11, 22),
    updated_on=date(2026, 11, 22),
)
