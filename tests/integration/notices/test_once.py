"""Nobody is told twice, whoever writes the digests and whenever they leave."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

from sqlalchemy import select

from app import clock
from app.jobs.notices import found_today, write_digests
from app.worker import Worker
from courses.models import Job, Notice, OutboxMail
from courses.services.notices import notify, write_digest
from courses.vocabulary import MailState, NoticeKind
from tests.factories import make_enrollment
from tests.integration.notices.conftest import TODAY, facts


def test_while_a_digest_has_not_gone_no_other_is_written(app, session, cohort, own, due, send,
                                                         traveller):
    """A mail server that was away for days must not let all of them arrive at once."""
    person = make_enrollment(session, cohort)
    due(own, TODAY + timedelta(days=7))
    assert len(send()) == 1
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    traveller.shift(timedelta(days=1))
    assert send() == []

    session.scalars(select(OutboxMail)).one().state = MailState.SENT

    assert [facts(mail) for mail in send()] == [[("feedback", own.title)]]


def test_two_workers_at_once_write_one_digest_a_person(app, session, cohort, own, due):
    due(own, TODAY + timedelta(days=7))
    people = [make_enrollment(session, cohort).user_id for _ in range(12)]
    notify(session, people, NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    session.commit()
    start, written = Barrier(2), []

    def work():
        with app.app_context():
            start.wait()
            written.append(write_digests(app))

    threads = [Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sum(written) == 12
    assert sorted(session.scalars(select(OutboxMail.user_id))) == sorted(people)
    assert len(session.scalars(select(Notice)).all()) == 24


def test_two_workers_ask_once_a_day_from_the_hour_on(app, session, traveller):
    workers = [Worker(app), Worker(app)]
    traveller.move_to(datetime(2027, 2, 1, 5, 59, tzinfo=UTC))
    for _hour in range(30):
        for worker in workers:
            worker.ask_for_digests()
        traveller.shift(timedelta(hours=1))

    jobs = session.scalars(select(Job).order_by(Job.id)).all()
    assert [job.dedupe_key for job in jobs] == [
        "notices:digests:2027-02-01", "notices:digests:2027-02-02",
    ]
    assert [job.created_at.hour for job in jobs] == [6, 6]


def test_a_digest_with_a_fact_that_another_told_writes_nothing(app, session, cohort, own, due):
    due(own, TODAY + timedelta(days=7))
    person = make_enrollment(session, cohort)
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    session.commit()
    with app.app_context():
        found = found_today()
    session.scalars(select(Notice)).one().settled_at = clock.now()
    session.flush()

    assert not write_digest(session, found, [], day=TODAY, now=clock.now())

    assert len(found) == 2
    assert session.scalars(select(OutboxMail)).all() == []
    told = session.scalars(select(Notice)).one()  # what the caller had done before stands
    assert told.settled_at == clock.now()
