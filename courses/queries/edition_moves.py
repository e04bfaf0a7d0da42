"""A cohort on its way to another edition, and what matters of what is stored about its people.

Everything comes from one statement, whatever the number of cohorts and people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Integer, String, cast, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from courses.catalog import Beside, Course, outline, requirement_set
from courses.models import Cohort, CompletionEvent, Draft, Enrollment, Submission, Team, User
from courses.rules.edition_changes import EditionChanges, OutlineItem, compare
from courses.rules.publishing import asked_again
from courses.vocabulary import CompletionKind, EnrollmentState, SubmissionState

BEGUN = (
    SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW,
    SubmissionState.RETURNED, SubmissionState.WITHDRAWN, SubmissionState.ON_HOLD,
)
Events = list[tuple[str, CompletionKind]]


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

    def titles(self, ids: Iterable[str]) -> tuple[OutlineItem | Beside, ...]:
        """Return the items with these ids, in the order of the course; last what lies beside
        its modules."""
        known: dict[str, OutlineItem | Beside] = {
            **outline(self.before).items, **outline(self.after).items, **self.before.beside,
            **self.after.beside,
        }
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


def read_people(session: Session, moves: Mapping[int, Move]) -> dict[int, People]:
    """Return cohort → its people, in one statement."""
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
