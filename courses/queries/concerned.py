"""Whom a new edition concerns, cohort by cohort and decision by decision, by name.

What is told here is what `services.moving` does: a property test holds the two together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Integer, String, cast, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from courses.catalog import Course, new_dates, outline, requirement_set
from courses.models import Cohort, CompletionEvent, Draft, Enrollment, Submission, Team, User
from courses.rules.alphabet import alphabetical
from courses.rules.edition_changes import EditionChanges, OutlineItem, compare
from courses.rules.publishing import asked_again
from courses.rules.requirements import completed_items, finished_by_doing, still_needed
from courses.vocabulary import CompletionKind, Decision, EnrollmentState, SubmissionState

BEGUN = (
    SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW,
    SubmissionState.RETURNED, SubmissionState.WITHDRAWN, SubmissionState.ON_HOLD,
)
Events = list[tuple[str, CompletionKind]]


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """A person or a team and the items that it is about. Never a result, a text or a date."""

    name: str
    items: tuple[OutlineItem, ...]


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


@dataclass(frozen=True)
class Move:
    """A cohort on its way from one edition to another."""

    cohort: Cohort
    before: Course
    after: Course
    today: date

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.cohort.ends_on < self.today

    @cached_property
    def changes(self) -> EditionChanges:
        """What differs between the two editions."""
        return compare(outline(self.before), outline(self.after))

    @cached_property
    def asks(self) -> list[dict[str, Any]]:
        """What the new edition asks for."""
        return requirement_set(self.after)

    @cached_property
    def again(self) -> frozenset[str]:
        """What would be done again."""
        return asked_again(self.changes, self.asks)

    @cached_property
    def gone(self) -> frozenset[str]:
        """What the new edition lacks."""
        return frozenset(item.id for item in self.changes.removed)

    @property
    def read_for(self) -> set[str]:
        """The items about which something has to be known."""
        lines = [*self.asks, *self.cohort.requirement_set]
        named = {item for line in lines for item in (*line["items"], *line.get("also", ()))}
        return named | self.again | self.gone

    def titles(self, ids: Iterable[str]) -> tuple[OutlineItem, ...]:
        """Return the items with these ids, in the order of the course."""
        known = {**outline(self.before).items, **outline(self.after).items}
        wanted = set(ids)
        return tuple(item for key, item in known.items() if key in wanted)


@dataclass
class People:
    """What is stored about a cohort's people, as far as it matters here."""

    names: dict[int, str] = field(default_factory=dict)
    home: dict[int, int | None] = field(default_factory=dict)
    teams: dict[int, str] = field(default_factory=dict)
    events: dict[int, Events] = field(default_factory=lambda: defaultdict(list))
    begun: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    teams_begun: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def concerned_by(
    session: Session, moves: Mapping[int, Move]
) -> dict[int, dict[Decision, Consequence]]:
    """Return cohort → decision → what it would mean, in one statement."""
    people = _read(session, moves) if moves else {}
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


def _read(session: Session, moves: Mapping[int, Move]) -> dict[int, People]:
    people = {key: People() for key in moves}
    for row in session.execute(_statement(moves)).all():
        one = people[row.cohort_id]
        if row.kind == "person":
            one.names[row.person], one.home[row.person] = row.text, row.team
        elif row.kind == "team":
            one.teams[row.team] = row.text
        elif row.kind == "event":
            one.events[row.person].append((row.text, CompletionKind(row.what)))
        elif row.text in moves[row.cohort_id].gone:
            if row.team is None:
                one.begun[row.person].add(row.text)
            else:
                one.teams_begun[row.team].add(row.text)
    return people


def _statement(moves: Mapping[int, Move]) -> Any:
    items: Sequence[str] = sorted({item for move in moves.values() for item in move.read_for})
    gone: Sequence[str] = sorted({item for move in moves.values() for item in move.gone})
    no_id, no_text = cast(null(), Integer), cast(null(), String)
    takes_part = (Enrollment.cohort_id.in_(moves), Enrollment.state != EnrollmentState.ENDED)
    team = Team.cohort_id.in_(moves)
    whole = union_all(
        select(
            literal("person").label("kind"), Enrollment.cohort_id, Enrollment.id.label("person"),
            Enrollment.home_team_id.label("team"), User.name.label("text"),
            no_text.label("what"), no_id.label("place"),
        )
        .join(User, User.id == Enrollment.user_id)
        .where(*takes_part),
        select(literal("team"), Team.cohort_id, no_id, Team.id, Team.name, no_text, no_id)
        .where(team),
        select(
            literal("event"), Enrollment.cohort_id, Enrollment.id, no_id,
            CompletionEvent.item_id, type_coerce(CompletionEvent.kind, String),
            CompletionEvent.id,
        )
        .join(Enrollment, Enrollment.id == CompletionEvent.enrollment_id)
        .where(CompletionEvent.item_id.in_(items), *takes_part),
        # that something has been begun, never what
        select(
            literal("begun"), Enrollment.cohort_id, Enrollment.id, no_id, Draft.assignment_id,
            no_text, no_id,
        )
        .join(Enrollment, Enrollment.id == Draft.enrollment_id)
        .where(Draft.assignment_id.in_(gone), *takes_part),
        select(
            literal("begun"), Team.cohort_id, no_id, Team.id, Draft.assignment_id, no_text, no_id
        )
        .join(Team, Team.id == Draft.team_id)
        .where(Draft.assignment_id.in_(gone), team),
        select(
            literal("begun"), Submission.cohort_id, Submission.enrollment_id,
            Submission.team_id, Submission.assignment_id, no_text, no_id,
        ).where(
            Submission.assignment_id.in_(gone), Submission.cohort_id.in_(moves),
            Submission.state.in_(BEGUN),
        ),
    ).subquery()
    return select(whole).order_by(whole.c.place)
