"""Whom a new edition concerns, cohort by cohort and decision by decision, by name.

What is told here is what `services.moving` does: a property test holds the two together.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from courses.catalog import Beside, new_dates
from courses.queries.edition_moves import Move, People, read_people
from courses.rules.alphabet import alphabetical
from courses.rules.edition_changes import OutlineItem
from courses.rules.requirements import completed_items, finished_by_doing, still_needed
from courses.vocabulary import Decision


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """A person or a team and the items that it is about. Never a result, a text or a date."""

    name: str
    items: tuple[OutlineItem | Beside, ...]


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What one decision means for one cohort."""

    decision: Decision
    asked_again: tuple[Concerned, ...] = ()
    """Persons who do changed lessons and knowledge checks again."""
    more_to_do: tuple[Concerned, ...] = ()
    """Persons of whom something is asked that was not asked before, and that they lack."""
    teams_more_to_do: tuple[Concerned, ...] = ()
    """The same for joint assignments of teams."""
    left_over: tuple[Concerned, ...] = ()
    """Persons with a draft of, or a hand-in waiting in, an assignment that is no more."""
    teams_left_over: tuple[Concerned, ...] = ()
    opens: Mapping[str, date]
    """New modules (title) and the day they open for the cohort."""

    @property
    def concerns_nobody(self) -> bool:
        """Whether no person and no team is listed."""
        return not (
            self.asked_again or self.more_to_do or self.teams_more_to_do
            or self.left_over or self.teams_left_over
        )


def concerned_by(
    session: Session, moves: Mapping[int, Move]
) -> dict[int, dict[Decision, Consequence]]:
    """Return cohort → decision → what it would mean, in one statement."""
    people = read_people(session, moves) if moves else {}
    return {key: _decisions(move, people[key]) for key, move in moves.items()}


def _decisions(move: Move, people: People) -> dict[Decision, Consequence]:
    opens = {} if move.has_ended else _opening(move)
    left_over = {
        "left_over": _concerned(move, people.begun, people.names),
        "teams_left_over": _concerned(move, people.teams_begun, people.teams),
    }
    found = {
        Decision.KEEP: Consequence(decision=Decision.KEEP, opens=opens, **left_over),
        Decision.NEW_COHORTS: Consequence(decision=Decision.NEW_COHORTS, opens={}),
    }
    if not move.has_ended:
        again, more, teams = _asked_for(move, people)
        found[Decision.ASK_AGAIN] = Consequence(
            decision=Decision.ASK_AGAIN,
            asked_again=_concerned(move, again, people.names),
            more_to_do=_concerned(move, more, people.names),
            teams_more_to_do=_concerned(move, teams, people.teams),
            opens=opens,
            **left_over,
        )
    return found


def _asked_for(
    move: Move, people: People
) -> tuple[dict[int, set[str]], dict[int, set[str]], dict[int, set[str]]]:
    """Return what each person does again, what more each has to do, and what more each team."""
    joint = {item.id for item in move.after.assignments if item.is_joint}
    again: dict[int, set[str]] = {}
    more: dict[int, set[str]] = defaultdict(set)
    teams: dict[int, set[str]] = defaultdict(set)
    if move.cohort.opened_at is None:
        return again, more, teams
    for person in people.names:
        events = people.events[person]
        had = completed_items(events).keys()
        again[person] = finished_by_doing(events) & move.again
        lacked = set(still_needed(move.cohort.requirement_set, had))
        lacks = set(still_needed(move.asks, had - again[person])) - again[person] - lacked
        team = people.home[person]
        for item in lacks:
            if item in joint and team is not None:
                teams[team].add(item)
            else:
                more[person].add(item)
    return again, more, teams


def _concerned(
    move: Move, items: Mapping[int, Collection[str]], names: Mapping[int, str]
) -> tuple[Concerned, ...]:
    listed = [
        Concerned(name=names[key], items=move.titles(ids))
        for key, ids in items.items()
        if ids and key in names
    ]
    return tuple(sorted(listed, key=lambda one: alphabetical(one.name)))


def _opening(move: Move) -> dict[str, date]:
    dates = new_dates(move.before, move.after, move.cohort.starts_on, move.today)
    titles = {module.id: module.title for module in move.after.modules}
    return {titles[key]: day for key, day in dates.opens.items() if key in titles}
