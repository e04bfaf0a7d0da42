"""Writing a team's draft section by section: sections of different people never meet, and the
same section at once shows both texts.

The text stands in the team's draft. Whoever changes it holds the draft's row, so that one
section's answer is put among the newest of all the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused, Stale
from courses.models import (
    Draft,
    Enrollment,
    JointSection,
    Submission,
    SubmissionRound,
    Team,
    TeamMember,
    User,
    not_moved,
)
from courses.rules.answers_guard import numbers_in
from courses.rules.joint_writing import OPEN_FOR, opened_by
from courses.rules.masking import UNMASKED, Mask
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.handin_order import refuse_when_closed
from courses.services.team_readers import other_readers


@dataclass(frozen=True, kw_only=True)
class JointWork:
    """A team's assignment, who acts on it, and when."""

    team: Team
    enrollment: Enrollment
    """The place of the one who acts."""
    course: Course
    assignment: Assignment
    now: datetime
    today: date
    mask: Mask = UNMASKED
    """Over what the one who acts was shown of the team's texts."""

    @property
    def by(self) -> int:
        return self.enrollment.user_id

    @property
    def key(self) -> dict[str, Any]:
        """The columns that say whose draft it is."""
        return {"team_id": self.team.id, "assignment_id": self.assignment.id}


def save_section(
    session: Session, work: JointWork, section_id: str, value: Any, *, version: int
) -> JointSection:
    """Keep what somebody has written in a section, and have it open for them.

    `version` is that of the section's text they began from, 0 before the first; Stale when
    another text has been saved there since; Refused when they left a mark where they were shown
    it instead of stopped words, or when there is a personal identity number in what another
    authority would read from then on.
    """
    draft = locked_draft(session, work)
    refuse_unwritable(session, work)
    row = section_row(session, work, section_id)
    theirs = draft.answers.get(section_id)
    value = work.mask.kept(value, theirs)
    if (theirs or None) != (value or None):
        if row.version != version:
            raise _stale(session, row, value, work.mask.over(theirs), work.by)
        _refuse_number_read_elsewhere(session, work, section_id, value)
        put(draft, row, value, work)
    _open(row, work)
    session.flush()
    return row


def open_section(session: Session, work: JointWork, section_id: str) -> JointSection:
    """Let the others see that somebody writes in a section, unless another has it open."""
    refuse_unwritable(session, work)
    row = section_row(session, work, section_id)
    _open(row, work)
    session.flush()
    return row


def close_section(session: Session, work: JointWork, section_id: str) -> None:
    """Let the others see that one has finished writing there for now."""
    row = section_row(session, work, section_id)
    if row.open_by == work.by:
        row.open_by = row.opened_at = row.open_until = None
    session.flush()


def assign_sections(
    session: Session, work: JointWork, wanted: Mapping[str, tuple[int | None, date | None]]
) -> None:
    """Say who writes which section and until when: section id → member's place, date."""
    members = set(
        session.scalars(
            select(TeamMember.enrollment_id).where(
                TeamMember.team_id == work.team.id, TeamMember.left_on.is_(None)
            )
        )
    )
    for section_id in sorted(wanted):
        writer_id, due_on = wanted[section_id]
        if writer_id is not None and writer_id not in members:
            raise NotFound
        row = section_row(session, work, section_id)
        row.writer_id, row.due_on = writer_id, due_on
    audit(
        session, "section:assign", "team", work.team.id, actor_id=work.by, now=work.now,
        assignment=work.assignment.id,
    )
    session.flush()


def refuse_unwritable(session: Session, work: JointWork) -> None:
    """Refuse while it is handed in, before the module has opened and after the cohort's end.
    Whoever changes the draft asks when they hold it: it may be handed in while they wait."""
    state = session.scalar(select(Submission.state).filter_by(**work.key))
    next_state(state, Move.WRITE)
    refuse_when_closed(
        session, enrollment=work.enrollment, course=work.course, assignment=work.assignment,
        today=work.today,
    )


def locked_draft(session: Session, work: JointWork) -> Draft:
    """Return the team's draft, which nobody else changes until the transaction ends. A new one
    begins with what was handed in last, unless that has been moved to the diary."""
    query = (
        select(Draft)
        .filter_by(**work.key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    draft = session.scalars(query).one_or_none()
    if draft is not None:
        return draft
    last = session.scalar(
        select(SubmissionRound.answers)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .where(
            Submission.team_id == work.team.id, Submission.assignment_id == work.assignment.id,
            SubmissionRound.number == Submission.round, not_moved(),
        )
    )
    first = {**work.key, "answers": last or {}, "updated_at": work.now, "updated_by": work.by}
    _insert_unless_there(session, Draft, first | {"version": 1})
    return session.scalars(query).one()


def section_row(session: Session, work: JointWork, section_id: str) -> JointSection:
    """Return what is known of a section, held until the transaction ends."""
    if work.assignment.section(section_id) is None:
        raise NotFound
    mine = {**work.key, "section_id": section_id}
    query = (
        select(JointSection)
        .filter_by(**mine)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        _insert_unless_there(session, JointSection, mine | {"version": 0})
        row = session.scalars(query).one()
    return row


def put(draft: Draft, row: JointSection, value: Any, work: JointWork) -> None:
    """Let a section say `value`, in the draft that is held."""
    rest = {key: one for key, one in draft.answers.items() if key != row.section_id}
    draft.answers = {**rest, row.section_id: value} if value else rest
    draft.updated_at, draft.updated_by = work.now, work.by
    row.version += 1
    row.saved_at, row.saved_by = work.now, work.by


def _refuse_number_read_elsewhere(
    session: Session, work: JointWork, section_id: str, value: Any
) -> None:
    section = work.assignment.section(section_id)
    if section is None or not numbers_in([section], {section_id: value}):
        return
    others = other_readers(session, work.team, work.enrollment.organization_id)
    if others:
        raise Refused(
            Reason.NUMBER_READ_ELSEWHERE, section=section_id, others=", ".join(others)
        )


def _open(row: JointSection, work: JointWork) -> None:
    """Renew one's own hold; take one that has run out; leave another's."""
    holder = opened_by(row.open_by, row.open_until, work.now)
    if holder not in (None, work.by):
        return
    if holder is None:
        row.open_by, row.opened_at = work.by, work.now
    row.open_until = work.now + OPEN_FOR


def _stale(session: Session, row: JointSection, mine: Any, theirs: Any, by: int) -> Stale:
    name = session.scalar(select(User.name).where(User.id == row.saved_by, User.id != by))
    return Stale(mine, theirs, version=row.version, by=name)


def _insert_unless_there(session: Session, model: Any, values: Mapping[str, Any]) -> None:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = (sqlite if is_sqlite else postgresql).insert(model)
    session.execute(insert.values(**values).on_conflict_do_nothing())
