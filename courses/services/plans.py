"""Putting a team's plan together, and issuing it: an edition is never changed again."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.errors import Stale
from courses.models import MunicipalPlan, PlanChapter, Team, User
from courses.rules.masking import UNMASKED, Mask
from courses.services.audit import audit
from courses.services.threads import people_of, tell
from courses.vocabulary import NoticeKind


def save_plan_chapter(
    session: Session,
    *,
    team: Team,
    chapter_id: str,
    answers: Mapping[str, Any],
    sources: Mapping[str, str],
    settles: bool,
    version: int,
    by: int,
    now: datetime,
    mask: Mask = UNMASKED,
) -> PlanChapter:
    """Keep a chapter as the team has edited it. `version` is the one they began from, 0 before
    the first; Stale when another text has been saved since.

    `sources` are the approved rounds there are now. A chapter keeps those that it was edited
    from, until somebody `settles` what becomes of what has come since. Refused when the mark
    of what is hidden from the writer (`mask`) is left in what they wrote.
    """
    chapter = _find(session, team.id, chapter_id)
    answers = mask.kept_answers(answers, chapter.answers if chapter else {})
    is_same = chapter is not None and chapter.answers == answers
    if chapter and is_same and not settles:
        return chapter
    if chapter and chapter.version != version:
        raise _stale(session, chapter, answers, by, mask)
    try:
        with session.begin_nested():  # the constraint and the version have the last word
            if chapter is None:
                chapter = PlanChapter(
                    team_id=team.id, chapter_id=chapter_id, sources=dict(sources)
                )
                session.add(chapter)
            if settles:
                chapter.sources = dict(sources)
            chapter.answers = dict(answers)
            chapter.updated_at, chapter.updated_by = now, by
    except (IntegrityError, StaleDataError) as error:
        theirs = _find(session, team.id, chapter_id)
        if theirs is None:
            raise
        raise _stale(session, theirs, answers, by, mask) from error
    return chapter


def issue_plan(
    session: Session,
    *,
    team: Team,
    fields: Mapping[str, Any],
    pdf: bytes,
    docx: bytes,
    edition_digest: str,
    by: int,
    now: datetime,
) -> MunicipalPlan:
    """Keep an edition with its exact bytes; the one before it has thereby been replaced. When
    somebody issued one with the same number meanwhile, the constraint says so."""
    plan = MunicipalPlan(
        team_id=team.id, number=fields["number"], fields=dict(fields), pdf=pdf,
        pdf_sha256=sha256(pdf).hexdigest(), docx=docx, docx_sha256=sha256(docx).hexdigest(),
        edition_digest=edition_digest, issued_at=now, issued_by=by,
    )
    session.add(plan)
    session.flush()
    audit(
        session, "plan:issue", "municipal_plan", plan.id, actor_id=by, now=now,
        sha256=plan.pdf_sha256, number=plan.number,
    )
    tell(
        session, people_of(session, None, team.id), NoticeKind.PLAN_ISSUED, f"plan:{plan.id}",
        cohort_id=team.cohort_id, item_id=None, team_id=team.id, but=by, now=now,
    )
    return plan


def _find(session: Session, team_id: int, chapter_id: str) -> PlanChapter | None:
    return session.scalars(
        select(PlanChapter)
        .filter_by(team_id=team_id, chapter_id=chapter_id)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _stale(
    session: Session, theirs: PlanChapter, mine: Mapping[str, Any], by: int, mask: Mask
) -> Stale:
    name = session.scalar(select(User.name).where(User.id == theirs.updated_by, User.id != by))
    return Stale(mask.over(mine), mask.over(theirs.answers), version=theirs.version, by=name)
