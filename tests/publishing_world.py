"""Three people on a small course, in which things are done while editors change it."""

from datetime import timedelta

from sqlalchemy import delete, select

from app import clock
from courses.errors import Refused
from courses.models import Cohort, Completion, Edition, ModuleProgress
from courses.queries.issuing import ready_enrollments
from courses.queries.participant_rows import rows_by_enrollment
from courses.queries.publishing import edition_history
from courses.rules.requirements import is_met
from courses.services.editions import keep_files, publish
from courses.services.progress import derive, record_completion, record_team_completion
from courses.services.rebuild import rebuild_progress
from courses.vocabulary import CompletionKind, Decision
from tests.editing import edited
from tests.factories import make_cohort, make_enrollment, make_team, make_user
from tests.small_course import COURSE, PLAN, files_of

NOW = clock.now()
NAMES = ("Anna", "Bo", "Cia")


class World:
    """A cohort of three on a small course that editors change."""

    def __init__(self, session, store):
        self.session, self.store, self.plan, self.shelf = session, store, PLAN, {}
        self.minutes = 0
        self.editor = make_user(session, name="Edit Redaktör")
        self.publish(PLAN)
        first = keep_files(store, files_of(PLAN), today=NOW.date()).course()
        self.cohort = make_cohort(session, first, issues_automatically=True)
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
        """The edition that the cohort reads."""
        return self.course_of(self.session.get_one(Edition, self.cohort.edition_id).digest)

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
