"""What reaches which trainer, and once: questions, requests, drafts, second readings, promises."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from courses.models import OutboxMail, Team, Thread
from courses.services.extensions import ask_for_time
from courses.services.threads import send_message, thread_of
from courses.vocabulary import MailState, Role
from tests.factories import (
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.integration.notices.conftest import FAR, TODAY
from tests.reading import make_pair, read


@pytest.fixture
def for_two(course):
    return course.items["GU5"]


def kinds(mails):
    return {
        mail.user_id: [(one["kind"], one["count"]) for one in mail.params["lines"]]
        for mail in mails
    }


def ask(session, enrollment, item, text="Räcker det?"):
    return send_message(
        session, thread_of(session, enrollment, item.id), text=text, has_checked=True, known=(),
        by=enrollment.user_id, from_trainer=False, seen=0, now=clock.now(),
    )


def test_each_of_two_readers_is_told_of_their_own_part(session, cohort, for_two, send):
    _work, anna, bertil = make_pair(session, cohort, for_two, promised_on=FAR)

    assert kinds(send()) == {anna.id: [("arrived", 1)], bertil.id: [("second_reading", 1)]}


def test_without_a_first_reader_the_second_is_told_of_the_second_reading_alone(
    session, cohort, for_two, send
):
    work, anna, bertil = make_pair(session, cohort, for_two, promised_on=FAR)
    third = make_role(session, Role.TRAINER, cohort=cohort)
    session.get_one(Team, work.team_id).first_reader_id = None

    assert kinds(send()) == {
        anna.id: [("arrived", 1)], third.id: [("arrived", 1)],
        bertil.id: [("second_reading", 1)],
    }


def test_a_second_reading_that_is_done_is_not_told(session, cohort, for_two, send):
    work, _anna, bertil = make_pair(session, cohort, for_two, promised_on=FAR)
    read(session, work, bertil, for_two)

    assert bertil.id not in kinds(send())


def test_a_second_reading_is_told_once_a_round(session, cohort, for_two, send, traveller):
    make_pair(session, cohort, for_two, promised_on=FAR)
    send()
    for mail in session.scalars(select(OutboxMail)):
        mail.state = MailState.SENT
    traveller.shift(timedelta(days=1))

    assert send() == []


def test_both_readers_are_reminded_before_a_promise_and_others_the_day_before(
    session, cohort, for_two, send
):
    _work, anna, bertil = make_pair(
        session, cohort, for_two, promised_on=TODAY + timedelta(days=3)
    )
    other = make_role(session, Role.TRAINER, cohort=cohort)

    told = kinds(send())

    assert ("promise_near", 1) in told[anna.id]
    assert ("promise_near", 1) in told[bertil.id]
    assert other.id not in told


def test_a_question_goes_to_the_first_reader_alone(session, cohort, own, send):
    first, _other = (make_role(session, Role.TRAINER, cohort=cohort) for _ in range(2))
    team = make_team(session, cohort, first_reader_id=first.id)
    ask(session, make_enrollment(session, cohort, team=team), own)

    assert kinds(send()) == {first.id: [("question", 1)]}


def test_a_question_of_the_first_reader_in_person_goes_to_the_others(session, cohort, own, send):
    person = make_user(session, name="Kim Tvåhatt")
    make_role(session, Role.TRAINER, user=person, cohort=cohort)
    other = make_role(session, Role.TRAINER, cohort=cohort)
    team = make_team(session, cohort, first_reader_id=person.id)
    ask(session, make_enrollment(session, cohort, team=team, user=person), own)

    assert kinds(send()) == {other.id: [("question", 1)]}


def test_a_request_for_more_time_is_told_like_a_question(session, cohort, course, own, send):
    trainer = make_role(session, Role.TRAINER, cohort=cohort)
    who = make_enrollment(session, cohort)
    ask_for_time(
        session, owner=who, course=course, assignment=own, wanted_on=FAR + timedelta(days=3),
        line="Vi har högtryck.", by=who.user_id, now=clock.now(), today=TODAY,
    )

    assert kinds(send()) == {trainer.id: [("question", 1)]}


def test_two_questions_in_one_thread_are_one_and_a_new_one_after_the_answer_is_another(
    session, cohort, own, send, traveller
):
    trainer = make_role(session, Role.TRAINER, cohort=cohort)
    who = make_enrollment(session, cohort)
    ask(session, who, own)
    last = ask(session, who, own, "Och en sak till?")
    assert kinds(send()) == {trainer.id: [("question", 1)]}

    for mail in session.scalars(select(OutboxMail)):
        mail.state = MailState.SENT
    thread = session.scalars(select(Thread)).one()
    send_message(session, thread, text="Ja.", has_checked=True, known=(), by=trainer.id,
                 from_trainer=True, seen=last.id, now=clock.now())
    traveller.shift(timedelta(days=1))
    assert kinds(send()) == {who.user_id: [("reply", 1)]}

    ask(session, who, own, "Tack! Men hur?")
    traveller.shift(timedelta(days=1))
    assert kinds(send()) == {trainer.id: [("question", 1)]}


def test_many_texts_are_one_line(session, cohort, own, send):
    trainer = make_role(session, Role.TRAINER, cohort=cohort)
    for _ in range(3):
        who = make_enrollment(session, cohort)
        make_submission(session, cohort, who, own, promised_on=FAR)

    assert kinds(send()) == {trainer.id: [("arrived", 3)]}
