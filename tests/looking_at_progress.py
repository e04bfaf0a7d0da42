"""What is stored about cohorts and people, as tests of publishing ask for it."""

from sqlalchemy import select

from app import clock
from courses.models import Cohort, CohortModule, Completion, Edition, ModuleProgress
from courses.services.progress import record_completion
from courses.vocabulary import CompletionKind

NOW = clock.now()


def finish(session, course, enrollment, *items, kind=CompletionKind.DONE):
    for item_id in items:
        record_completion(
            session, enrollment=enrollment, item_id=item_id, course=course, actor_id=None,
            now=NOW, kind=kind,
        )


def completed(session, enrollment):
    session.rollback()
    return set(
        session.scalars(
            select(Completion.item_id).where(Completion.enrollment_id == enrollment.id)
        )
    )


def reads(session, cohort):
    session.rollback()  # look at what is there now
    edition_id = session.get_one(Cohort, cohort.id).edition_id
    return session.get_one(Edition, edition_id).number


def opens(session, cohort):
    rows = select(CohortModule.module_id, CohortModule.opens_on).where(
        CohortModule.cohort_id == cohort.id
    )
    return dict(session.execute(rows).all())


def everything_about(session, enrollment):
    session.rollback()
    completions = select(Completion.event_id, Completion.item_id, Completion.at).where(
        Completion.enrollment_id == enrollment.id
    )
    progress = select(
        ModuleProgress.module_id, ModuleProgress.done, ModuleProgress.required,
        ModuleProgress.completed_at,
    ).where(ModuleProgress.enrollment_id == enrollment.id)
    return [
        sorted(tuple(row) for row in session.execute(one)) for one in (completions, progress)
    ]
