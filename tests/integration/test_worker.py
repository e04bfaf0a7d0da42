"""Jobs: each done once, by one worker, again after a failure, by somebody else after a death."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from app import clock, db
from app.worker import HANDLERS, Worker
from courses.models import (
    ContactMessage,
    IdempotencyKey,
    Invitation,
    Job,
    LoginFailure,
    LoginSession,
    OutboxMail,
)
from courses.rules.backoff import DELAYS
from courses.services.jobs import claim_job, fail_job, finish_job, run_again
from courses.services.outbox import enqueue_job
from courses.vocabulary import JobState, Language, MailState
from tests.factories import make_user


@pytest.fixture
def done(monkeypatch):
    """The payloads of the jobs that were done."""
    found = []

    def note(_app, payload, _now):
        found.append(payload)
        if payload.get("fails"):
            raise RuntimeError("hemlig text av en deltagare")

    monkeypatch.setitem(HANDLERS, "note", note)
    return found


@pytest.fixture
def add(session):
    def add_job(key, kind="note", **payload):
        enqueue_job(session, kind, dedupe_key=key, now=clock.now(), **payload)
        session.commit()

    return add_job


def job(session):
    session.expire_all()
    return session.scalars(select(Job)).one()


def claim(app, worker="w"):
    with db.transaction(app) as own:
        return claim_job(own, worker=worker, now=clock.now())


def test_jobs_are_done_once_and_in_order(app, session, add, done):
    for n in range(3):
        add(f"job:{n}", n=n)
    add("job:0", n="again")

    Worker(app).drain()
    Worker(app).drain()

    assert [payload["n"] for payload in done] == [0, 1, 2]
    assert set(session.scalars(select(Job.state))) == {JobState.DONE}


def test_a_job_that_fails_is_tried_again_for_two_days(app, session, add, done):
    assert sum(DELAYS, timedelta()) == timedelta(hours=48)
    add("job", fails=True)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        waits = []
        for _ in range(len(DELAYS) + 1):
            worker = Worker(app)
            worker.drain()
            row = job(session)
            waits.append(row.run_after - clock.now())
            session.rollback()
            traveller.shift(max(waits[-1], timedelta()))

    assert waits[:4] == [timedelta(minutes=m) for m in (1, 5, 15, 60)]
    assert row.state is JobState.FAILED
    assert row.attempts == len(done) == len(DELAYS) + 1
    assert row.last_error.startswith("RuntimeError ")
    assert "hemlig" not in row.last_error


def test_a_failed_job_can_be_run_again(app, session, add, done):
    add("job")
    row = job(session)
    row.state, row.attempts = JobState.FAILED, 17
    run_again(session, row, now=clock.now())
    session.commit()

    Worker(app).drain()

    assert job(session).state is JobState.DONE


def test_a_job_of_a_kind_nobody_handles_waits(app, session, add):
    add("job", kind="unknown")

    Worker(app).drain()

    assert job(session).state is JobState.WAITING
    assert "KeyError" in job(session).last_error


def test_a_dead_workers_job_is_taken_over_and_its_late_word_ignored(app, session, add):
    add("job")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        dead = claim(app, "dead")
        assert claim(app, "other") is None
        traveller.shift(timedelta(minutes=10))
        heir = claim(app, "heir")

        with db.transaction(app) as own:
            fail_job(own, dead, error="late", now=clock.now())
        assert job(session).last_error is None
        assert job(session).leased_by == "heir"
        session.rollback()
        with db.transaction(app) as own:
            finish_job(own, heir, now=clock.now())

    assert job(session).state is JobState.DONE
    assert job(session).attempts == 2


def test_many_workers_do_each_job_once(app, session, add, done):
    for n in range(12):
        add(f"job:{n}", n=n)
    barrier = threading.Barrier(4)

    def work():
        worker = Worker(app)
        barrier.wait()
        worker.drain()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(payload["n"] for payload in done) == list(range(12))


def test_worker_ends_after_what_is_under_way(app, add, done, monkeypatch):
    worker = Worker(app)
    monkeypatch.setitem(HANDLERS, "stop", lambda *_: worker.stop())
    add("stop", kind="stop")
    add("later", n=1)

    worker.run()

    assert done == []


def test_worker_survives_a_database_that_is_away(app, add, done, monkeypatch, caplog):
    worker = Worker(app)
    steps = iter([RuntimeError("away"), None])

    def step():
        if error := next(steps):
            raise error
        worker.stop()
        return False

    monkeypatch.setattr(worker, "step", step)
    monkeypatch.setattr(worker.stopping, "wait", lambda _seconds: None)

    worker.run()

    assert "will go on" in caplog.text


def test_sweeping_that_fails_keeps_nothing_else_from_being_done(app, add, done, monkeypatch):
    worker, pauses = Worker(app), []

    def broken(_app, _now):
        raise OSError("the disk is away")

    def wait(seconds):
        pauses.append(seconds)
        if len(pauses) > 3:
            worker.stop()

    monkeypatch.setattr("app.worker.SWEEPERS", [broken])
    monkeypatch.setattr(worker.stopping, "wait", wait)
    add("one", n=1)

    worker.run()

    assert done == [{"n": 1}]


def test_sweeping_takes_what_has_had_its_time_and_nothing_else(app, session):
    now = clock.now()
    user = make_user(session)

    def row(model, **fields):
        session.add(model(**fields))

    def login(n, **fields):
        row(LoginSession, user_id=user.id, token_hash=str(n),
            **{"created_at": now, "last_seen_at": now} | fields)

    login("current")
    login("ended", ended_at=now)
    login("idle", last_seen_at=now - timedelta(minutes=61))
    login("old", created_at=now - timedelta(hours=13))
    for days in (1, 31):
        row(IdempotencyKey, user_id=user.id, key=str(days), endpoint="", body_hash="",
            created_at=now - timedelta(days=days))
    for hours in (1, 25):
        row(LoginFailure, account_key="", address="", at=now - timedelta(hours=hours))
    for days, used in ((1, None), (61, None), (61, now)):
        row(Invitation, user_id=user.id, token_hash=f"{days}{used}", created_at=now,
            expires_at=now - timedelta(days=days), used_at=used)
    for days in (1, 91):
        row(OutboxMail, recipient="a@example.org", template="x", params={"a": 1},
            language=Language.SWEDISH, dedupe_key=str(days), state=MailState.SENT,
            not_before=now, created_at=now - timedelta(days=days))
    for days in (364, 366):
        row(ContactMessage, at=now - timedelta(days=days), topic="other", text="", reply_to="",
            language=Language.SWEDISH, key=str(days))
    session.commit()

    Worker(app).step()

    assert session.scalars(select(ContactMessage.key)).all() == ["364"]
    assert session.scalars(select(LoginSession.token_hash)).all() == ["current"]
    assert session.scalars(select(IdempotencyKey.key)).all() == ["1"]
    assert session.scalar(select(func.count(LoginFailure.id))) == 1
    assert session.scalar(select(func.count(Invitation.id))) == 2
    assert session.execute(
        select(OutboxMail.dedupe_key, OutboxMail.recipient).order_by(OutboxMail.id)
    ).all() == [("1", "a@example.org"), ("91", "")]


def test_what_was_deleted_stands_in_no_file_of_the_database(app, session):
    engine = app.extensions["database"].engine
    if engine.dialect.name != "sqlite":
        pytest.skip("SQLite's files")
    folder = Path(engine.url.database).parent
    message = ContactMessage(
        at=clock.now(), topic="other", text="Bara jag vet.", reply_to="", key="a",
        language=Language.SWEDISH,
    )
    session.add(message)
    session.commit()
    session.delete(message)
    session.commit()
    session.close()

    Worker(app).drain()  # sweeps first

    files = [path for path in folder.glob(f"{Path(engine.url.database).name}*") if path.is_file()]
    assert files
    assert [path.name for path in files if b"Bara jag vet." in path.read_bytes()] == []
