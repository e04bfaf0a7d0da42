"""Publishing small courses in tests, the way a page or a command does it."""

from app import clock, db
from courses.queries.publishing import consequences, edition_history
from courses.services.editions import keep_files, publish
from tests.small_course import COURSE, files_of


class Press:
    """Publishes plans of the small course on an app, each in a transaction of its own."""

    def __init__(self, app):
        self.app = app
        self.store = app.extensions["editions"]

    def keep(self, plan):
        """Check and keep the plan's files; return what was loaded."""
        return keep_files(self.store, files_of(plan), today=clock.today())

    def publish(self, plan, decision=None, **rest):
        """Publish a plan; `decision` for every cohort, or `decisions` by id."""
        return self.publish_kept(self.keep(plan).digest, otherwise=decision, **rest)

    def publish_kept(self, digest, *, otherwise=None, decisions=None, seen=None, by=None):
        with db.transaction(self.app) as session:
            return publish(
                session, self.store, digest,
                seen=edition_history(session, COURSE).seen if seen is None else seen,
                decisions=decisions or {}, otherwise=otherwise, by=by, now=clock.now(),
            )

    def told(self, plan):
        """What publishing the plan would mean."""
        return self.told_of(self.keep(plan))

    def told_of(self, loaded):
        with self.app.extensions["database"].session(writes=False) as session:
            return consequences(session, self.store, loaded, today=clock.today())

    def history(self):
        with self.app.extensions["database"].session(writes=False) as session:
            return edition_history(session, COURSE)

    def course_of(self, digest):
        return self.store.get(digest).course()

    @property
    def course(self):
        """What public pages show."""
        return self.store.published(COURSE).course()
