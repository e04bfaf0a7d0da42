"""The plan of a team that has everything approved: issued, improved and issued again."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.documents.plan import render_plan
from courses.documents.plan_docx import render_plan_docx
from courses.models import Enrollment, Team
from courses.queries.plan_assembly import assembly
from courses.queries.plan_contents import plan_fields
from courses.queries.plans import issued_plans, plan_context
from courses.rules.calendar import STOCKHOLM
from courses.rules.plans import PREFACE
from courses.services.plans import issue_plan, save_plan_chapter

CHAPTER = "organisation"
WORDS = (
    "Styrgruppen har gått igenom fördelningen efter den första upplagan. Varje roll har nu en "
    "ersättare som vet om det, och tiden står i verksamhetsplanen."
)


def add_plan(
    session: Session, course: Course, team: Team, holder: Enrollment, at: Callable[..., datetime]
) -> None:
    """Issue the team's plan in two editions, weeks apart."""
    session.flush()
    first, edited, second = at(52, 3), at(55), at(55, 2)
    _issue(session, course, team, holder, first)
    context = plan_context(session, lambda _digest: course, team.id, edited.date())
    chapter = assembly(session, context).chapter(CHAPTER)
    save_plan_chapter(
        session, team=team, chapter_id=CHAPTER, answers={PREFACE: WORDS, **chapter.answers},
        sources=chapter.sources, settles=False, version=0, by=holder.user_id, now=edited,
    )
    _issue(session, course, team, holder, second)


def _issue(
    session: Session, course: Course, team: Team, holder: Enrollment, now: datetime
) -> None:
    today = now.astimezone(STOCKHOLM).date()
    context = plan_context(session, lambda _digest: course, team.id, today)
    found = assembly(session, context)
    fields = plan_fields(
        context, found, {one.chapter.id: one.shown for one in found.chapters},
        issued_plans(session, team.id), today=today,
    )
    issue_plan(
        session, team=team, fields=fields, pdf=render_plan(fields), docx=render_plan_docx(fields),
        edition_digest=course.digest, by=holder.user_id, now=now,
    )
