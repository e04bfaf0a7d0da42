"""Whatever editors do to a course: under *keep* nobody loses anything; under *ask again* exactly
those who are listed are asked."""

import os

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from courses.catalog import EditionStore
from courses.models import CompletionEvent
from courses.queries.publishing import consequences
from courses.rules.requirements import still_needed
from courses.services.editions import keep_files
from courses.vocabulary import CompletionKind, Decision
from tests.editing import EDITS
from tests.publishing_world import NAMES, NOW, World
from tests.small_course import files_of

ON_SERVER = "STEGVIS_TEST_DATABASE" in os.environ
OFTEN = settings(
    max_examples=15 if ON_SERVER else 50, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

numbers = st.integers(0, 255)
edits = st.tuples(st.sampled_from(EDITS), numbers, numbers)
deeds = st.tuples(
    st.sampled_from(("finish", "finish", "finish all", "waive", "take back", "team finishes")),
    numbers, numbers,
)


@pytest.fixture(scope="module")
def shelf_of_editions(tmp_path_factory):
    return EditionStore(tmp_path_factory.mktemp("editions"))


def keeps(before, after):
    return all(had <= has for had, has in zip(before, after, strict=True))


@OFTEN
@given(steps=st.lists(st.one_of(deeds.filter(lambda d: d[0] != "take back"), edits), max_size=12))
@example(  # the last that a module asked for goes, and comes back
    steps=[("finish all", 0, 0), ("remove module", 0, 1), ("add", 0, 0), ("bring back", 0, 1)]
)
@example(  # one of the two that were enough goes
    steps=[*(("finish", 0, place) for place in range(6)), ("remove", 5, 0)]
)
@example(  # something that is not done comes into a module that is
    steps=[*(("finish", 0, place) for place in (4, 5, 6)), ("move", 0, 1)]
)
@example(steps=[("finish all", 0, 0), ("add", 0, 0), ("require", 255, 0), ("move", 7, 1)])
def test_under_keep_nobody_loses_anything(session, shelf_of_editions, steps):
    session.rollback()
    world = World(session, shelf_of_editions)
    had = {one.id: world.has(one) for one in world.people}
    for what, first, second in steps:
        if what in EDITS:
            plan = world.edit(what, first, second)
            if plan is None or not world.publish(plan):
                continue
        else:
            world.do(what, first, second)
        for person in world.people:
            has = world.has(person)
            assert keeps(had[person.id], has)
            had[person.id] = has
    world.must_agree()
    world.must_be_rebuilt_from_nothing()
    session.rollback()


@OFTEN
@given(
    done=st.lists(deeds, max_size=8),
    first=st.lists(edits, max_size=3),
    then=st.lists(edits, min_size=1, max_size=4),
)
@example(done=[("finish all", 0, 0)], first=[], then=[("change", 0, 1), ("change", 3, 1)])
@example(
    done=[("finish", 0, 0), ("waive", 1, 0), ("finish all", 2, 0), ("take back", 2, 0)],
    first=[], then=[("change", 0, 1), ("change", 1, 1)],
)
@example(done=[("finish all", 0, 0)], first=[("change", 0, 1)], then=[("require", 254, 0)])
@example(  # what changes is not asked for any more
    done=[("finish all", 0, 0)], first=[], then=[("require", 254, 0), ("change", 0, 1)]
)
def test_asking_again_asks_exactly_those_who_are_listed(
    session, shelf_of_editions, done, first, then
):
    session.rollback()
    world = World(session, shelf_of_editions)
    for deed in done:
        world.do(*deed)
    for edit in first:
        if plan := world.edit(*edit):
            world.publish(plan)
    old = {part.id: part for step in world.plan.steps for part in step.parts}
    plan, before_edits = world.plan, world.plan
    for edit in then:
        world.plan = plan
        plan = world.edit(*edit) or plan
    world.plan = before_edits
    had = {one.id: world.completed(one) for one in world.people}
    lacked = {one.id: set(still_needed(world.asks, had[one.id])) for one in world.people}
    by_doing = {one.id: had[one.id] - excused(session, one) for one in world.people}
    events = session.scalars(select(CompletionEvent.id)).all()
    loaded = keep_files(shelf_of_editions, files_of(plan), today=NOW.date())
    told = consequences(session, shelf_of_editions, loaded, today=NOW.date())
    assert world.publish(plan, Decision.ASK_AGAIN)

    required = {item for line in plan.lines for item in line.items}
    differs = {
        part.id
        for step in plan.steps
        for part in step.parts
        if part.id in old and part.id[0] in "LK" and part.id in required
        and (part.text, part.title) != (old[part.id].text, old[part.id].title)
    }
    asked = {one.id: by_doing[one.id] & differs for one in world.people}
    new = session.execute(
        select(CompletionEvent.enrollment_id, CompletionEvent.item_id, CompletionEvent.kind)
        .where(CompletionEvent.id.not_in(events))
    ).all()
    assert {tuple(row) for row in new} == {
        (key, item, CompletionKind.UNDONE) for key, items in asked.items() for item in items
    }
    assert len(new) == sum(len(items) for items in asked.values())
    for person in world.people:
        assert world.completed(person) == had[person.id] - asked[person.id]
    must_be_told(told, world, asked, lacked)
    world.must_agree()
    world.must_be_rebuilt_from_nothing()
    session.rollback()


def must_be_told(told, world, asked, lacked):
    """The list that was shown before is what happened after."""
    if not told.cohorts:  # the same edition: nothing happens
        assert not any(asked.values())
        return
    meaning = told.cohorts[0].by_decision[Decision.ASK_AGAIN]
    names = {one.id: name for one, name in zip(world.people, NAMES, strict=True)}
    assert listed(meaning.asked_again) == {
        names[key]: items for key, items in asked.items() if items
    }
    more = {
        one.id: set(still_needed(world.asks, world.completed(one)))
        - asked[one.id] - lacked[one.id]
        for one in world.people
    }
    joint = {one.id for one in world.course.assignments if one.is_joint}
    for_team = {i for one in world.people[:2] for i in more[one.id]} & joint
    own = {
        one.id: more[one.id] - (joint if one.home_team_id else set()) for one in world.people
    }
    assert listed(meaning.more_to_do) == {names[key]: i for key, i in own.items() if i}
    assert listed(meaning.teams_more_to_do) == ({world.team.name: for_team} if for_team else {})
    keep = told.cohorts[0].by_decision[Decision.KEEP]
    assert listed((*keep.asked_again, *keep.more_to_do, *keep.teams_more_to_do)) == {}


def listed(concerned):
    return {one.name: {item.id for item in one.items} for one in concerned}


def excused(session, person):
    """The items that somebody was excused from since they were last taken back."""
    found = set()
    for item_id, kind in session.execute(
        select(CompletionEvent.item_id, CompletionEvent.kind)
        .where(CompletionEvent.enrollment_id == person.id)
        .order_by(CompletionEvent.id)
    ):
        if kind is CompletionKind.WAIVED:
            found.add(item_id)
        elif kind is CompletionKind.UNDONE:
            found.discard(item_id)
    return found
