"""What was earned stays earned, whatever is edited; what is derived can be derived again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from app import clock, db
from courses.models import Completion, CompletionEvent, Enrollment, ModuleProgress
from courses.services.progress import derive, record_completion, record_team_completion
from courses.services.rebuild import rebuild_progress
from courses.vocabulary import CompletionKind
from tests.factories import make_cohort, make_enrollment, make_team

NOW = clock.now()
ITEMS = ("L1.1", "L1.2", "L1.3", "K1", "U1", "GU1", "L2.1", "U2")
PEOPLE, TEAMS = 3, 2


def completed(session, enrollment):
    return set(
        session.scalars(
            select(Completion.item_id).where(Completion.enrollment_id == enrollment.id)
        )
    )


def without(course, gone):
    """An edition in which the items `gone` are no more."""
    def keep(items):
        return tuple(one for one in items if one.id not in gone)

    return replace(
        course,
        modules=tuple(
            replace(
                module,
                lessons=keep(module.lessons),
                assignments=keep(module.assignments),
                check=None if module.check and module.check.id in gone else module.check,
            )
            for module in course.modules
        ),
    )


def test_a_late_member_keeps_what_the_team_gave_after_leaving_it(session, course):
    cohort = make_cohort(session, course)
    team, other = make_team(session, cohort), make_team(session, cohort)
    make_enrollment(session, cohort, team=team)
    record_team_completion(
        session, team_id=team.id, item_id="GU1", course=course, actor_id=None, now=NOW
    )
    late = make_enrollment(session, cohort, team=team)
    derive(session, [late], course)

    late.home_team_id = other.id
    derive(session, [late], course)

    assert completed(session, late) == {"GU1"}


def test_a_late_member_of_a_team_that_took_it_back_gets_nothing(session, course):
    cohort = make_cohort(session, course)
    team = make_team(session, cohort)
    for kind in (CompletionKind.DONE, CompletionKind.UNDONE):
        record_team_completion(
            session, team_id=team.id, item_id="GU1", course=course, actor_id=None, now=NOW,
            kind=kind,
        )
    late = make_enrollment(session, cohort, team=team)
    derive(session, [late], course)

    assert completed(session, late) == set()


people, items = st.integers(0, PEOPLE - 1), st.sampled_from(ITEMS)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("finish"), people, items),
        st.tuples(st.just("waive"), people, items),
        st.tuples(st.just("team finishes"), st.integers(0, TEAMS - 1), items),
        st.tuples(st.just("move"), people, st.integers(-1, TEAMS - 1)),
        st.tuples(st.just("publish"), st.frozensets(items, max_size=6), st.none()),
    ),
    max_size=14,
)


@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(
    steps=[
        ("move", 0, 1), ("team finishes", 0, "GU1"), ("move", 0, 0), ("move", 0, 1),
    ]
)
@given(steps=steps)
def test_no_sequence_of_edits_shrinks_what_anybody_has_finished(session, course, steps):
    session.rollback()
    cohort = make_cohort(session, course)
    teams = [make_team(session, cohort) for _ in range(TEAMS)]
    members = [make_enrollment(session, cohort, team=teams[0]) for _ in range(PEOPLE)]
    edition = course
    had = {member.id: set() for member in members}
    for number, (what, first, second) in enumerate(steps):
        now = NOW + timedelta(minutes=number)
        if what == "publish":
            edition = without(course, first)
        elif what == "move":
            members[first].home_team_id = teams[second].id if second >= 0 else None
        elif second in edition.items:
            common = {"item_id": second, "course": edition, "actor_id": None, "now": now}
            if what == "team finishes":
                record_team_completion(session, team_id=teams[first].id, **common)
            else:
                kind = CompletionKind.WAIVED if what == "waive" else CompletionKind.DONE
                record_completion(session, enrollment=members[first], kind=kind, **common)
        derive(session, members, edition)
        for member in members:
            has = completed(session, member)
            assert had[member.id] <= has
            had[member.id] = has
    derive(session, members, edition)
    kept = stored_rows(session, members)
    forget_derived(session, members)
    derive(session, members, edition)
    assert stored_rows(session, members) == kept
    assert derive(session, members, edition) == 0


def stored_rows(session, members):
    ids = [member.id for member in members]
    completions = select(
        Completion.enrollment_id, Completion.item_id, Completion.at, Completion.event_id
    ).where(Completion.enrollment_id.in_(ids))
    progress = select(
        ModuleProgress.enrollment_id, ModuleProgress.module_id, ModuleProgress.done,
        ModuleProgress.required, ModuleProgress.completed_at,
    ).where(ModuleProgress.enrollment_id.in_(ids))
    return sorted(map(tuple, session.execute(completions))), sorted(
        (tuple(row) for row in session.execute(progress)), key=lambda row: row[:2]
    )


def forget_derived(session, members):
    ids = [member.id for member in members]
    session.execute(delete(Completion).where(Completion.enrollment_id.in_(ids)))
    session.execute(delete(ModuleProgress).where(ModuleProgress.enrollment_id.in_(ids)))
    session.expire_all()


# ---- the command


@pytest.fixture
def karin(app, course):
    with db.transaction(app) as session:
        karin = make_enrollment(session, make_cohort(session, course))
        for item_id in ("L1.1", "L1.2"):
            record_completion(
                session, enrollment=karin, item_id=item_id, course=course,
                actor_id=karin.user_id, now=NOW,
            )
        session.flush()
    return karin


def test_the_check_is_silent_when_all_is_right(app, karin):
    result = app.test_cli_runner().invoke(args=["progress", "rebuild", "--check"])

    assert result.exit_code == 0
    assert result.output == "0 differences\n"


def test_the_check_names_what_differs_and_writes_nothing(app, session, karin):
    with db.transaction(app) as own:
        own.execute(delete(Completion).where(Completion.item_id == "L1.1"))
        own.execute(update(ModuleProgress).values(done=9))

    result = app.test_cli_runner().invoke(args=["progress", "rebuild", "--check"])

    assert result.exit_code == 1
    assert f"enrollment {karin.id}, L1.1: nothing -> " in result.output
    assert f"enrollment {karin.id}, M1: 9 " in result.output
    assert completed(session, karin) == {"L1.2"}


def test_the_rebuild_mends_what_differs(app, session, karin):
    with db.transaction(app) as own:
        own.execute(delete(Completion))

    runner = app.test_cli_runner()
    assert runner.invoke(args=["progress", "rebuild"]).exit_code == 0

    assert completed(session, karin) == {"L1.1", "L1.2"}
    assert runner.invoke(args=["progress", "rebuild", "--check"]).exit_code == 0


def test_a_completion_without_an_event_is_taken_away(app, session, course, karin):
    with db.transaction(app) as own:
        event = own.scalars(select(CompletionEvent)).first()
        own.add(
            Completion(enrollment_id=karin.id, item_id="L1.4", at=NOW, event_id=event.id)
        )
    found = list(rebuild_progress(session, lambda _digest: course))

    assert [(one.about, one.right) for one in found] == [("L1.4", None)]
    assert session.get(Enrollment, karin.id) is not None
