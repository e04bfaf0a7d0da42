"""Review next: the first on the list that nobody has."""

from datetime import timedelta

from courses.models import Submission
from courses.vocabulary import SubmissionState
from tests.factories import (
    make_user,
)
from tests.reviewing import NOON, hand_in


def test_review_next_takes_the_oldest_that_nobody_has(
    client, session, login, post, cohort, trainer, own
):
    hand_in(session, cohort, own, days=9, state=SubmissionState.IN_REVIEW,
            claimed_by=make_user(session).id, claimed_until=NOON + timedelta(minutes=5))
    hand_in(session, cohort, own, days=3)
    oldest = hand_in(session, cohort, own, days=8)
    login(trainer)

    answer = post("/granska/nasta")

    assert answer.status_code == 303
    assert answer.location == f"/granska/{oldest.id}"
    session.expire_all()
    taken = session.get(Submission, oldest.id)
    assert (taken.state, taken.claimed_by) == (SubmissionState.IN_REVIEW, trainer.id)
    assert taken.claimed_until == NOON + timedelta(minutes=30)


def test_review_next_follows_the_order_of_the_list(
    client, session, login, post, cohort, trainer, own
):
    hand_in(session, cohort, own, days=20)
    again = hand_in(session, cohort, own, days=1, rounds=2)
    login(trainer)

    assert post("/granska/nasta").location == f"/granska/{again.id}"


def test_review_next_goes_back_to_ones_own_when_nothing_else_waits(
    client, session, login, post, cohort, trainer, own
):
    mine = hand_in(session, cohort, own, state=SubmissionState.IN_REVIEW, claimed_by=trainer.id,
                   claimed_until=NOON + timedelta(minutes=5))
    login(trainer)

    assert post("/granska/nasta").location == f"/granska/{mine.id}"


def test_review_next_with_nothing_to_review(client, session, login, post, cohort, trainer):
    login(trainer)

    answer = post("/granska/nasta", follow_redirects=True)

    assert "Inget mer väntar på dig just nu." in answer.text


def test_review_next_keeps_to_what_was_chosen(
    client, session, login, post, cohort, trainer, course
):
    u1, u2 = [a for a in course.assignments if not a.is_joint][:2]
    hand_in(session, cohort, u1, days=9)
    wanted = hand_in(session, cohort, u2, days=1)
    login(trainer)

    found = post("/granska/nasta", {"uppgift": u2.id}).location

    assert found == f"/granska/{wanted.id}?uppgift={u2.id}"


def test_review_next_needs_a_token(client, session, login, trainer):
    login(trainer)

    assert client.post("/granska/nasta").status_code == 400
