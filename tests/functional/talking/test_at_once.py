"""Several at the same moment, on whichever database the suite runs: one answer, one date."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from courses.models import (
    DraftReply,
    Edition,
    Extension,
    Submission,
    SubmissionRound,
    Thread,
    ThreadMessage,
    ThreadReader,
    TimeRequest,
    User,
)
from courses.services.draft_readings import answer_draft
from courses.services.threads import keep_unsent, send_message, thread_of
from courses.vocabulary import Role
from tests.factories import make_role
from tests.functional.talking.test_on_behalf import WHY, as_posted
from tests.reviewing import NOON
from tests.talking import ASKED_AT, make_reading, make_request, make_thread

HANDS = 4


@pytest.fixture
def together(at_once):
    """Post to one page from several browsers at once; return the statuses, sorted."""

    def press(people, path, fields):
        forms = fields if isinstance(fields, list) else [fields] * len(people)
        return sorted(at_once(*zip(people, [path] * len(people), forms, strict=True)))

    return press


@pytest.fixture
def trainers(session, cohort):
    return [make_role(session, Role.TRAINER, cohort=cohort) for _ in range(HANDS)]


@pytest.fixture
def author(session, karin):
    return session.get_one(User, karin.user_id)


def number_of(session, model):
    session.commit()
    return session.scalar(select(func.count()).select_from(model))


def test_a_request_is_answered_once(together, session, trainers, karin, own, author):
    thread = make_thread(session, karin, own, by=author)
    request = make_request(session, thread, by=author)
    session.commit()
    path = f"/granska/fragor/deltagare/{karin.id}/{own.id}/mer-tid/{request.id}"
    no = {"answer_as": "no", "answer": "Nej, tyvärr."}

    assert together(trainers, path, [{"yes": "1"}, no, {"yes": "1"}, no]) == [303] * HANDS

    session.expire_all()
    answered = session.scalars(select(TimeRequest)).one()
    assert answered.answered_by in [one.id for one in trainers]
    assert number_of(session, Extension) == (1 if answered.granted_on else 0)


def test_a_draft_is_answered_once(together, session, cohort, trainers, karin, own, author):
    thread = make_thread(session, karin, own, by=author)
    edition = session.get_one(Edition, cohort.edition_id)
    make_reading(session, thread, own, edition, by=author)
    session.commit()
    path = f"/granska/fragor/deltagare/{karin.id}/{own.id}/utkast/1"

    assert together(trainers, path, {"overall": "En god början."}) == [303, 409, 409, 409]
    assert number_of(session, DraftReply) == 1


def test_the_first_messages_of_all_share_one_thread(
    together, session, trainers, karin, own
):
    path = f"/granska/fragor/deltagare/{karin.id}/{own.id}"

    assert together(trainers, path, {"text": "Hur går det?", "seen": "0"}) == [303] * HANDS
    assert number_of(session, Thread) == 1
    assert number_of(session, ThreadMessage) == HANDS


def test_one_request_waits_however_many_windows(together, session, karin, own, author):
    path = f"/uppgift/{own.slug}/mer-tid"
    ask = {"wanted_on": "2026-12-11", "line": "Det är mycket just nu."}

    assert together([author] * HANDS, path, ask) == [303, 409, 409, 409]
    assert number_of(session, TimeRequest) == 1


def test_of_dates_given_at_once_the_last_one_holds(together, session, trainers, karin, own):
    path = f"/registrera/deltagare/{karin.id}/mer-tid"
    days = [
        {"assignment": own.id, "due_on": f"2026-12-{day:02}", "reason": "Ny i omgången."}
        for day in (1, 2, 3, 4)
    ]
    statuses = together(trainers, path, days)

    assert set(statuses) <= {303, 422, 409}
    session.expire_all()
    last = session.scalars(select(Extension).order_by(Extension.id.desc())).first()
    assert session.scalars(select(Submission.due_on)).one() == last.due_on
    assert number_of(session, Extension) == statuses.count(303)


@pytest.mark.usefixtures("secrecy_done")
def test_a_text_is_registered_once(together, session, trainers, karin, own):
    path = f"/registrera/deltagare/{karin.id}/inlamning/{own.id}"

    assert together(trainers, path, as_posted(own) | WHY) == [303, 409, 409, 409]
    assert number_of(session, SubmissionRound) == 1


def test_a_question_that_comes_while_a_draft_is_answered_still_waits(
    app, session, course, cohort, trainers, karin, own, author
):
    """The trainer has typed before, so that nothing but the thread's row keeps the two apart."""
    thread = make_thread(session, karin, own, by=author, texts=())
    edition = session.get_one(Edition, cohort.edition_id)
    reading = make_reading(session, thread, own, edition, by=author)
    keep_unsent(session, thread, trainers[0].id, "reading:1", {}, now=ASKED_AT)
    session.commit()
    database = app.extensions["database"]

    def answer():
        with database.session(writes=True) as other, other.begin():
            answer_draft(
                other, other.get_one(Thread, thread.id), reading, comments={},
                overall="En god början.", has_checked=True, course=course, by=trainers[0].id,
                now=NOON,
            )

    with ThreadPoolExecutor(1) as pool, database.session(writes=True) as asking:
        send_message(
            asking, thread_of(asking, karin, own.id), text="Och sedan?", has_checked=False,
            known=(), by=author.id, from_trainer=False, seen=0, now=NOON,
        )
        answering = pool.submit(answer)
        time.sleep(0.5)  # until the answer waits for the question, or has passed it by
        asking.commit()
        answering.result()

    session.expire_all()
    assert session.scalars(select(Thread.waiting_since)).one() == NOON


def test_what_two_tabs_keep_unsent_is_both_kept(app, session, karin, own, author):
    thread = make_thread(session, karin, own, by=author)
    keep_unsent(session, thread, author.id, "message", {"text": "Först"}, now=ASKED_AT)
    session.commit()
    database, barrier = app.extensions["database"], Barrier(2)

    def keep(form):
        with database.session(writes=True) as tab, tab.begin():
            tab.execute(select(ThreadReader.user_id))
            if tab.get_bind().dialect.name != "sqlite":
                barrier.wait()  # both have begun
            mine = tab.get_one(Thread, thread.id)
            keep_unsent(tab, mine, author.id, form, {"text": form}, now=NOON)
            time.sleep(0.2)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(keep, ("time", "draft")))

    session.expire_all()
    assert set(session.scalars(select(ThreadReader)).one().unsent) == {"message", "time", "draft"}
