"""What is stored about some enrollments and their teams, as a coordinator may come to see it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from courses.models import (
    CohortDeadline,
    CohortModule,
    Completion,
    CompletionEvent,
    Draft,
    Enrollment,
    Extension,
    Submission,
)
from courses.models.base import UtcDateTime
from courses.vocabulary import CompletionKind, SubmissionState


@dataclass
class Facts:
    """What is stored about one owner (an enrollment or a team), by item id."""

    done: dict[str, datetime] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)
    later: dict[str, date] = field(default_factory=dict)
    """Later dates given before anything was handed in: they tell nothing of the work."""
    submissions: dict[str, tuple[SubmissionState, date | None, datetime | None]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, kw_only=True)
class CohortFacts:
    """Facts by enrollment and by team, and the cohort's dates by assignment and module."""

    own: Mapping[int, Facts]
    teams: Mapping[int | None, Facts]
    due: Mapping[str, date]
    opens: Mapping[str, date]


def stored_facts(
    session: Session, cohort_id: int, enrollment_ids: Collection[int], team_ids: Collection[int]
) -> CohortFacts:
    """Return what is stored about these enrollments and teams, in one statement."""
    own: dict[int, Facts] = defaultdict(Facts)
    teams: dict[int | None, Facts] = defaultdict(Facts)
    due: dict[str, date] = {}
    opens: dict[str, date] = {}
    asked = {
        "cohort": cohort_id, "enrollments": list(enrollment_ids), "teams": list(team_ids),
    }
    for row in session.execute(EVERYTHING, asked):
        if row.kind == "due":
            due[row.item_id] = row.day
        elif row.kind == "opens":
            opens[row.item_id] = row.day
        else:
            facts = own[row.enrollment_id] if row.team_id is None else teams[row.team_id]
            if row.kind == "done":
                facts.done[row.item_id] = row.at
            elif row.kind == "later":
                facts.later[row.item_id] = row.day
            elif row.kind == "draft":
                facts.drafts.add(row.item_id)
            else:
                facts.submissions[row.item_id] = (SubmissionState(row.state), row.day, row.at)
    return CohortFacts(own=own, teams=teams, due=due, opens=opens)


def _everything() -> Select[Any]:
    cohort_id: BindParameter[int] = bindparam("cohort")
    enrollment_ids: BindParameter[Collection[int]] = bindparam("enrollments", expanding=True)
    team_ids: BindParameter[Collection[int]] = bindparam("teams", expanding=True)
    no_id, no_day = cast(null(), Enrollment.id.type), cast(null(), Date)
    no_state, no_time = cast(null(), String), cast(null(), UtcDateTime())

    def of_owner(model: type[Submission | Draft | Extension]) -> ColumnElement[bool]:
        return model.enrollment_id.in_(enrollment_ids) | model.team_id.in_(team_ids)

    taken_back = aliased(CompletionEvent)
    whole = union_all(
        select(
            literal("done").label("kind"), Completion.enrollment_id, no_id.label("team_id"),
            Completion.item_id, no_state.label("state"), no_day.label("day"), Completion.at,
        ).where(Completion.enrollment_id.in_(enrollment_ids)),
        # a team's own events: what it finished or was excused from
        select(
            literal("done"), no_id, CompletionEvent.team_id, CompletionEvent.item_id, no_state,
            no_day, CompletionEvent.at,
        ).where(
            CompletionEvent.team_id.in_(team_ids),
            CompletionEvent.kind != CompletionKind.UNDONE,
            ~exists().where(
                taken_back.team_id == CompletionEvent.team_id,
                taken_back.item_id == CompletionEvent.item_id,
                taken_back.kind == CompletionKind.UNDONE,
                taken_back.id > CompletionEvent.id,
            ),
        ),
        select(
            literal("work"), Submission.enrollment_id, Submission.team_id,
            Submission.assignment_id, type_coerce(Submission.state, String),
            Submission.due_on, Submission.submitted_at,
        ).where(of_owner(Submission)),
        # that something is being written, never what
        select(
            literal("draft"), Draft.enrollment_id, Draft.team_id, Draft.assignment_id,
            no_state, no_day, no_time,
        ).where(of_owner(Draft)),
        select(
            literal("later"), Extension.enrollment_id, Extension.team_id,
            Extension.assignment_id, no_state, func.max(Extension.due_on), no_time,
        )
        .where(of_owner(Extension), Extension.round == 0)
        .group_by(Extension.enrollment_id, Extension.team_id, Extension.assignment_id),
        select(
            literal("due"), no_id, no_id, CohortDeadline.item_id, no_state,
            CohortDeadline.due_on, no_time,
        ).where(CohortDeadline.cohort_id == cohort_id),
        select(
            literal("opens"), no_id, no_id, CohortModule.module_id, no_state,
            CohortModule.opens_on, no_time,
        ).where(CohortModule.cohort_id == cohort_id),
    ).subquery()
    return select(whole)


# built once: putting such a statement together takes longer than running it
EVERYTHING = _everything()
