"""The people of the demonstration. All are invented, and their names say so."""

from dataclasses import dataclass
from typing import Literal

from courses.vocabulary import OrganizationKind, Sector

MUNICIPALITY, POLICE, COUNTY = (
    OrganizationKind.MUNICIPALITY, OrganizationKind.POLICE, OrganizationKind.COUNTY_BOARD,
)
# SCB's codes: Norsjö 2417, Sorsele 2422, Vilhelmina 2462, Åsele 2463
ORGANIZATIONS = {
    "Norsjö": (MUNICIPALITY, "2417"),
    "Sorsele": (MUNICIPALITY, "2422"),
    "Vilhelmina": (MUNICIPALITY, "2462"),
    "Åsele": (MUNICIPALITY, "2463"),
    "Polisen": (POLICE, None),
    "Länsstyrelsen Västerbotten": (COUNTY, None),
}
REGIONAL = "Regionalt team"

Work = Literal["", "draft", "submitted", "in_review", "returned", "resubmitted", "approved"]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who takes part. `lessons` counts from the first of module 1."""

    name: str
    organization: str
    sector: Sector
    team: str
    lessons: int = 0
    checks: int = 0
    u1: Work = ""
    u2: Work = ""
    holds_pen: bool = False
    also_in: str = ""
    invited_only: bool = False
    certificate: Literal["", "issued", "ready"] = ""

    @property
    def email(self) -> str:
        return address(self.name)


def address(name: str) -> str:
    """Return the invented person's address, in a domain that can never receive mail."""
    plain = name.lower().translate(str.maketrans("åäöáŋšŧđčž ", "aaoanstdcz."))
    return f"{plain}@demo.example"


def _team(town: str, *rows: tuple) -> list[Person]:
    return [
        Person(name=name, organization=town, sector=sector, team=town, **dict(state))
        for name, sector, state in rows
    ]


S = Sector
FINISHED = {"lessons": 9, "checks": 2, "u1": "approved", "u2": "approved"}

PEOPLE: list[Person] = [
    *_team(
        "Norsjö",
        ("Asta Exempel", S.SCHOOL, FINISHED | {"holds_pen": True, "certificate": "issued"}),
        ("Bertil Påhitt", S.SOCIAL_SERVICES, FINISHED | {"certificate": "ready"}),
        ("Cilla Låtsas", S.CULTURE, {"lessons": 9, "checks": 2, "u1": "approved",
                                     "u2": "submitted"}),
        ("David Övning", S.CARE, {"lessons": 8, "checks": 1, "u1": "approved", "u2": "draft"}),
        ("Elsa Exempel", S.SAFETY, {"lessons": 9, "checks": 2, "u1": "approved",
                                    "u2": "in_review"}),
        ("Folke Påhitt", S.MANAGEMENT, {"lessons": 6, "checks": 1, "u1": "approved"}),
    ),
    *_team(
        "Sorsele",
        ("Karin Påhitt", S.SCHOOL, {"lessons": 7, "checks": 1, "u1": "returned", "u2": "draft",
                                    "holds_pen": True}),
        ("Anders Låtsas", S.SOCIAL_SERVICES, {"lessons": 5, "checks": 1, "u1": "approved"}),
        ("Gunnel Övning", S.CARE, {"lessons": 4, "checks": 1, "u1": "submitted"}),
        ("Hilding Exempel", S.CULTURE, {"lessons": 2}),
        ("Elle Máret Påhitt", S.SOCIAL_SERVICES, {"lessons": 9, "checks": 2, "u1": "approved",
                                                  "u2": "returned"}),
        ("Isak Låtsas", S.TECHNICAL, {}),
    ),
    *_team(
        "Vilhelmina",
        ("Jenny Exempel", S.SCHOOL, {"lessons": 9, "checks": 2, "u1": "approved",
                                     "u2": "resubmitted", "holds_pen": True}),
        ("Kurt Påhitt", S.SOCIAL_SERVICES, {"lessons": 9, "checks": 2, "u1": "approved",
                                            "u2": "approved"}),
        ("Lisbet Låtsas", S.CARE, {"lessons": 7, "checks": 1, "u1": "approved",
                                   "u2": "submitted"}),
        ("Mikael Övning", S.CULTURE, {"lessons": 5, "checks": 1, "u1": "approved"}),
        ("Nanna Exempel", S.SAFETY, {"lessons": 4, "checks": 1, "u1": "resubmitted"}),
        ("Oskar Påhitt", S.SCHOOL, {"lessons": 3, "u1": "draft"}),
        ("Petra Låtsas", S.MANAGEMENT, {"lessons": 1}),
        ("Quintus Övning", S.CARE, {"invited_only": True}),
    ),
    *_team(
        "Åsele",
        ("Rut Exempel", S.SOCIAL_SERVICES, {"lessons": 6, "checks": 1, "u1": "approved",
                                            "holds_pen": True}),
        ("Sixten Påhitt", S.SCHOOL, {"lessons": 9, "checks": 2, "u1": "approved",
                                     "u2": "submitted"}),
        ("Tora Låtsas", S.CARE, {"lessons": 4, "checks": 1, "u1": "draft"}),
        ("Urban Övning", S.CULTURE, {"lessons": 0}),
        ("Vera Exempel", S.SCHOOL, {"lessons": 9, "checks": 2, "u1": "approved",
                                    "u2": "approved"}),
    ),
    Person(name="Yngve Påhitt", organization="Polisen", sector=S.POLICE, team="Sorsele",
           lessons=9, checks=2, u1="approved", u2="draft"),
    Person(name="Åke Låtsas", organization="Polisen", sector=S.POLICE, team=REGIONAL,
           lessons=9, checks=2, u1="approved", u2="approved", also_in="Vilhelmina"),
    Person(name="Ärna Övning", organization="Länsstyrelsen Västerbotten", sector=S.COUNTY_BOARD,
           team=REGIONAL, lessons=8, checks=1, u1="approved", holds_pen=True),
    Person(name="Östen Exempel", organization="Polisen", sector=S.POLICE, team=REGIONAL,
           lessons=4, u1="submitted"),
]

# how far each team's joint agreement has come
JOINT: dict[str, Work] = {
    "Norsjö": "approved", "Sorsele": "returned", "Vilhelmina": "approved", "Åsele": "submitted",
    REGIONAL: "approved",
}

TRAINERS = ("Uno Utbildare", "Tyra Utbildare")
COUNTY_COORDINATOR = "Lena Länssamordnare"
MUNICIPAL_COORDINATOR = ("Siv Samordnare", "Sorsele")
ADMINISTRATOR = "Alva Administratör"
EDITOR = "Reine Redaktör"

PARTICIPANT = "Karin Påhitt"
"""Whose pages the demonstration shows as the participant's: something returned, a draft."""
HOLDER = "Asta Exempel"
"""Who has the certificate."""
