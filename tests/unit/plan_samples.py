"""Plans to print: a short one, one that is as long as the sections allow, and one in English."""

from typing import Any

TEXT = """Nämnden gav uppdraget i **februari 2027** och styrgruppen *följer* det.
En rad till, direkt under.

# Det vi gör
- Träffas varje månad
  - med skolan
  - med polisen
- Läser https://www.bra.se/ och [lagen](https://lagen.nu/2023:196).

## Sedan
3. Tredje
4. Fjärde

Sámi: Njuŋŋes đávvir, šaddá, ŧ och ž. 5 < 6 & ”citat” – tankstreck … §"""


def part(label: str, kind: str, value: Any, fields: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "id": label, "label": label, "kind": kind, "value": value,
        "fields": [
            {"id": str(n), "label": one, "kind": "date" if one == "När" else "text"}
            for n, one in enumerate(fields)
        ],
    }


def rows(columns: int, count: int, words: str, *, when: int | None = None) -> list[dict[str, str]]:
    return [
        {str(n): "2027-05-02" if n == when else f"{words} {row}" for n in range(columns)}
        for row in range(count)
    ]


FIELDS = ("Problemet", "Faktor", "Om–så", "Underlag")
WIDE = ("Mål", "Våning", "Från", "Till", "När", "Källa", "Ansvarig funktion", "Dokument")


def plan(**changes: Any) -> dict[str, Any]:
    return {
        "language": "sv",
        "title": "Handlingsplan för våldsförebyggande arbete",
        "team": "Granåsa",
        "organization": "Granåsa kommun",
        "intro": "Planen bygger på det som teamet har skrivit tillsammans.",
        "number": 2,
        "issued_on": "2027-05-20",
        "earlier": [{"number": 1, "issued_on": "2027-03-01"}],
        "chapters": [
            {
                "id": "mandat", "number": 1, "title": "Uppdrag och mandat",
                "parts": [
                    part("Uppdrag och mandat", "text", TEXT),
                    part("Beslutsdatum", "date", "2027-02-09"),
                    part("Beslutande organ", "short", "Kommunstyrelsen"),
                ],
            },
            {
                "id": "problem", "number": 2, "title": "Prioriterade problem",
                "parts": [
                    part("Prioriterade problem", "rows", rows(4, 3, "Ett problem"), FIELDS),
                    part("Det vi har valt bort", "text", "Ett åskådarprogram."),
                ],
            },
            {
                "id": "mal", "number": 3, "title": "Mål och indikatorer",
                "parts": [part("Mål", "rows", rows(8, 3, "Mål", when=4), WIDE)],
            },
            {"id": "beslut", "number": 4, "title": "Beslut", "parts": []},
        ],
        "dates": [
            {"date": "2027-05-02", "what": "Fråga skolan", "who": "Rektor"},
            {"date": "2027-09-01", "what": "Stopp", "who": ""},
        ],
        "sources": [
            {"id": "GU5", "title": "Vår våldspreventiva lägesbild",
             "reference": "GU5-GRA-0042 v2", "on": "2026-11-02", "round": 42},
        ],
        "missing": ["Insatsval och genomförandeplan"],
    } | changes


LONG = plan(
    chapters=[
        {
            "id": f"k{n}", "number": n, "title": f"Kapitel {n} om det som ska göras",
            "parts": [
                part("En lång text", "text", (TEXT + "\n\n") * 4),
                part("Många rader", "rows", rows(5, 8, "En lång rad " * 12), (*FIELDS, "Till")),
                part("Breda rader", "rows", rows(8, 6, "Ett längre mål " * 6, when=4), WIDE),
            ],
        }
        for n in range(1, 13)
    ]
)
ENGLISH = plan(language="en", title="Plan of action for violence prevention", earlier=[])
SIGNS = "Minst ≥ 5 → klart ✓, högst ≤ 2 × 3 − 1 ⇒ 4″; Ελένη och Ирина"
SIGNED = plan(
    chapters=[
        {"id": "a", "number": 1, "title": SIGNS,
         "parts": [part("Del", "text", f"{SIGNS}. {TEXT}")]},
    ]
)
SAMPLES = {"small": plan(), "large": LONG, "english": ENGLISH, "signs": SIGNED}
