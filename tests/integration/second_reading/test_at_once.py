"""Two readers at once: nobody's reading or text is lost when both act."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from courses.errors import Reason, Refused
from courses.models import (
    Reading,
    Review,
)
from tests.reading import (
    again,
    approved,
    back,
    decide,
    finish,
    name,
    read,
    said,
    send,
    trainer,
    write,
)


@pytest.mark.parametrize("attempt", range(3))
def test_both_finish_at_once_and_both_readings_stand(app, session, gu5, pair, attempt):
    submission, anna, bertil = pair
    for one in (anna, bertil):
        write(session, submission, one, gu5, said(gu5))
    session.commit()
    people = [anna.id, bertil.id]

    outcomes = at_once(
        app,
        *[
            lambda own, one=one: finish(own, again(own, submission.id), _Id(one), gu5, 1)
            for one in people
        ],
    )

    assert outcomes == ["done", "done"]
    readings = session.scalars(select(Reading)).all()
    assert {one.reader_id for one in readings} == set(people)
    assert all(one.done_at and one.compared_at for one in readings)


@pytest.mark.parametrize("attempt", range(3))
def test_the_first_sends_while_the_second_reads_on(app, session, course, gu5, pair, attempt):
    submission, anna, bertil = pair
    for one in (anna, bertil):
        read(session, submission, one, gu5, approved(gu5))
    decide(session, submission, anna)
    session.commit()
    first, second, key = _Id(anna.id), _Id(bertil.id), submission.id

    sent, taken_back = at_once(
        app,
        lambda own: send(own, again(own, key), first, course, gu5),
        lambda own: back(own, again(own, key), second),
    )

    assert (sent, taken_back) in (
        ("done", Reason.REVIEW_DONE), (Reason.SECOND_STILL_READS, "done"),
    )
    reviews = session.scalars(select(Review)).all()
    assert len(reviews) == (1 if sent == "done" else 0)
    assert len(session.scalars(select(Reading)).all()) == 2


def test_the_first_sends_while_another_second_is_named(app, session, cohort, course, gu5, pair):
    submission, anna, bertil = pair
    cecilia = trainer(session, cohort, "Cecilia")
    for one in (anna, bertil):
        read(session, submission, one, gu5, approved(gu5))
    decide(session, submission, anna)
    session.commit()
    first, third, key = _Id(anna.id), _Id(cecilia.id), submission.id

    sent, named = at_once(
        app,
        lambda own: send(own, again(own, key), first, course, gu5),
        lambda own: name(own, again(own, key), third, gu5, by=first),
    )

    assert (sent, named) in (
        ("done", Reason.REVIEW_DONE), (Reason.SECOND_STILL_READS, "done"),
    )


class _Id:
    """A person as another session knows them."""

    def __init__(self, number):
        self.id = number


def at_once(app, *works):
    """Run the works in a thread each, all beginning together; return how each ended."""
    ready = Barrier(len(works))

    def run(work):
        ready.wait()
        try:
            with app.extensions["database"].session(writes=True) as own, own.begin():
                work(own)
                return "done"
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
