"""The rows of the municipality × module matrix, put together from grouped counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from courses.catalog import Course, Module
from courses.rules.alphabet import alphabetical
from courses.rules.opening import is_open
from courses.vocabulary import Sector

REGIONAL, TEAMLESS = "regional", "teamless"
"""Keys of the rows that are no municipality."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One municipality in one module. `late` counts people, `late_teams` joint assignments."""

    module: Module
    opens_on: date | None
    is_open: bool
    done: int
    active: int
    late: int
    late_teams: int

    @property
    def is_done(self) -> bool:
        """Whether all who take part have completed the module."""
        return self.active > 0 and self.done == self.active

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has passed a date."""
        return bool(self.late or self.late_teams)

    @property
    def twentieths(self) -> int:
        """The width of the bar in steps of 5 %; full only when all are done."""
        if not self.active:
            return 0
        return 20 if self.is_done else min(19, round(20 * self.done / self.active))


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """A team that the coordinator may open."""

    id: int
    name: str
    members: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """A municipality, or one of the two rows that are none; then `name` is None."""

    key: str
    name: str | None
    active: int
    cells: tuple[Cell, ...]
    sectors: frozenset[Sector]
    teams: tuple[TeamLine, ...]

    @property
    def modules_done(self) -> int:
        """How many modules all have completed."""
        return sum(1 for cell in self.cells if cell.is_done)

    @property
    def late(self) -> int:
        """How many times a person has passed a date, module by module."""
        return sum(cell.late for cell in self.cells)

    @property
    def late_teams(self) -> int:
        """How many joint assignments have passed their date."""
        return sum(cell.late_teams for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Head:
    """How many active participants a home team, an employer and a sector have in common."""

    team_id: int | None
    organization_id: int
    sector: Sector
    count: int


@dataclass(frozen=True, kw_only=True)
class Place:
    """A team and the municipality it belongs to, if it is not regional."""

    team_id: int
    name: str
    organization_id: int | None
    organization: str | None


@dataclass(kw_only=True)
class Counts:
    """(group, module) → people done and people late; (team, module) → joint work late.
    A group is a home team or an employer, as the reader's view asks."""

    done: Counter[tuple[int | None, str]] = field(default_factory=Counter)
    late: Counter[tuple[int | None, str]] = field(default_factory=Counter)
    late_teams: Counter[tuple[int, str]] = field(default_factory=Counter)


def county_rows(
    course: Course,
    opens: Mapping[str, date],
    today: date,
    heads: Iterable[Head],
    places: Iterable[Place],
    counts: Counts,
) -> list[Row]:
    """Return a row for each municipality with a team, in Swedish order, then the regional
    teams, then those without a team. The groups of `counts` are home teams."""
    heads = list(heads)
    members = Counter[int | None]()
    for head in heads:
        members[head.team_id] += head.count
    by_row: dict[tuple[str, str | None], list[Place]] = defaultdict(list)
    for place in places:
        is_regional = place.organization_id is None
        key = REGIONAL if is_regional else str(place.organization_id)
        by_row[key, place.organization].append(place)
    ordered = sorted(by_row, key=lambda row: (row[1] is None, alphabetical(row[1] or "")))
    rows = [
        _row(
            key, name, course, opens, today,
            groups={place.team_id for place in by_row[key, name]},
            heads=[h for h in heads if h.team_id in {p.team_id for p in by_row[key, name]}],
            places=by_row[key, name], members=members, counts=counts,
        )
        for key, name in ordered
    ]
    if members[None]:
        rows.append(
            _row(
                TEAMLESS, None, course, opens, today, groups={None},
                heads=[h for h in heads if h.team_id is None], places=[], members=members,
                counts=counts,
            )
        )
    return rows


def employer_rows(
    course: Course,
    opens: Mapping[str, date],
    today: date,
    heads: Iterable[Head],
    places: Iterable[Place],
    employers: Mapping[int, str],
    counts: Counts,
) -> list[Row]:
    """Return a row for each of `employers`: those whom it employs, whatever team they are in,
    and the teams that belong to it. The groups of `counts` are employers."""
    heads = list(heads)
    members = Counter[int | None]()
    for head in heads:
        members[head.team_id] += head.count
    places = list(places)
    return [
        _row(
            str(employer), employers[employer], course, opens, today, groups={employer},
            heads=[h for h in heads if h.organization_id == employer],
            places=[p for p in places if p.organization_id == employer],
            members=members, counts=counts,
        )
        for employer in sorted(employers, key=lambda one: alphabetical(employers[one]))
    ]


def _row(
    key: str,
    name: str | None,
    course: Course,
    opens: Mapping[str, date],
    today: date,
    *,
    groups: set[int] | set[None],
    heads: list[Head],
    places: list[Place],
    members: Mapping[int | None, int],
    counts: Counts,
) -> Row:
    active = sum(head.count for head in heads)
    manned = [place.team_id for place in places if members[place.team_id]]
    return Row(
        key=key,
        name=name,
        active=active,
        cells=tuple(
            Cell(
                module=module,
                opens_on=opens.get(module.id),
                is_open=is_open(opens.get(module.id), today),
                done=sum(counts.done[group, module.id] for group in groups),
                active=active,
                late=sum(counts.late[group, module.id] for group in groups),
                late_teams=sum(counts.late_teams[team, module.id] for team in manned),
            )
            for module in course.modules
        ),
        sectors=frozenset(head.sector for head in heads),
        teams=tuple(
            TeamLine(id=place.team_id, name=place.name, members=members[place.team_id])
            for place in sorted(places, key=lambda place: alphabetical(place.name))
        ),
    )
