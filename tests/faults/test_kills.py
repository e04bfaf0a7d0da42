"""SIGKILL at any moment: nothing acknowledged is lost, nothing is doubled, nothing is half."""

import os
import random

import pytest
from sqlalchemy import select

from app import clock
from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore
from courses.models import Edition
from tests.factories import make_cohort, make_enrollment, make_team, make_user, user_of
from tests.faults import inspection
from tests.faults.clients import Client
from tests.faults.killer import Killer, Supervisor
from tests.faults.ledger import Ledger
from tests.live import running
from tests.mailbox import Mailbox
from tests.writing import finish_first_lessons

LONG = os.environ.get("STEGVIS_VERIFY") == "1"
KILLS = int(os.environ.get("STEGVIS_KILLS", "200" if LONG else "20"))
CLIENTS = 6
WEB_WORKERS = 4
PASSWORD = "trappsteg nio lampa"


@pytest.fixture
def mailbox():
    mailbox = Mailbox()
    mailbox.start()
    yield mailbox
    mailbox.stop()


@pytest.fixture
def live(tmp_path, mailbox):
    with running(tmp_path, mailbox.url) as live:
        yield live


@pytest.fixture
def database(live):
    database = Database(live.settings["STEGVIS_DATABASE_URL"])
    yield database
    database.engine.dispose()


@pytest.fixture
def participants(live, database):
    """The course, and the addresses of people who may hand in."""
    store = EditionStore(live.config.data_dir / "editions")
    with database.session(writes=True) as session, session.begin():
        course = store.get(session.scalars(select(Edition.digest)).one()).course("sv")
        cohort = make_cohort(session, course)
        team = make_team(session, cohort)
        hashed = passwords.hash_password(PASSWORD)
        people = [
            make_enrollment(
                session, cohort, team=team, user=make_user(session, password_hash=hashed)
            )
            for _ in range(CLIENTS)
        ]
        for person in people:
            finish_first_lessons(session, person, course)
        addresses = [user_of(session, person).email for person in people]
    return course, addresses


@pytest.mark.timeout(KILLS * 15 + 300)
def test_kills_lose_nothing(live, database, participants, mailbox, tmp_path, record_property):
    course, addresses = participants
    assignment = next(a for a in course.assignments if not a.is_joint)
    seed = int(os.environ.get("STEGVIS_SEED", random.randrange(10**6)))  # noqa: S311
    print(f"STEGVIS_SEED={seed}")
    ledger = Ledger(tmp_path / "ledger")
    live.start(workers=WEB_WORKERS)
    supervisor = Supervisor(live)
    supervisor.start()
    clients = [Client(live.url, address, PASSWORD, ledger, n)
               for n, address in enumerate(addresses, 1)]
    for client in clients:
        client.prepare(assignment)
        client.start()
    killer = Killer(live, ledger, seed)

    killer.kill(KILLS)

    for client in clients:
        client.stopping.set()
    for client in clients:
        client.join(180)
    supervisor.stopping.set()
    supervisor.join()
    live.stop()
    with database.session(writes=True) as session, session.begin():
        inspection.let_leases_run_out(session, clock.now())
    live.flask("worker", "--once")
    acknowledged = ledger.close()
    with database.session(writes=False) as session:
        problems = [
            *(problem for client in clients for problem in client.problems),
            *(f"{client.name} never ended" for client in clients if client.is_alive()),
            *inspection.whole(session),
            *inspection.submissions(session, acknowledged),
            *inspection.halves(session, acknowledged),
            *inspection.mails(session, mailbox),
        ]
    repeated = sum(client.repeated for client in clients)
    unheard = sum(client.unheard for client in clients)
    record_property("kill -9 av webbprocess / av arbetare", f"{killer.web} / {killer.jobs}")
    record_property("kvitterade formulär", len(acknowledged))
    record_property("omsända utan svar, efter avbruten lina", f"{repeated} / {unheard}")
    record_property("förlorat, dubblerat eller halvt", len(problems))
    assert problems == []
    assert killer.web + killer.jobs >= KILLS * 0.95
    assert len(acknowledged) >= KILLS
