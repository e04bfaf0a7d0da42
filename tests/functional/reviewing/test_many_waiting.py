"""A long queue: in the order of the rule, page after page, by an index."""

import pytest
from sqlalchemy import event, select

from courses.models import Submission
from courses.queries.queue_narrowing import Narrowing, next_to_review
from courses.queries.queue_tabs import Tab
from courses.queries.review_queue import review_queue
from courses.rules.queue import queue_key
from courses.vocabulary import SubmissionState
from tests.reviewing import NOON
from tests.waiting import fill


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
