"""What is stored about one person, under the headings of the privacy page: what can go, what
stays, and by what law."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.privacy import SECTIONS, Section
from courses.models.about import models

PUBLIC_DOCUMENT = _l(
    "Allmän handling. Den får inte tas bort på begäran utan följer gallringsplanen: "
    "dataskyddsförordningen artikel 17.3 b och d, och arkivlagen (1990:782)."
)
POINTS_AT_NOBODY = _l(
    "Blir kvar utan ditt namn, så att utbildningens resultat och beslut går att följa: "
    "dataskyddsförordningen artikel 17.3 b. Det pekar på ett tomt konto."
)
SOON_GONE = _l("Försvinner av sig självt när tiden ovan är slut.")


@dataclass(frozen=True)
class Stored:
    """One heading: how many rows are about the person; why they stay, when they do."""

    section: Section
    rows: int
    why: LazyString | None = None


def stored(counts: Mapping[str, int]) -> list[Stored]:
    """Return the headings under which something is stored, and how much."""
    return [
        Stored(section, rows)
        for section in SECTIONS
        if (rows := sum(counts.get(name, 0) for name in section.tables))
    ]


def going(
    counts: Mapping[str, int], erasable: Mapping[str, int]
) -> tuple[list[Stored], list[Stored]]:
    """Return what erasing the account takes away, and what stays with the reason.

    `counts` is table → rows about the person, `erasable` how many of them go.
    """
    goes, stays = [], []
    for section in SECTIONS:
        taken, kept = 0, Counter[LazyString]()
        for name in section.tables:
            rows = counts.get(name, 0)
            gone = rows if _is_emptied(name) else erasable.get(name, 0)
            taken += gone
            if rows > gone:
                kept[_why(name)] += rows - gone
        if taken:
            goes.append(Stored(section, taken))
        stays += [Stored(section, rows, why) for why, rows in kept.items()]
    return goes, stays


def _is_emptied(table: str) -> bool:
    return models()[table].__personal__.erasure.startswith("emptied")


def _why(table: str) -> LazyString:
    declared = models()[table].__personal__
    if "public document" in declared.erasure or "disposal" in declared.erasure:
        return PUBLIC_DOCUMENT
    # of a table that is erased stays what a hand-in or a team has
    stays = declared.is_erased or declared.erasure.startswith("kept")
    return POINTS_AT_NOBODY if stays else SOON_GONE
