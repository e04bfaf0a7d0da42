"""The people of the demonstration. All are invented, and their names say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
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

Work = Literal[
    "", "draft", "submitted", "in_review", "returned", "resubmitted", "rereading", "improved",
    "two_readings", "approved",
]
"""How far somebody's assignment has come. `rereading`: the second version is being read;
`improved`: it was the second that was approved; `two_readings`: two trainers have read it."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who takes part: `modules` whole modules are done, own assignments and all; then
    `lessons` lessons, `checks` checks and `works` of what comes next."""

    name: str
    organization: str
    sector: Sector
    team: str
    modules: int = 0
    lessons: int = 0
    checks: int = 0
    works: Mapping[str, Work] = field(default_factory=dict)
    holds_pen: bool = False
    also_in: str = ""
    invited_only: bool = False
    has_certificate: bool = False
    is_protected: bool = False
    """Read as "Deltagare 1 i Åsele" by everybody else."""

    @property
    def email(self) -> str:
        return address(self.name)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A cohort of the demonstration, which stands in week `week` of its plan on any day that it
    is loaded. `joint` says of each team how far its joint assignments have come."""

    name: str
    week: int
    people: Sequence[Person]
    joint: Mapping[str, Mapping[str, Work]]


def address(name: str) -> str:
    """Return the invented person's address, in a domain that can never receive mail."""
    plain = name.lower().translate(str.maketrans("åäöáŋšŧđčž ", "aaoanstdcz."))
    return f"{plain}@demo.example"


def _team(town: str, *rows: tuple) -> list[Person]:
    return [
        Person(name=name, organization=town, sector=sector, team=town, **dict(state))
        for name, sector, state in rows
    ]


def _joint(**last: Work) -> dict[str, Work]:
    """Everything is approved before the assignments that are named."""
    earlier = takewhile(lambda one: one not in last, ("GU1", "GU4", "GU5", "GU6", "GU7", "GU8"))
    return dict.fromkeys(earlier, "approved") | last


S = Sector

PEOPLE: list[Person] = [
    *_team(
        "Norsjö",
        ("Cilla Låtsas", S.CULTURE, {"modules": 4, "lessons": 3, "holds_pen": True}),
        ("David Övning", S.CARE, {"modules": 2, "lessons": 5, "works": {"U3": "draft"}}),
        ("Elsa Exempel", S.SAFETY, {"modules": 3, "lessons": 4, "checks": 1}),
        ("Folke Påhitt", S.MANAGEMENT, {"modules": 1, "lessons": 5, "checks": 1,
                                           "works": {"U2": "in_review"}}),
        ("Greta Låtsas", S.SOCIAL_SERVICES, {"modules": 4, "lessons": 5, "checks": 1}),
        ("Harald Påhitt", S.SCHOOL, {"modules": 3, "lessons": 2}),
    ),
    *_team(
        "Sorsele",
        ("Karin Påhitt", S.SCHOOL, {"modules": 2, "lessons": 10, "checks": 2,
                                    "works": {"U2": "improved", "U3": "returned"},
                                    "holds_pen": True}),
        ("Anders Låtsas", S.SOCIAL_SERVICES, {"modules": 3, "lessons": 4}),
        ("Gunnel Övning", S.CARE, {"modules": 2, "lessons": 5, "checks": 1,
                                   "works": {"U3": "submitted"}}),
        ("Hilding Exempel", S.CULTURE, {"modules": 1, "lessons": 5, "works": {"U2": "returned"}}),
        ("Elle Máret Påhitt", S.SOCIAL_SERVICES, {"modules": 4, "lessons": 1}),
        ("Isak Låtsas", S.TECHNICAL, {}),
    ),
    *_team(
        "Vilhelmina",
        ("Jenny Exempel", S.SCHOOL, {"modules": 2, "lessons": 8, "checks": 1,
                                     "works": {"U3": "resubmitted"}, "holds_pen": True}),
        ("Kurt Påhitt", S.SOCIAL_SERVICES, {"modules": 4, "lessons": 2}),
        ("Lisbet Låtsas", S.CARE, {"modules": 2, "lessons": 9, "checks": 2,
                                   "works": {"U3": "submitted"}}),
        ("Mikael Övning", S.CULTURE, {"modules": 3, "lessons": 4, "checks": 1}),
        ("Nanna Exempel", S.SAFETY, {"modules": 2, "lessons": 7, "checks": 1,
                                     "works": {"U3": "in_review"}}),
        ("Oskar Påhitt", S.SCHOOL, {"lessons": 3, "works": {"U1": "draft"}}),
        ("Petra Låtsas", S.MANAGEMENT, {"lessons": 1}),
        ("Quintus Övning", S.CARE, {"invited_only": True}),
    ),
    *_team(
        "Åsele",
        ("Rut Exempel", S.SOCIAL_SERVICES, {"modules": 4, "holds_pen": True}),
        ("Sixten Påhitt", S.SCHOOL, {"modules": 2, "lessons": 9, "checks": 1,
                                     "works": {"U3": "rereading"}}),
        ("Tora Låtsas", S.CARE, {"modules": 1, "lessons": 5, "works": {"U2": "draft"}}),
        ("Urban Övning", S.CULTURE, {}),
        ("Vera Exempel", S.SCHOOL, {"modules": 4, "lessons": 3, "is_protected": True}),
    ),
    Person(name="Yngve Påhitt", organization="Polisen", sector=S.POLICE, team="Sorsele",
           modules=3, lessons=3),
    Person(name="Åke Låtsas", organization="Polisen", sector=S.POLICE, team=REGIONAL,
           modules=4, lessons=2, also_in="Vilhelmina"),
    Person(name="Ärna Övning", organization="Länsstyrelsen Västerbotten", sector=S.COUNTY_BOARD,
           team=REGIONAL, modules=3, lessons=4, checks=1, holds_pen=True),
    Person(name="Östen Exempel", organization="Polisen", sector=S.POLICE, team=REGIONAL,
           modules=1, lessons=5, works={"U2": "submitted"}),
]

WHOLE = {"modules": 8}
ALUMNI: list[Person] = _team(
    "Norsjö",
    ("Asta Exempel", S.SCHOOL, WHOLE | {"holds_pen": True, "has_certificate": True}),
    ("Bertil Påhitt", S.SOCIAL_SERVICES, WHOLE),
    ("Dagny Låtsas", S.CARE, WHOLE | {"has_certificate": True}),
    ("Evert Övning", S.CULTURE, {"modules": 7, "lessons": 4, "checks": 1,
                                 "works": {"U8": "submitted"}}),
    ("Frida Påhitt", S.SAFETY, WHOLE | {"has_certificate": True}),
    ("Gustav Låtsas", S.SCHOOL, WHOLE | {"has_certificate": True}),
    ("Hedda Exempel", S.SOCIAL_SERVICES, WHOLE | {"has_certificate": True}),
    ("Ivar Övning", S.TECHNICAL, WHOLE | {"has_certificate": True}),
    ("Jonna Påhitt", S.MANAGEMENT, WHOLE | {"has_certificate": True}),
    ("Klas Låtsas", S.CARE, WHOLE | {"has_certificate": True}),
    ("Lova Exempel", S.CULTURE, WHOLE | {"has_certificate": True}),
)

DELIVERIES = (
    Delivery(
        name="Demonstration", week=27, people=PEOPLE,
        joint={
            "Norsjö": _joint(GU6=""), "Sorsele": _joint(GU4="returned"),
            "Vilhelmina": _joint(GU4="submitted"), "Åsele": _joint(GU5="two_readings"),
            REGIONAL: _joint(GU6=""),
        },
    ),
    Delivery(
        name="Demonstration, avslutad omgång", week=58, people=ALUMNI,
        joint={"Norsjö": _joint(GU8="approved")},
    ),
)

TRAINERS = ("Uno Utbildare", "Tyra Utbildare")
COUNTY_COORDINATOR = "Lena Länssamordnare"
MUNICIPAL_COORDINATOR = ("Siv Samordnare", "Sorsele")
ADMINISTRATOR = "Alva Administratör"
EDITOR = "Reine Redaktör"
SECRECY_OFFICER = "Tove Tjänsteperson"

PARTICIPANT = "Karin Påhitt"
"""Whose pages the demonstration shows as the participant's: something returned, a draft."""
STOPPED = "Greta Låtsas"
"""Whose approved work a trainer has stopped for secrecy."""
HOLDER = "Asta Exempel"
"""Who has the certificate."""
