"""Whatever editors do to a course: under *keep* nobody loses anything; under *ask again* exactly
those who are listed are asked."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app import clock
from courses.catalog import EditionStore
from courses.errors import Refused
from courses.models import Cohort, Completion, CompletionEvent, Edition, ModuleProgress
from courses.queries.certificates import ready_enrollments
from courses.queries.participant_rows import rows_by_enrollment
from courses.queries.publishing import consequences, edition_history
from courses.rules.requirements import is_met, still_needed
from courses.services.editions import keep_files, publish
from courses.services.progress import derive, record_completion, record_team_completion
from courses.services.rebuild import rebuild_progress
from courses.vocabulary import CompletionKind, Decision
from tests.editing import EDITS, edited
from tests.factories import make_cohort, make_enrollment, make_team, make_user
from tests.small_course import COURSE, PLAN, files_of

NOW = clock.now()
NAMES = ("Anna", "Bo", "Cia")
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


class World:
    """A cohort of three on a small course that editors change."""

    def __init__(self, session, store):
        self.session, self.store, self.plan, self.shelf = session, store, PLAN, {}
        self.minutes = 0
        self.editor = make_user(session, name="Edit Redaktör")
        self.publish(PLAN)
        self.cohort = make_cohort(session, self.course, issues_automatically=True)
        self.team = make_team(session, self.cohort)
        self.people = [
            make_enrollment(
                session, self.cohort, team=self.team if n < 2 else None,
                user=make_user(session, name=name),
            )
            for n, name in enumerate(NAMES)
        ]
        derive(session, self.people, self.course)

    @property
    def now(self):
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    @property
    def course(self):
        digest = self.session.scalars(
            select(Edition.digest).where(Edition.course_id == COURSE)
        ).all()
        if hasattr(self, "cohort"):
            return self.course_of(self.session.get_one(Edition, self.cohort.edition_id).digest)
        return self.course_of(digest[-1])

    def course_of(self, digest):
        return self.store.get(digest).course()

    def publish(self, plan, decision=Decision.KEEP):
        """Publish the plan as a page would: all of it or, when it is refused, nothing."""
        loaded = keep_files(self.store, files_of(plan), today=NOW.date())
        try:
            with self.session.begin_nested():
                publish(
                    self.session, self.store, loaded.digest,
                    seen=edition_history(self.session, COURSE).seen, decisions={},
                    otherwise=decision, by=self.editor.id, now=self.now,
                )
        except Refused:
            return False
        self.plan = plan
        return True

    def edit(self, what, first, second):
        """Return the plan after an edit; None when it changes nothing that can be published."""
        return edited(self.plan, what, first, second, self.shelf)

    def do(self, what, first, second):
        """Let somebody finish something, be excused from it, or take it back."""
        course = self.course
        ids = list(course.items)
        item_id = ids[second % len(ids)]
        person = self.people[first % len(self.people)]
        common = {"course": course, "actor_id": None, "now": self.now}
        if what == "team finishes":
            joint = [one.id for one in course.assignments if one.is_joint]
            if joint:
                record_team_completion(
                    self.session, team_id=self.team.id, item_id=joint[second % len(joint)],
                    **common,
                )
        elif what == "finish all":
            for one in ids:
                record_completion(self.session, enrollment=person, item_id=one, **common)
        else:
            kind = {"waive": CompletionKind.WAIVED, "take back": CompletionKind.UNDONE}.get(
                what, CompletionKind.DONE
            )
            record_completion(
                self.session, enrollment=person, item_id=item_id, kind=kind, **common
            )

    def completed(self, person):
        return set(
            self.session.scalars(
                select(Completion.item_id).where(Completion.enrollment_id == person.id)
            )
        )

    def finished_modules(self, person):
        return set(
            self.session.scalars(
                select(ModuleProgress.module_id).where(
                    ModuleProgress.enrollment_id == person.id,
                    ModuleProgress.completed_at.is_not(None),
                )
            )
        )

    def met(self, person):
        return {"met"} if is_met(self.asks, self.completed(person)) else set()

    @property
    def asks(self):
        return self.session.get_one(Cohort, self.cohort.id).requirement_set

    def has(self, person):
        """What nobody may lose."""
        return self.completed(person), self.finished_modules(person), self.met(person)

    def must_agree(self):
        """The derived rows are those that the events give; the pages and the list of who is
        ready for a certificate say the same."""
        assert list(rebuild_progress(self.session, self.course_of)) == []
        rows = rows_by_enrollment(
            self.session, [one.id for one in self.people], self.course, NOW.date()
        )
        for person in self.people:
            shown = {row.id for row in rows[person.id].modules if row.is_done}
            here = {module.id for module in self.course.modules}
            assert shown == self.finished_modules(person) & here
        ready = {one.id for one in self.people if self.met(one)}
        assert set(ready_enrollments(self.session, self.cohort)) == ready

    def must_be_rebuilt_from_nothing(self):
        ids = [one.id for one in self.people]
        before = self.rows(ids)
        self.session.execute(delete(Completion).where(Completion.enrollment_id.in_(ids)))
        self.session.execute(delete(ModuleProgress).where(ModuleProgress.enrollment_id.in_(ids)))
        self.session.expire_all()
        derive(self.session, self.people, self.course)
        assert self.rows(ids) == before

    def rows(self, ids):
        return [
            sorted(map(tuple, self.session.execute(select(*columns).where(columns[0].in_(ids)))))
            for columns in (
                (Completion.enrollment_id, Completion.item_id, Completion.event_id),
                (
                    ModuleProgress.enrollment_id, ModuleProgress.module_id, ModuleProgress.done,
                    ModuleProgress.required,
                ),
            )
        ]


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
