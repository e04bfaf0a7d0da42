"""The queue with 5,000 waiting hand-ins: in the order of the rule, page after page, with as many
questions to the database as with 50 and in at most twice the time."""

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select

from app import create_app
from courses.models import Enrollment, LoginSession, Submission, User
from courses.queries.queue_narrowing import Narrowing, next_to_review
from courses.queries.queue_tabs import Tab
from courses.queries.review_queue import review_queue
from courses.rules.queue import queue_key
from courses.rules.submissions import promised_on
from courses.rules.tokens import token_hash
from courses.vocabulary import Role, Sector, SubmissionState
from tests.conftest import fresh_database, statements_of
from tests.factories import LONG_AGO, make_cohort, make_role, make_team
from tests.reviewing import NOON
from tests.speed import COMPILED

FEW, MANY = 50, 5_000
MOST = 8
TIMES = 2
PATHS = ("/granska", "/granska?mina=1", "/granska?kommun={place}", "/granska?uppgift=U1")


def fill(session, cohort, count, trainer, *, teams=10):
    """Hand-ins of a long autumn: every eighth is a second round, a few have passed their day."""
    places = [
        make_team(session, cohort, name=f"Team nr {n}", first_reader_id=trainer.id)
        for n in range(teams)
    ]
    ids = range(1_000, 1_000 + count)
    session.execute(insert(User), [
        {"id": i, "email": f"p{i}@example.org", "own_name": f"Person {i}", "created_at": LONG_AGO,
         "activated_at": LONG_AGO, "version": 1} for i in ids
    ])
    session.execute(insert(Enrollment), [
        {"id": i, "user_id": i, "cohort_id": cohort.id, "sector": Sector.SCHOOL,
         "organization_id": places[i % teams].organization_id,
         "home_team_id": places[i % teams].id, "created_at": LONG_AGO, "version": 1}
        for i in ids
    ])
    session.execute(insert(Submission), [
        {"id": i, "cohort_id": cohort.id, "enrollment_id": i, "assignment_id": "U1",
         "state": SubmissionState.SUBMITTED if i % 3 else SubmissionState.IN_REVIEW,
         "round": 1 + (i % 8 == 0), "turn": 0 if i % 8 == 0 else 1,
         "submitted_at": NOON - timedelta(days=i * 7 % 60),
         "promised_on": promised_on(
             (NOON - timedelta(days=i * 7 % 60)).date(), starts_on=cohort.starts_on, breaks=[]
         ),
         "version": 1}
        for i in ids
    ])
    session.commit()
    return places[0].organization_id


@dataclass(frozen=True)
class Site:
    browser: FlaskClient
    place: int
    """A municipality with a tenth of what waits."""

    def get(self, path):
        answer = self.browser.get(path.format(place=self.place))
        assert answer.status_code == 200
        return answer

    def seconds(self, path):
        start = time.perf_counter()
        self.get(path)
        return time.perf_counter() - start


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
                place = fill(session, cohort, count, trainer)
            browser = app.test_client()
            browser.set_cookie("stegvis-login", "trainer")
            found.append(Site(browser, place))
        yield found


def test_many_take_as_many_questions_and_at_most_twice_the_time(sites):
    few, many = sites
    assert "Väntar (5000)" in many.get("/granska").text
    for path in PATHS:
        counts = []
        for site in sites:
            with statements_of(site.browser.application) as statements:
                site.get(path)
            counts.append(len(statements))
        assert counts[0] == counts[1] <= MOST, path
        ratios = []
        for _attempt in range(9):  # whoever else uses the machine slows both
            taken = [(few.seconds(path), many.seconds(path)) for _ in range(11)]
            ratios.append(median(b for _, b in taken) / median(a for a, _ in taken))
            if ratios[-1] <= TIMES:
                break
        assert min(ratios) <= TIMES, (path, ratios)


@pytest.fixture
def waiting(session, cohort, anna):
    fill(session, cohort, 230, anna)
    return cohort


def test_the_pages_follow_one_another_in_the_order_of_the_rule(session, identity, waiting):
    rows = session.execute(
        select(Submission.turn, Submission.promised_on, Submission.id)
    ).all()
    wanted = [key[2] for key in sorted(queue_key(*row) for row in rows)]

    def page(after):
        return review_queue(
            session, identity, Tab.WAITING, Narrowing(), after=after, now=NOON, today=NOON.date()
        )

    seen, after = [], None
    while True:
        found = page(after)
        seen += [row.submission.id for row in found.rows]
        after = found.next_page
        if after is None:
            break

    assert seen == wanted
    assert next_to_review(session, identity, Narrowing(), now=NOON) == wanted[:20]


def test_a_page_begins_where_the_last_ended_whatever_was_answered_meanwhile(
    session, identity, waiting
):
    def page(after):
        return review_queue(
            session, identity, Tab.WAITING, Narrowing(), after=after, now=NOON, today=NOON.date()
        )

    first = page(None)
    expected = [row.submission.id for row in page(first.next_page).rows]
    for row in first.rows[:10]:
        row.submission.state = SubmissionState.APPROVED
    session.flush()

    assert [row.submission.id for row in page(first.next_page).rows] == expected


def test_the_order_has_an_index(session, identity, waiting):
    """Without it the whole queue would be sorted for each page."""
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by its own statistics; the time is asserted there")
    asked = []

    def record(_connection, _cursor, statement, parameters, *_rest):
        asked.append((statement, parameters))

    event.listen(session.get_bind(), "before_cursor_execute", record)
    review_queue(
        session, identity, Tab.WAITING, Narrowing(), after="1_2026-11-10_1003", now=NOON,
        today=NOON.date(),
    )
    event.remove(session.get_bind(), "before_cursor_execute", record)

    statement, parameters = next(one for one in asked if "ORDER BY submission.turn" in one[0])
    explain = f"EXPLAIN QUERY PLAN {statement}"
    plan = session.connection().exec_driver_sql(explain, parameters).all()
    walked = next(row for row in plan if "ix_submission_waiting" in row.detail)
    sorts = [row for row in plan if "TEMP B-TREE" in row.detail]
    assert walked.parent != 0, plan
    assert [row.parent for row in sorts] == [0], plan  # the page alone is sorted, when it is there
