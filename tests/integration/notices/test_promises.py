"""A promised day that comes without an answer moves once, and everybody concerned is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from app import db
from app.jobs.promises import keep_promises
from courses.errors import Reason, Refused, Stale
from courses.models import Notice, OutboxMail, PromiseChange, Submission, User
from courses.queries.promises import moved_promises
from courses.rules.masking import UNMASKED
from courses.services.promises import move_promise
from courses.vocabulary import MailState, NoticeKind, Role, SubmissionState
from tests.factories import (
    make_enrollment,
    make_organization,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.integration.notices.conftest import MORNING, TODAY, facts

NEXT_WEEK = date(2027, 2, 8)


@pytest.fixture
def karin(session, cohort):
    return make_enrollment(session, cohort, user=make_user(session, name="Karin"))


@pytest.fixture
def due_today(session, cohort, karin, own):
    return make_submission(
        session, cohort, karin, own, promised_on=TODAY,
        submitted_at=datetime(2027, 1, 18, 9, 0, tzinfo=UTC),
    )


@pytest.fixture
def trainer(session, cohort):
    return make_role(session, Role.TRAINER, cohort=cohort)


@pytest.fixture
def keep(app, session):
    def run():
        session.commit()
        with app.app_context():
            moved = keep_promises(app)
        session.expire_all()
        return moved

    return run


def test_it_moves_five_working_days_once(session, due_today, keep, traveller):
    assert keep() == 1
    assert session.get_one(Submission, due_today.id).promised_on == NEXT_WEEK
    assert keep() == 0
    traveller.shift(timedelta(days=7))
    assert keep() == 0  # not a second time
    change = session.scalars(select(PromiseChange)).one()
    assert (change.from_on, change.to_on, change.reason, change.moved_by) == (
        TODAY, NEXT_WEEK, "", None,
    )


@pytest.mark.parametrize("state", [
    SubmissionState.APPROVED, SubmissionState.RETURNED, SubmissionState.WITHDRAWN,
    SubmissionState.ON_HOLD,
])
def test_what_does_not_wait_keeps_its_day(session, due_today, keep, state):
    due_today.state = state

    assert keep() == 0


def test_what_is_being_read_moves_too(session, due_today, keep):
    due_today.state = SubmissionState.IN_REVIEW

    assert keep() == 1


def test_who_wrote_who_trains_and_who_coordinates_are_told(
    session, cohort, karin, trainer, due_today, keep
):
    county = make_role(session, Role.COORDINATOR)
    make_role(session, Role.TRAINER)  # of another cohort
    whole = make_role(session, Role.COORDINATOR, cohort=cohort)
    make_role(session, Role.COORDINATOR, cohort=cohort, organization=make_organization(session))
    keep()

    told = {(n.user_id, n.kind) for n in session.scalars(select(Notice))}
    assert told == {
        (karin.user_id, NoticeKind.PROMISE_MOVED), (trainer.id, NoticeKind.PROMISE_LATE),
        (county.id, NoticeKind.PROMISE_LATE), (whole.id, NoticeKind.PROMISE_LATE),
    }


def test_the_digest_of_the_same_morning_tells_of_the_new_day(
    session, due_today, own, keep, send, karin, trainer
):
    keep()
    mails = {mail.user_id: facts(mail) for mail in send()}

    assert mails[karin.user_id] == [("promise_moved", own.title)]
    assert ("promise_late", 1) in mails[trainer.id]
    mail = session.scalars(select(OutboxMail).where(OutboxMail.user_id == karin.user_id)).one()
    assert mail.params["lines"][0]["day"] == NEXT_WEEK.isoformat()


def test_who_is_answered_before_the_digest_is_not_told_of_another_day(
    session, due_today, keep, send, karin
):
    keep()
    session.get_one(Submission, due_today.id).state = SubmissionState.APPROVED

    assert karin.user_id not in {mail.user_id for mail in send()}


def test_two_workers_at_once_move_it_once(app, session, due_today):
    session.commit()
    barrier = Barrier(4)

    def work(_n):
        with app.app_context():
            barrier.wait()
            return keep_promises(app)

    with ThreadPoolExecutor(4) as pool:
        moved = list(pool.map(work, range(4)))

    assert sum(moved) == 1
    assert len(session.scalars(select(PromiseChange)).all()) == 1
    assert len(session.scalars(select(Notice)).all()) == 1


def test_the_first_reader_is_reminded_three_days_before_and_all_the_day_before(
    session, cohort, own, send, traveller
):
    first, other = (make_role(session, Role.TRAINER, cohort=cohort) for _ in range(2))
    team = make_team(session, cohort, first_reader_id=first.id)
    make_submission(
        session, cohort, make_enrollment(session, cohort, team=team), own,
        SubmissionState.IN_REVIEW, promised_on=TODAY + timedelta(days=4),  # a Friday
    )
    told = {}
    for day in range(5):
        told[day] = {
            mail.user_id for mail in send()
            if "promise_near" in [kind for kind, _ in facts(mail)]
        }
        for mail in session.scalars(select(OutboxMail)):
            mail.state = MailState.SENT
        traveller.shift(timedelta(days=1))

    assert told == {0: set(), 1: {first.id}, 2: set(), 3: {first.id, other.id}, 4: set()}


def test_a_second_day_that_passes_is_told_to_trainers_and_coordinators(
    session, cohort, trainer, karin, own, send
):
    county = make_role(session, Role.COORDINATOR)
    make_submission(session, cohort, karin, own, promised_on=TODAY - timedelta(days=3))

    late = {
        mail.user_id for mail in send()
        if "promise_late" in [kind for kind, _ in facts(mail)]
    }
    assert late == {trainer.id, county.id}


@pytest.fixture
def move(session, due_today, trainer):
    def do(to=NEXT_WEEK, reason="Vi är på kurs.", seen=TODAY, without=()):
        return move_promise(
            session, due_today, seen=seen, to=to, reason=reason, actor_id=trainer.id,
            now=MORNING, today=TODAY, without=without,
        )

    return do


def test_a_trainer_moves_it_and_says_why(session, due_today, move, karin, trainer):
    move()
    session.commit()

    assert due_today.promised_on == NEXT_WEEK
    moved = moved_promises(session, due_today, UNMASKED)
    assert [(one.from_on, one.to_on, one.reason) for one in moved] == [
        (TODAY, NEXT_WEEK, "Vi är på kurs."),
    ]
    assert moved[0].by == session.get_one(User, trainer.id).name
    notice = session.scalars(select(Notice)).one()
    assert (notice.user_id, notice.kind, notice.day) == (
        karin.user_id, NoticeKind.PROMISE_MOVED, NEXT_WEEK,
    )


@pytest.mark.parametrize("changed, reason", [
    ({"to": TODAY}, Reason.PROMISE_NOT_LATER),
    ({"to": date(2027, 2, 7)}, Reason.PROMISE_ON_A_DAY_OFF),
    ({"without": [(NEXT_WEEK, NEXT_WEEK)]}, Reason.PROMISE_ON_A_DAY_OFF),
    ({"reason": "  "}, Reason.PROMISE_WITHOUT_REASON),
])
def test_a_day_that_cannot_be_promised_is_refused(move, changed, reason):
    with pytest.raises(Refused) as refused:
        move(**changed)
    assert refused.value.reason is reason


def test_what_is_answered_cannot_be_promised(due_today, move, session):
    due_today.state = SubmissionState.APPROVED
    session.commit()

    with pytest.raises(Refused):
        move()


def test_a_day_that_somebody_else_moved_is_not_moved_over(move):
    with pytest.raises(Stale):
        move(seen=date(2027, 1, 29))


def test_a_day_that_a_trainer_moved_may_still_move_once_by_itself(
    session, due_today, move, keep, traveller
):
    move()
    traveller.shift(timedelta(days=7))

    assert keep() == 1


def test_two_trainers_at_once_move_it_once(app, session, due_today, trainer):
    session.commit()
    barrier = Barrier(2)

    def work(n):
        with app.app_context():
            barrier.wait()
            try:
                with db.transaction(app) as own_session:
                    move_promise(
                        own_session, own_session.get_one(Submission, due_today.id), seen=TODAY,
                        to=NEXT_WEEK + timedelta(days=n), reason=f"Skäl {n}",
                        actor_id=trainer.id, now=MORNING, today=TODAY,
                    )
            except Stale:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(work, range(2)))

    assert sorted(moved) == [False, True]
    assert len(session.scalars(select(PromiseChange)).all()) == 1
