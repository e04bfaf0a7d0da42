"""An answer is sent once, whole, to a text that still waits for it; then corrected."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.mail.writing import write
from courses.models import Completion, Notice, OutboxMail, Review, ReviewDraft
from courses.vocabulary import NoticeKind, Outcome, SubmissionState
from tests.factories import make_enrollment, make_submission, make_team
from tests.reviewing import LATER, NOON, answer_to, fresh, hold, second_round


class TestSend:
    def test_approval_finishes_the_item_and_tells_the_author_once(
        self, client, session, login, send, held, anna, karin, own
    ):
        login(anna)

        answer = send(held, answer_to(own))

        assert answer.location == f"/granska/{held.id}/klart"
        row = fresh(session, held)
        assert (row.state, row.claimed_by) == (SubmissionState.APPROVED, None)
        review = session.scalars(select(Review)).one()
        assert (review.outcome, review.reviewer_id) == (Outcome.APPROVE, anna.id)
        assert review.due_on is None
        assert session.scalars(select(Completion.enrollment_id)).all() == [karin.id]
        notice = session.scalars(select(Notice)).one()
        assert (notice.user_id, notice.kind) == (karin.user_id, NoticeKind.FEEDBACK)
        assert notice.item_id == own.id
        assert session.scalars(select(ReviewDraft)).all() == []
        done = client.get(answer.location).text
        assert "Återkopplingen är skickad" in done
        assert "Granska nästa" in done

    def test_the_mail_leads_to_the_answer_and_says_nothing_of_it(
        self, app, session, login, send, held, anna, own, karin
    ):
        login(anna)
        send(held, answer_to(own))
        app.test_cli_runner().invoke(args=["notices", "send"])

        mine = select(OutboxMail).where(OutboxMail.user_id == karin.user_id)
        message = write(app, session.scalars(mine).one(), "Karin")

        assert message["Subject"] == f"Du har fått återkoppling på ”{own.title}”"
        assert f"http://localhost/uppgift/{own.slug}/aterkoppling" in message.get_content()
        assert "Tack för en tydlig text" not in message.get_content()

    def test_a_return_sets_the_new_date(self, session, login, send, held, anna, own):
        login(anna)

        send(held, answer_to(own, revise=[own.criteria[0].id]))

        row = fresh(session, held)
        assert (row.state, row.due_on) == (SubmissionState.RETURNED, LATER)
        assert session.scalars(select(Completion)).all() == []
        assert len(session.scalars(select(Notice)).all()) == 1

    def test_joint_approval_finishes_it_for_everyone_at_home(
        self, app, session, login, send, cohort, anna, course
    ):
        joint = next(a for a in course.assignments if a.is_joint)
        team = make_team(session, cohort)
        home = [make_enrollment(session, cohort, team=team) for _ in range(3)]
        make_enrollment(session, cohort)
        submission = hold(session, make_submission(session, cohort, team, joint), anna)
        login(anna)

        send(submission, answer_to(joint))

        assert set(session.scalars(select(Completion.enrollment_id))) == {p.id for p in home}
        told = session.scalars(select(Notice.user_id)).all()
        assert sorted(told) == sorted(p.user_id for p in home)
        session.commit()
        app.test_cli_runner().invoke(args=["notices", "send"])
        mails = session.scalars(select(OutboxMail).where(OutboxMail.user_id.in_(told))).all()
        assert len(mails) == len(home)
        address = f"http://localhost/team/{team.id}/uppgift/{joint.slug}/aterkoppling"
        assert all(address in write(app, one, "Namn").get_content() for one in mails)

    def test_twice_is_once(self, session, login, post, held, anna, own):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own))
        fields = {"round": 1, "v": 1, "idem": "same"}

        first = post(f"/granska/{held.id}/skicka", fields)
        second = post(f"/granska/{held.id}/skicka", fields)

        assert first.location == second.location == f"/granska/{held.id}/klart"
        assert len(session.scalars(select(Review)).all()) == 1
        assert len(session.scalars(select(Notice)).all()) == 1

    def test_a_draft_changed_since_the_check_is_checked_again(
        self, session, login, post, held, anna, own
    ):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own))
        post(f"/granska/{held.id}", answer_to(own, version=1, overall="Annat"))

        answer = post(f"/granska/{held.id}/skicka", {"round": 1, "v": 1})

        assert answer.location == f"/granska/{held.id}/kontrollera"
        assert session.scalars(select(Review)).all() == []

    def test_somebody_else_was_first(
        self, app, client, session, login, post, send, held, anna, bertil, own, clock
    ):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own, overall="Annas ord"))
        clock.move_to(NOON + timedelta(minutes=45))
        other = login(bertil, on=app.test_client())
        post(f"/granska/{held.id}/borja", on=other)
        send(held, answer_to(own, overall="Bertils ord"), on=other)

        answer = post(f"/granska/{held.id}/skicka", {"round": 1, "v": 1}, follow_redirects=True)

        assert answer.status_code == 409
        assert "Bertil skickade återkoppling 9 november 2026 kl. 12.45" in answer.text
        assert "Annas ord" in answer.text
        assert "Bertils ord" in answer.text
        assert session.scalars(select(Review)).one().reviewer_id == bertil.id
        assert session.scalars(select(ReviewDraft)).one().content["overall"] == "Annas ord"
        assert "Annas ord" in client.get(f"/granska/{held.id}").text

    def test_what_is_typed_after_somebody_was_first_is_kept(
        self, app, session, login, post, send, held, anna, bertil, own, clock
    ):
        login(anna)
        clock.move_to(NOON + timedelta(minutes=45))
        other = login(bertil, on=app.test_client())
        post(f"/granska/{held.id}/borja", on=other)
        send(held, answer_to(own), on=other)

        answer = post(f"/granska/{held.id}", answer_to(own, overall="För sent skrivet"),
                      follow_redirects=True)

        assert answer.status_code == 409
        assert "För sent skrivet" in answer.text
        assert session.scalars(select(ReviewDraft)).one().reviewer_id == anna.id

    @pytest.mark.parametrize("state,number,said", [
        (SubmissionState.WITHDRAWN, 1, "Texten är återtagen."),
        (SubmissionState.SUBMITTED, 2, "Granska den nya versionen i stället"),
        (SubmissionState.ON_HOLD, 1, "Texten kan inte besvaras just nu."),
    ])
    def test_the_text_is_gone_or_new(
        self, session, login, post, held, anna, own, state, number, said
    ):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own, overall="Annas ord"))
        row = fresh(session, held)
        row.state, row.round = state, number
        if number == 2:
            session.add(second_round(session, row, own))
        session.commit()

        answer = post(f"/granska/{held.id}/skicka", {"round": 1, "v": 1}, follow_redirects=True)

        assert answer.status_code == 409
        assert said in answer.text
        assert "Annas ord" in answer.text
        assert session.scalars(select(Review)).all() == []
        assert len(session.scalars(select(ReviewDraft)).all()) == 1


class TestCorrection:
    @pytest.fixture
    def sent(self, session, login, send, held, anna, own):
        login(anna)
        send(held, answer_to(own, revise=[own.criteria[0].id], overall="Berätta mer."))
        review = session.scalars(select(Review)).one()
        session.commit()
        return review

    def test_is_a_new_row_with_a_reason(self, client, session, post, held, own, sent):
        answer = post(
            f"/granska/{held.id}/klart",
            answer_to(own, revise=[own.criteria[0].id], overall="Berätta mer om stödet.",
                      version=sent.id, reason="Otydligt"),
        )

        assert answer.status_code == 303
        first, second = session.scalars(select(Review).order_by(Review.id)).all()
        assert (second.corrects_id, second.reason) == (first.id, "Otydligt")
        assert second.round_id == first.round_id
        assert len(session.scalars(select(Notice)).all()) == 2
        page = client.get(f"/granska/{held.id}/klart").text
        assert "Berätta mer om stödet." in page
        assert "Otydligt" in page

    def test_needs_a_reason(self, post, held, own, sent):
        answer = post(f"/granska/{held.id}/klart", answer_to(own, version=sent.id))

        assert answer.status_code == 422
        assert "Skriv varför du ändrar" in answer.text

    def test_a_return_can_become_an_approval(self, session, post, held, own, sent, karin):
        post(f"/granska/{held.id}/klart", answer_to(own, version=sent.id, reason="Fel knapp"))

        assert fresh(session, held).state is SubmissionState.APPROVED
        assert session.scalars(select(Completion.enrollment_id)).all() == [karin.id]

    def test_comes_too_late_for_an_approval_when_a_new_text_has_come(
        self, session, post, held, own, sent
    ):
        row = fresh(session, held)
        session.add(second_round(session, row, own))
        row.round, row.state = 2, SubmissionState.SUBMITTED
        session.commit()
        approval = answer_to(own, version=sent.id, reason="Fel knapp")

        answer = post(f"/granska/{held.id}/klart", approval)

        assert answer.status_code == 422
        assert "ersatts av en ny version" in answer.text
        assert fresh(session, held).state is SubmissionState.SUBMITTED

    def test_what_was_earned_is_not_taken_away(
        self, session, login, post, send, held, anna, own
    ):
        login(anna)
        send(held, answer_to(own))
        review = session.scalars(select(Review)).one()

        answer = post(
            f"/granska/{held.id}/klart",
            answer_to(own, revise=[own.criteria[0].id], version=review.id, reason="Ångrar mig"),
        )

        assert answer.status_code == 422
        assert "Ångrar mig" in answer.text
        assert fresh(session, held).state is SubmissionState.APPROVED

    def test_of_what_somebody_corrected_first_shows_both(self, post, held, own, sent):
        fields = answer_to(own, revise=[own.criteria[0].id], version=sent.id, reason="Ett")
        post(f"/granska/{held.id}/klart", fields | {"overall": "Första rättelsen"})

        answer = post(f"/granska/{held.id}/klart", fields | {"overall": "Andra rättelsen"})

        assert answer.status_code == 409
        assert "Första rättelsen" in answer.text
        assert "Andra rättelsen" in answer.text

    def test_of_another_text_is_not_found(self, post, held, own, sent):
        fields = answer_to(own, version=sent.id + 99, reason="Fel")
        assert post(f"/granska/{held.id}/klart", fields).status_code == 404


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "-1", "x"])
def test_a_forged_round_or_review_breaks_nothing(login, post, session, anna, held, own, number):
    login(anna)
    forged = answer_to(own, reason="Fel", v=number)

    assert post(f"/granska/{held.id}", {"round": number}).status_code == 404
    assert post(f"/granska/{held.id}/klart", forged).status_code in (303, 404, 422)
