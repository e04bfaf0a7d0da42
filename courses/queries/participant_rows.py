"""What a coordinator sees of participants, and what they see of themselves under
*Det här ser din samordnare*: the same rows, from the same function."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course, Module
from courses.errors import NotFound
from courses.models import Certificate, Cohort, Enrollment
from courses.queries.stored_facts import CohortFacts, Facts, stored_facts
from courses.rules.opening import is_open
from courses.rules.requirements import Asked, asked_by_module, requirement_statuses
from courses.rules.visible_status import Visible, VisibleStatus, visible_status
from courses.vocabulary import CertificateState, EnrollmentState


@dataclass(frozen=True, kw_only=True)
class AssignmentRow:
    """One assignment in a word. `on` is when it was finished or handed in."""

    id: str
    title: str
    is_joint: bool
    status: VisibleStatus
    is_late: bool
    due_on: date | None
    on: datetime | None


@dataclass(frozen=True, kw_only=True)
class ModuleRow:
    """One module: how many lessons, the knowledge check, the assignments."""

    id: str
    number: int
    title: str
    opens_on: date | None
    is_open: bool
    is_done: bool
    is_started: bool
    lessons_done: int
    lessons_total: int
    check_done: bool | None
    """None: the module has no knowledge check."""
    assignments: tuple[AssignmentRow, ...]

    @property
    def late(self) -> int:
        """How many of the assignments are late."""
        return sum(1 for row in self.assignments if row.is_late)


@dataclass(frozen=True, kw_only=True)
class RequirementRow:
    """One line of what the certificate asks for."""

    id: str
    title: str
    done: int
    needed: int
    is_met: bool


@dataclass(frozen=True, kw_only=True)
class ParticipantRows:
    """Everything that a coordinator sees of one participant's training."""

    enrollment_id: int
    modules: tuple[ModuleRow, ...]
    requirements: tuple[RequirementRow, ...]
    certificate: CertificateState | None

    @property
    def late(self) -> int:
        """How many assignments are late, all modules together."""
        return sum(module.late for module in self.modules)


def participant_rows(
    session: Session, enrollment_id: int, course: Course, today: date
) -> ParticipantRows:
    """Return what the coordinator sees of this enrollment, in two statements."""
    found = rows_by_enrollment(session, [enrollment_id], course, today)
    if enrollment_id not in found:
        raise NotFound
    return found[enrollment_id]


def rows_by_enrollment(
    session: Session, enrollment_ids: Collection[int], course: Course, today: date
) -> dict[int, ParticipantRows]:
    """Return the same rows for several enrollments of one cohort, in two statements."""
    if not enrollment_ids:
        return {}
    places = session.execute(
        select(Enrollment, Cohort, Certificate.state)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .outerjoin(Certificate, Certificate.enrollment_id == Enrollment.id)
        .where(Enrollment.id.in_(enrollment_ids))
        .order_by(Enrollment.id, Certificate.id)  # the latest certificate comes last
    ).all()
    if not places:
        return {}
    cohort = places[0].Cohort
    teams = {p.Enrollment.home_team_id for p in places} - {None}
    facts = stored_facts(session, cohort.id, enrollment_ids, teams)
    return {
        e.id: assembled_rows(e, cohort, certificate, course, facts, today)
        for e, _cohort, certificate in places
    }


def assembled_rows(
    enrollment: Enrollment,
    cohort: Cohort,
    certificate: CertificateState | None,
    course: Course,
    facts: CohortFacts,
    today: date,
) -> ParticipantRows:
    """Return the rows of one enrollment from facts that have been read."""
    own, team = facts.own[enrollment.id], facts.teams[enrollment.home_team_id]
    asked = asked_by_module(
        cohort.requirement_set, {module.id: module.items for module in course.modules}
    )
    takes_part = enrollment.state is EnrollmentState.ACTIVE
    modules = tuple(
        _module(module, asked[module.id], own, team, facts, today, takes_part)
        for module in course.modules
    )
    titles = {line.id: line.title for line in course.requirements}
    requirements = tuple(
        RequirementRow(
            id=line.id, title=titles.get(line.id, line.id), done=line.done,
            needed=line.needed, is_met=line.is_met,
        )
        for line in requirement_statuses(cohort.requirement_set, own.done)
    )
    return ParticipantRows(
        enrollment_id=enrollment.id, modules=modules, requirements=requirements,
        certificate=certificate,
    )


def team_assignments(
    team_id: int, course: Course, facts: CohortFacts, today: date
) -> tuple[AssignmentRow, ...]:
    """Return where a team's joint assignments stand."""
    team = facts.teams[team_id]
    return tuple(
        _assignment(one, team, team, facts.due.get(one.id), today, takes_part=True)
        for one in course.assignments
        if one.is_joint
    )


def _module(
    module: Module,
    asked: Asked,
    own: Facts,
    team: Facts,
    facts: CohortFacts,
    today: date,
    takes_part: bool,
) -> ModuleRow:
    opens_on = facts.opens.get(module.id)
    lessons_done = sum(1 for lesson in module.lessons if lesson.id in own.done)
    assignments = tuple(
        _assignment(one, own, team, facts.due.get(one.id), today, takes_part)
        for one in module.assignments
    )
    return ModuleRow(
        id=module.id,
        number=module.number,
        title=module.title,
        opens_on=opens_on,
        is_open=is_open(opens_on, today),
        is_done=asked.is_finished(own.done),
        is_started=any(item in own.done for item in module.items)
        or any(  # the team's work is nothing that this person has begun
            row.status is not VisibleStatus.NOT_STARTED
            for row in assignments
            if not row.is_joint
        ),
        lessons_done=lessons_done,
        lessons_total=len(module.lessons),
        check_done=module.check.id in own.done if module.check else None,
        assignments=assignments,
    )


def _date_shown(due_on: date | None, visible: Visible, today: date) -> date | None:
    """Return the date that all have, or one that was given.

    One that came with an answer would tell that the work has been sent back; the passed date that
    it took the place of would set somebody calling, so then there is none.
    """
    is_replaced = visible.status is VisibleStatus.ONGOING and not visible.is_late
    return None if due_on and due_on < today and is_replaced else due_on


def _assignment(
    assignment: Assignment,
    own: Facts,
    team: Facts,
    due_on: date | None,
    today: date,
    takes_part: bool,
) -> AssignmentRow:
    facts = team if assignment.is_joint else own  # whose work it is
    state, new_date, submitted_at = facts.submissions.get(assignment.id, (None, None, None))
    visible = visible_status(
        state,
        is_done=assignment.id in own.done,
        has_draft=assignment.id in facts.drafts,
        due_on=max(due_on, new_date) if due_on and new_date else due_on,
        today=today,
    )
    on = None
    if visible.status is VisibleStatus.DONE:
        on = own.done.get(assignment.id, submitted_at)
    elif visible.status is VisibleStatus.SUBMITTED:
        on = submitted_at
    return AssignmentRow(
        id=assignment.id,
        title=assignment.title,
        is_joint=assignment.is_joint,
        status=visible.status,
        is_late=visible.is_late and takes_part,
        due_on=_date_shown(facts.later.get(assignment.id, due_on), visible, today),
        on=on,
    )
