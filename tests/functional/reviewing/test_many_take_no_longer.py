"""With 5,000 waiting hand-ins a trainer's pages take as many questions to the database as with 50
and at most twice the time.

A page is full in both, so that what is compared is how many wait and not how much is shown. What
is measured is the work: processor time of the page, and what its statements take. Whoever else
uses the machine then slows neither much, and both alike, since the runs take turns.
"""

import gc
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from statistics import median

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from app import create_app
from courses.models import LoginSession
from courses.queries.queue_rows import PAGE
from courses.rules.tokens import token_hash
from courses.vocabulary import Role
from tests.conftest import SERVER, fresh_database, statements_of, token_from
from tests.factories import make_cohort, make_role
from tests.reviewing import NOON
from tests.speed import COMPILED
from tests.waiting import FIRST, fill_every_tab

FEW, MANY = 50, 5_000
PLACES = {FEW: 2, MANY: 10}
MOST = 8
TIMES = 2
RUNS = 15
PATHS = (
    "/granska", "/granska?mina=1", "/granska?kommun={place}", "/granska?uppgift=U1",
    "/granska?mina=1&kommun={place}&uppgift=U1", "/granska?efter={mark}",
    "/granska?flik=pagar", "/granska?flik=pagar&mina=1",
    "/granska?flik=kompletteringar&mina=1", "/granska?flik=klara&kommun={place}",
    "/granska/fragor", "/granska/fragor?besvarade=1", "/granska/skriv-ut?mina=1",
    f"/granska/{FIRST}",
)


@dataclass
class Site:
    browser: FlaskClient
    place: int
    """A municipality with at least a page of what waits."""
    token: str
    posted: int = 0

    def get(self, path):
        path = path.format(place=self.place, mark="0_2026-08-31_1")
        answer = self.browser.get(path)
        assert answer.status_code == 200, path
        return answer

    def begin_next(self):
        """Press *Granska nästa*; each time another text is given."""
        self.posted += 1
        data = {"csrf_token": self.token, "idem": f"next-{self.posted}", "mina": "1"}
        answer = self.browser.post("/granska/nasta", data=data)
        assert f"{FIRST}" <= answer.location.rpartition("/")[2], answer.location

    def work(self, act):
        """Return the seconds of work of the page: of the processor here, and of the server."""
        with self.statement_seconds() as waited:
            start = time.process_time()
            act(self)
            return time.process_time() - start + sum(waited)

    @contextmanager
    def statement_seconds(self):
        """Collect what statements take; within SQLite it is processor time already."""
        found, started = [], []

        def before(*_):
            started.append(time.perf_counter())

        def after(*_):
            found.append(time.perf_counter() - started.pop())

        if not SERVER:
            yield found
            return
        engine = self.browser.application.extensions["database"].engine
        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)
        try:
            yield found
        finally:
            event.remove(engine, "before_cursor_execute", before)
            event.remove(engine, "after_cursor_execute", after)


@pytest.fixture
def sites(template, config, tmp_path):
    """The queue of a cohort of few and of one of many, a database each."""
    with ExitStack() as stack:
        found = []
        for count in (FEW, MANY):
            folder = tmp_path / str(count)
            folder.mkdir()
            url = stack.enter_context(fresh_database(template, folder))
            app = create_app(replace(config, database_url=url))
            app.jinja_env.bytecode_cache = COMPILED
            stack.callback(app.extensions["database"].engine.dispose)
            course = app.extensions["editions"].published("processledarutbildning").course("sv")
            with app.extensions["database"].session(writes=True) as session, session.begin():
                cohort = make_cohort(session, course)
                trainer = make_role(session, Role.TRAINER, cohort=cohort)
                session.add(
                    LoginSession(
                        user_id=trainer.id, token_hash=token_hash("trainer"), created_at=NOON,
                        last_seen_at=NOON, proved_at=NOON,
                    )
                )
            with app.extensions["database"].session(writes=True) as session:
                place = fill_every_tab(
                    session, cohort, count, trainer, course, teams=PLACES[count], page=PAGE
                )
            browser = app.test_client()
            token = token_from(browser)
            browser.set_cookie("stegvis-login", "trainer")
            found.append(Site(browser, place, token))
        yield found


def ratio(sites, act):
    """How many times as long it takes with many: the medians of runs that take turns."""
    few, many = sites
    for site in sites:
        act(site)
        act(site)
    gc.collect()
    gc.disable()  # what other tests left behind is not the page's
    try:
        taken = [(few.work(act), many.work(act)) for _ in range(RUNS)]
    finally:
        gc.enable()
    return median(b for _, b in taken) / median(a for a, _ in taken)


def test_every_page_takes_as_many_questions_and_at_most_twice_the_time(sites):
    few, many = sites
    for site, count in ((few, FEW), (many, MANY)):
        page = site.get("/granska").text
        assert f"Väntar ({count})" in page
        assert f"Pågår ({PAGE})" in page
        assert f"Frågor ({count + 3 * PAGE})" in page
    found = {}
    for path in PATHS:
        counts = []
        for site in sites:
            with statements_of(site.browser.application) as statements:
                site.get(path)
            counts.append(len(statements))
        assert counts[0] == counts[1], path
        found[path] = ratio(sites, lambda site, path=path: site.get(path))
    assert max(found.values()) <= TIMES, found


def test_the_next_text_is_given_in_at_most_twice_the_time(sites):
    found = ratio(sites, Site.begin_next)

    assert found <= TIMES
