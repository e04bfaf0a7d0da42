"""Contributions: written for oneself, given to the team on purpose, put into its text.

What has been shared is the team's. The author may share a newer one in its place, and take it
back as long as it stands nowhere in the joint text.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.catalog import Section
from courses.errors import NotFound, Reason, Refused, Stale
from courses.models import Contribution, SectionSource, SharedContribution
from courses.permissions import Permission
from courses.rules.joint_writing import with_contribution
from courses.services.audit import audit
from courses.services.guarding import refuse_pointing
from courses.services.joint_sections import (
    JointWork,
    locked_draft,
    put,
    refuse_unwritable,
    section_row,
)
from courses.services.notices import notify, take_back
from courses.services.team_readers import team_readers
from courses.vocabulary import NoticeKind


def save_contribution(
    session: Session, work: JointWork, section_id: str, text: str, *, version: int
) -> Contribution:
    """Keep what a member writes for the team. `version` is that of the text they began from, 0
    before the first; Stale when another text of theirs has been saved since."""
    refuse_unwritable(session, work)
    _known(work, section_id)
    row = _own(session, work, section_id)
    if row and row.text == text:
        return row
    if row and row.version != version:
        raise Stale(text, row.text, version=row.version)
    try:
        with session.begin_nested():  # the constraint and the version have the last word
            if row is None:
                row = Contribution(
                    **work.key, enrollment_id=work.enrollment.id, section_id=section_id
                )
                session.add(row)
            row.text, row.updated_at = text, work.now
    except (IntegrityError, StaleDataError) as error:
        theirs = _own(session, work, section_id)
        if theirs is None:
            raise
        raise Stale(text, theirs.text, version=theirs.version) from error
    return row


def share_contribution(
    session: Session, work: JointWork, section_id: str, *, version: int, has_checked: bool
) -> SharedContribution:
    """Give the team what one has written, as it stood when it was read (`version`). An earlier
    one under the same heading is replaced for the readers. Sharing the same twice is once."""
    refuse_unwritable(session, work)
    row = _own(session, work, section_id)
    if row is None or not row.text.strip():
        raise Refused(Reason.CONTRIBUTION_EMPTY)
    if row.version != version:
        raise Stale(None, row.text, version=row.version)
    refuse_pointing(
        row.text, known=work.course.function_numbers, has_checked=has_checked,
        number=Reason.SHARED_NUMBER, unchecked=Reason.SHARED_UNCHECKED,
    )
    mine = _mine(work, section_id)
    latest = session.scalars(
        select(SharedContribution)
        .filter_by(**mine)
        .order_by(SharedContribution.number.desc())
        .limit(1)
    ).first()
    if latest and latest.text == row.text and latest.withdrawn_at is None:
        return latest
    shared = SharedContribution(
        **mine, organization_id=work.enrollment.organization_id, text=row.text,
        number=latest.number + 1 if latest else 1, shared_at=work.now,
    )
    session.add(shared)
    session.flush()
    audit(
        session, "contribution:share", "contribution", shared.id, actor_id=work.by, now=work.now,
        team=work.team.id, number=shared.number,
    )
    if latest is not None:
        take_back(session, [_fact(latest)])  # whoever reads it tomorrow reads this one
    notify(
        session, _readers(session, work), NoticeKind.CONTRIBUTION, _fact(shared),
        cohort_id=work.team.cohort_id, item_id=work.assignment.id, team_id=work.team.id,
        now=work.now,
    )
    return shared


def withdraw_contribution(session: Session, work: JointWork, section_id: str) -> None:
    """Take back what one has shared under a heading, but for what stands in the joint text;
    Refused when all of it does."""
    found = session.scalars(
        select(SharedContribution)
        .filter_by(**_mine(work, section_id), withdrawn_at=None)
        .with_for_update()
    ).all()
    if not found:
        return
    used = set(
        session.scalars(
            select(SectionSource.contribution_id).where(
                SectionSource.contribution_id.in_([one.id for one in found])
            )
        )
    )
    free = [one for one in found if one.id not in used]
    if not free:
        raise Refused(Reason.CONTRIBUTION_IN_USE)
    for one in free:
        one.withdrawn_at = work.now
    take_back(session, [_fact(one) for one in free])
    audit(
        session, "contribution:withdraw", "contribution", found[-1].id, actor_id=work.by,
        now=work.now, team=work.team.id,
    )
    session.flush()


def merge_contribution(
    session: Session,
    work: JointWork,
    section_id: str,
    contribution_id: int,
    *,
    wordings: Sequence[Section] = (),
) -> SectionSource:
    """Put a shared contribution last in a section, under its author's name. One that does not
    fit the rows of a table is marked as used, and the table stays. Twice is once."""
    section = work.assignment.section(section_id)
    if section is None:
        raise NotFound
    draft = locked_draft(session, work)
    refuse_unwritable(session, work)
    row = section_row(session, work, section_id)
    shared = session.scalars(
        select(SharedContribution)
        .filter_by(id=contribution_id, **work.key, withdrawn_at=None)
        .with_for_update()
    ).one_or_none()
    if shared is None or shared.section_id not in ("", section_id):
        raise NotFound
    source = session.scalars(
        select(SectionSource).filter_by(section_row_id=row.id, contribution_id=shared.id)
    ).one_or_none()
    if source is not None:
        return source
    before = draft.answers.get(section_id)
    both = with_contribution(section, before, shared.text, wordings)
    if both is not None:
        put(draft, row, both, work)
    source = SectionSource(
        section_row_id=row.id, contribution_id=shared.id, added_by=work.by, added_at=work.now,
        version=row.version, before={} if both is None else {"value": before},
    )
    session.add(source)
    audit(
        session, "contribution:merge", "contribution", shared.id, actor_id=work.by, now=work.now,
        section=section_id,
    )
    session.flush()
    return source


def undo_merge(session: Session, work: JointWork, section_id: str, source_id: int) -> None:
    """Let a section stand as it did before a contribution was put there. Refused when somebody
    has written in it since; done already is done."""
    draft = locked_draft(session, work)
    refuse_unwritable(session, work)
    row = section_row(session, work, section_id)
    source = session.scalars(
        select(SectionSource).filter_by(id=source_id, section_row_id=row.id)
    ).one_or_none()
    if source is None:
        return
    if "value" in source.before:
        if source.version != row.version:
            raise Refused(Reason.SECTION_CHANGED)
        put(draft, row, source.before["value"], work)
    session.delete(source)
    audit(
        session, "contribution:unmerge", "contribution", source.contribution_id,
        actor_id=work.by, now=work.now, section=section_id,
    )
    session.flush()


def _own(session: Session, work: JointWork, section_id: str) -> Contribution | None:
    return session.scalars(
        select(Contribution)
        .filter_by(**_mine(work, section_id))
        .execution_options(populate_existing=True)
    ).one_or_none()


def _mine(work: JointWork, section_id: str) -> dict[str, object]:
    return {**work.key, "enrollment_id": work.enrollment.id, "section_id": section_id}


def _fact(shared: SharedContribution) -> str:
    return f"contribution:{shared.id}"


def _readers(session: Session, work: JointWork) -> list[int]:
    """Return the others who read what is shared with the team."""
    readers = team_readers(
        session, work.team, Permission.CONTRIBUTION_READ, author=work.enrollment
    )
    return [one.user_id for one in readers if one.id != work.enrollment.id]


def _known(work: JointWork, section_id: str) -> None:
    if section_id and work.assignment.section(section_id) is None:
        raise NotFound
