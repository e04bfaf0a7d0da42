"""What people keep for themselves goes when the privacy page says that it does."""

from datetime import timedelta
from types import SimpleNamespace

from sqlalchemy import func, select

from app import clock
from app.worker import Worker
from courses.models import (
    Contribution,
    Draft,
    JointSection,
    LessonPlace,
    Reflection,
    Response,
    SectionComment,
    SectionSource,
    SharedContribution,
)
from tests.factories import make_cohort, make_enrollment, make_team, user_of
from tests.reflecting import make_reflection
from tests.writing import make_draft
from tests.writing_together import make_joint_work


def test_drafts_answers_and_places_go_90_days_after_the_cohorts_end(app, session, course):
    now = clock.now()
    kept = []
    for days in (89, 91):
        cohort = make_cohort(session, course)
        cohort.ends_on = now.date() - timedelta(days=days)
        team = make_team(session, cohort)
        mine = make_enrollment(session, cohort, team=team)
        make_draft(session, mine, course.items["U1"])
        make_draft(session, team, course.items["GU1"], by=user_of(session, mine))
        session.add_all([
            Response(enrollment_id=mine.id, item_id="K1", answers={}, right=1, total=1, at=now),
            LessonPlace(enrollment_id=mine.id, lesson_id="L1.1", part="a", at=now),
        ])
        session.flush()
        make_joint_work(session, SimpleNamespace(team=team, enrollment=mine), course)
        kept.append(mine.id)
    session.commit()

    Worker(app).step()

    together = (
        Contribution, JointSection, SectionComment, SectionSource, SharedContribution,
    )
    for model, left in (
        (Draft, 2), (Response, 1), (LessonPlace, 1), *((one, 1) for one in together),
    ):
        assert session.scalar(select(func.count()).select_from(model)) == left, model
    assert session.scalars(select(Response.enrollment_id)).one() == kept[0]


def test_reflections_go_90_days_after_the_account_was_closed(app, session, course):
    cohort, now = make_cohort(session, course), clock.now()
    people = [user_of(session, make_enrollment(session, cohort)) for _ in range(3)]
    for user, closed in zip(people, (None, 89, 91), strict=True):
        make_reflection(app, session, user)
        user.disabled_at = closed and now - timedelta(days=closed)
    session.commit()

    Worker(app).step()

    assert set(session.scalars(select(Reflection.user_id))) == {one.id for one in people[:2]}
