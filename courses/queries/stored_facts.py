"""What is stored about some enrollments and their teams, as a coordinator may come to see it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from courses.models import CohortDeadline, CohortModule, Completion, Draft, Enrollment, Submission
from courses.models.base import UtcDateTime
from courses.vocabulary import SubmissionState


@dataclass
class Facts:
    """What is stored about one owner (an enrollment or a team), by item id."""

    done: dict[str, datetime] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)
    submissions: dict[str, tuple[SubmissionState, date | None, datetime | None]] = field(
        default_factory=dict
    )


def stored_facts(
    session: Session, cohort_id: int, enrollment_ids: set[int], team_ids: set[int]
) -> tuple[
    dict[int, Facts], dict[int | None, Facts], dict[str, date], dict[str, date]
]:
    """Return facts by enrollment, by team, deadlines and openings: one statement."""
    own: dict[int, Facts] = defaultdict(Facts)
    teams: dict[int | None, Facts] = defaultdict(Facts)
    due: dict[str, date] = {}
    opens: dict[str, date] = {}
    for row in session.execute(_everything(cohort_id, enrollment_ids, team_ids)):
        if row.kind == "due":
            due[row.item_id] = row.day
        elif row.kind == "opens":
            opens[row.item_id] = row.day
        else:
            facts = own[row.enrollment_id] if row.team_id is None else teams[row.team_id]
            if row.kind == "done":
                facts.done[row.item_id] = row.at
            elif row.kind == "draft":
                facts.drafts.add(row.item_id)
            else:
                facts.submissions[row.item_id] = (SubmissionState(row.state), row.day, row.at)
    return own, teams, due, opens


def _everything(cohort_id: int, enrollment_ids: set[int], team_ids: set[int]) -> Select[Any]:
    no_id, no_day = cast(null(), Enrollment.id.type), cast(null(), Date)
    no_state, no_time = cast(null(), String), cast(null(), UtcDateTime())

    def of_owner(model: type[Submission] | type[Draft]) -> ColumnElement[bool]:
        return model.enrollment_id.in_(enrollment_ids) | model.team_id.in_(team_ids)

    whole = union_all(
        select(
            literal("done").label("kind"), Completion.enrollment_id, no_id.label("team_id"),
            Completion.item_id, no_state.label("state"), no_day.label("day"), Completion.at,
        ).where(Completion.enrollment_id.in_(enrollment_ids)),
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
            literal("due"), no_id, no_id, CohortDeadline.item_id, no_state,
            CohortDeadline.due_on, no_time,
        ).where(CohortDeadline.cohort_id == cohort_id),
        select(
            literal("opens"), no_id, no_id, CohortModule.module_id, no_state,
            CohortModule.opens_on, no_time,
        ).where(CohortModule.cohort_id == cohort_id),
    ).subquery()
    return select(whole)
