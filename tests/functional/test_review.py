"""A trainer reads, writes, checks, sends: from the claim to the answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from courses.models import (
    AccessEvent,
    AuditEvent,
    Completion,
    OutboxMail,
    Review,
    ReviewDraft,
    Submission,
    User,
)
from courses.vocabulary import Outcome, Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
)

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
LATER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def anna(session, cohort):
    return make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Anna"))


@pytest.fixture
def bertil(session, cohort):
    return make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Bertil"))


@pytest.fixture
def own(course):
    return next(a for a in course.assignments if not a.is_joint)


@pytest.fixture
def karin(session, cohort):
    return make_enrollment(session, cohort, user=make_user(session, name="Karin"))


@pytest.fixture
def submission(session, cohort, karin, own):
    return make_submission(session, cohort, karin, own)


@pytest.fixture
def held(session, submission, anna):
    """In Anna's hands since five minutes."""
    return hold(session, submission, anna)


def hold(session, submission, trainer, *, minutes=25):
    submission.state = SubmissionState.IN_REVIEW
    submission.claimed_by = trainer.id
    submission.claimed_until = NOON + timedelta(minutes=minutes)
    session.commit()
    return submission


def answer_to(assignment, *, revise=(), number=1, version=0, **fields):
    """A form that says approved everywhere but for the criteria in `revise`."""
    levels = {
        f"level-{c.id}": "revise" if c.id in revise else "approved" for c in assignment.criteria
    }
    outcome = {"outcome": "return", "due_on": LATER.isoformat()} if revise else {
        "outcome": "approve"}
    return levels | outcome | {
        "overall": "Tack för en tydlig text.", "round": number, "v": version, "do": "check",
    } | fields


@pytest.fixture
def send(post):
    """Save what is checked, and send it."""

    def save_and_send(submission, fields, **kwargs):
        saved = post(f"/granska/{submission.id}", fields, **kwargs)
        assert saved.status_code == 303
        return post(
            f"/granska/{submission.id}/skicka",
            {"round": fields["round"], "v": fields["v"] + 1}, **kwargs,
        )

    return save_and_send


def fresh(session, submission):
    session.commit()
    session.expire_all()
    return session.get_one(Submission, submission.id)


class TestReading:
    def test_shows_the_frozen_text_and_says_who_opened_it(
        self, client, session, login, submission, anna, own, karin
    ):
        login(anna)

        page = client.get(f"/granska/{submission.id}").text

        assert f"Det här står under {own.sections[-1].label}" in page
        assert own.sections[0].label in page
        assert "Börja granska" in page
        line = session.scalars(select(AccessEvent)).one()
        assert (line.actor_id, line.subject_id) == (anna.id, karin.user_id)
        assert line.what == f"submission:{submission.id}"

    def test_a_joint_text_names_its_team(
        self, client, session, login, cohort, anna, course
    ):
        joint = next(a for a in course.assignments if a.is_joint)
        team = make_team(session, cohort, name="Team Granåsa")
        make_enrollment(session, cohort, team=team, user=make_user(session, name="Olle"))
        submission = make_submission(session, cohort, team, joint)
        login(anna)

        page = client.get(f"/granska/{submission.id}").text

        assert "Team Granåsa" in page
        assert "Olle" in page
        line = session.scalars(select(AccessEvent)).one()
        assert line.subject_id is None
        assert line.what == f"submission:{submission.id} team:{team.id}"

    def test_a_text_cannot_hurt_who_reads_it(self, client, session, login, cohort, karin, anna,
                                             own):
        bad = {s.id: "<script>x</script>" for s in own.sections if s.kind in ("text", "short")}
        submission = make_submission(session, cohort, karin, own, answers=bad)
        login(anna)

        page = client.get(f"/granska/{submission.id}").text

        assert "<script>x" not in page
        assert "&lt;script&gt;" in page

    def test_an_earlier_round_stands_below_with_its_answer(
        self, client, session, login, post, send, held, anna, own
    ):
        login(anna)
        send(held, answer_to(own, revise=[own.criteria[0].id], overall="Berätta mer."))
        again = fresh(session, held)
        again.state, again.round = SubmissionState.SUBMITTED, 2
        session.add(_second_round(session, again, own))
        session.commit()

        page = client.get(f"/granska/{held.id}").text

        assert "version 2" in page
        assert "Berätta mer." in page

    def test_withdrawn_is_not_shown(self, client, session, login, cohort, karin, anna, own):
        submission = make_submission(session, cohort, karin, own, SubmissionState.WITHDRAWN)
        login(anna)

        page = client.get(f"/granska/{submission.id}").text

        assert "Texten är återtagen" in page
        assert "Det här står under" not in page

    @pytest.mark.parametrize("state", [SubmissionState.ON_HOLD, SubmissionState.EXCUSED])
    def test_stopped_is_not_shown(self, client, session, login, cohort, karin, anna, own, state):
        submission = make_submission(session, cohort, karin, own, state)
        login(anna)

        assert "Det här står under" not in client.get(f"/granska/{submission.id}").text

    def test_takes_few_statements(self, client, login, held, bertil, count_statements):
        login(bertil)
        with count_statements() as statements:
            assert "Anna" in client.get(f"/granska/{held.id}").text
        assert len(statements) <= 8

    @pytest.mark.parametrize("width", ["sv", "en"])
    def test_speaks_both_languages(self, client, login, held, anna, width):
        login(anna)
        page = client.get(f"/granska/{held.id}?lang={width}").text
        assert ("Save draft" if width == "en" else "Spara utkast") in page


class TestClaim:
    def test_begins_the_review_for_half_an_hour(self, session, login, post, submission, anna):
        login(anna)

        assert post(f"/granska/{submission.id}/borja").status_code == 303

        row = fresh(session, submission)
        assert (row.state, row.claimed_by) == (SubmissionState.IN_REVIEW, anna.id)
        assert row.claimed_until == NOON + timedelta(minutes=30)
        assert session.scalars(select(AuditEvent.action)).all() == ["review:claim"]

    def test_another_reads_and_sees_who_has_it(self, client, login, post, submission, anna,
                                               bertil):
        login(anna)
        post(f"/granska/{submission.id}/borja")
        login(bertil)

        page = client.get(f"/granska/{submission.id}").text

        assert "Anna började granska kl. 12.00. Du kan läsa." in page
        assert "Ta över granskningen" in page
        assert "Spara utkast" not in page
        assert post(f"/granska/{submission.id}/borja").status_code == 409

    def test_runs_out(self, client, session, login, post, held, bertil, clock):
        login(bertil)
        clock.move_to(NOON + timedelta(minutes=26))

        assert "Börja granska" in client.get(f"/granska/{held.id}").text
        assert post(f"/granska/{held.id}/borja").status_code == 303
        assert fresh(session, held).claimed_by == bertil.id

    def test_that_ran_out_lets_its_owner_go_on_writing(self, client, login, held, anna, clock):
        login(anna)
        clock.move_to(NOON + timedelta(minutes=50))

        assert "Spara utkast" in client.get(f"/granska/{held.id}").text

    def test_is_renewed_by_saving(self, session, login, post, held, anna, own, clock):
        login(anna)
        clock.move_to(NOON + timedelta(minutes=20))

        post(f"/granska/{held.id}", answer_to(own, do="save"))

        assert fresh(session, held).claimed_until == NOON + timedelta(minutes=50)

    def test_can_be_taken_over_and_that_is_written_down(
        self, session, login, post, held, anna, bertil
    ):
        login(bertil)

        assert post(f"/granska/{held.id}/ta-over").status_code == 303

        assert fresh(session, held).claimed_by == bertil.id
        event = session.scalars(select(AuditEvent)).one()
        assert (event.action, event.actor_id) == ("review:take_over", bertil.id)
        assert event.details == {"round": 1, "from_id": anna.id}

    def test_who_lost_it_keeps_the_text_and_cannot_send(
        self, client, session, login, post, app, held, anna, bertil, own
    ):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own))
        other = login(bertil, on=app.test_client())
        post(f"/granska/{held.id}/ta-over", on=other)

        sent = post(f"/granska/{held.id}/skicka", {"round": 1, "v": 1})
        saved = post(f"/granska/{held.id}", answer_to(own, version=1, overall="Nytt."))

        assert sent.location == saved.location == f"/granska/{held.id}"
        assert session.scalars(select(Review)).all() == []
        assert fresh(session, held).claimed_by == bertil.id
        assert "Nytt." in client.get(f"/granska/{held.id}").text


class TestDraft:
    def test_comes_back_as_it_was_typed(self, client, login, post, held, anna, own):
        login(anna)
        fields = {"overall": "Halvfärdigt", "round": 1, "v": 0, "do": "save"}

        answer = post(f"/granska/{held.id}", fields)

        assert answer.location == f"/granska/{held.id}#sparat"
        page = client.get(f"/granska/{held.id}").text
        assert "Halvfärdigt" in page
        assert "Utkastet sparat 9 november 2026 kl. 12.00" in page

    def test_is_nobody_elses(self, client, login, post, held, anna, bertil, own):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own, do="save", overall="Hemligt"))
        login(bertil)

        assert "Hemligt" not in client.get(f"/granska/{held.id}").text

    def test_saved_in_two_windows_shows_both(self, session, login, post, held, anna, own):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own, do="save", overall="Det ena"))

        answer = post(f"/granska/{held.id}", answer_to(own, do="save", overall="Det andra"))

        assert answer.status_code == 409
        assert "Det ena" in answer.text
        assert "Det andra" in answer.text
        assert 'name="v" value="1"' in answer.text
        assert session.scalars(select(ReviewDraft)).one().content["overall"] == "Det ena"

    def test_of_a_round_that_is_not_there(self, login, post, held, anna, own):
        login(anna)
        for number in ("7", "", "x"):
            answer = post(f"/granska/{held.id}", answer_to(own, number=number))
            assert answer.status_code == 404

    def test_written_when_the_login_ran_out_is_saved_after_logging_in(
        self, app, client, session, login, post, held, anna, own
    ):
        from app import passwords, rescue
        anna.password_hash = passwords.hash_password("ett långt lösenord")
        login(anna)
        page = client.get(f"/granska/{held.id}").text
        author = page.split('name="author" value="', 1)[1].split('"', 1)[0]
        with app.test_request_context():
            fields = rescue.MultiDict(
                {k: str(v) for k, v in answer_to(own, overall="Skrivet förgäves?").items()}
            )
            kept = rescue.Kept(f"/granska/{held.id}", author, fields)
            with app.extensions["database"].session(writes=True) as other:
                from flask import g
                g.session = other
                target = rescue._save(other, anna.id, kept)
                other.commit()

        assert target == f"/granska/{held.id}"
        assert session.scalars(select(ReviewDraft)).one().content["overall"] == "Skrivet förgäves?"


class TestCheck:
    def test_shows_what_the_participant_will_read(self, client, login, post, held, anna, own):
        login(anna)
        criterion = own.criteria[0]
        answer = post(
            f"/granska/{held.id}",
            answer_to(own, revise=[criterion.id],
                      **{f"comment-{criterion.id}": "Nämn **en** källa till."}),
        )

        assert answer.location == f"/granska/{held.id}/kontrollera"
        page = client.get(answer.location).text
        assert "<strong>en</strong>" in page
        assert "senast 1 december 2026" in page
        assert "Tack för en tydlig text." in page

    @pytest.mark.parametrize("fields,message", [
        ({"outcome": ""}, "Välj om uppgiften är godkänd eller ska kompletteras."),
        ({"outcome": "return", "due_on": "2026-12-01"}, "Beslutet stämmer inte med nivåerna."),
        ({"due_on": "i morgon"}, "due_on-fel"),
        ({"overall": "x" * 10_001}, "Skriv högst 10 000 tecken"),
    ])
    def test_what_is_wrong_is_said_and_nothing_is_lost(
        self, login, post, held, anna, own, fields, message
    ):
        login(anna)
        criterion = own.criteria[0]

        answer = post(
            f"/granska/{held.id}",
            answer_to(own, **{f"comment-{criterion.id}": "Min kommentar"} | fields),
        )

        assert answer.status_code == 422
        assert message in answer.text
        assert "Min kommentar" in answer.text
        assert 'id="fel"' in answer.text

    def test_every_criterion_needs_a_level(self, login, post, held, anna, own):
        login(anna)
        criterion = own.criteria[0]

        answer = post(f"/granska/{held.id}",
                      answer_to(own, **{f"level-{criterion.id}": ""}))

        assert answer.status_code == 422
        assert f"Välj en nivå för {criterion.title}" in answer.text
        assert f'href="#level-{criterion.id}"' in answer.text

    @pytest.mark.parametrize("due_on", ["", "2026-11-08"])
    def test_a_return_needs_a_date_to_come(self, login, post, held, anna, own, due_on):
        login(anna)
        fields = answer_to(own, revise=[own.criteria[0].id], due_on=due_on)

        answer = post(f"/granska/{held.id}", fields)

        assert answer.status_code == 422
        assert "Välj ett datum som inte har varit." in answer.text

    def test_a_return_needs_a_word(self, login, post, held, anna, own):
        login(anna)
        fields = answer_to(own, revise=[own.criteria[0].id], overall=" ")

        assert "Skriv vad som behöver kompletteras." in post(
            f"/granska/{held.id}", fields).text

    def test_without_a_draft_there_is_nothing_to_check(self, client, login, held, anna):
        login(anna)
        assert client.get(f"/granska/{held.id}/kontrollera").location == f"/granska/{held.id}"

    def test_the_date_is_filled_in_three_weeks_of_work_ahead(self, client, login, held, anna):
        login(anna)
        assert 'value="2026-11-30"' in client.get(f"/granska/{held.id}").text


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
        mail = session.scalars(select(OutboxMail)).one()
        assert (mail.user_id, mail.template) == (karin.user_id, "feedback")
        assert "Tack" not in str(mail.params)
        assert session.scalars(select(ReviewDraft)).all() == []
        done = client.get(answer.location).text
        assert "Återkopplingen är skickad" in done
        assert "Granska nästa" in done

    def test_a_return_sets_the_new_date(self, session, login, send, held, anna, own):
        login(anna)

        send(held, answer_to(own, revise=[own.criteria[0].id]))

        row = fresh(session, held)
        assert (row.state, row.due_on) == (SubmissionState.RETURNED, LATER)
        assert session.scalars(select(Completion)).all() == []
        assert len(session.scalars(select(OutboxMail)).all()) == 1

    def test_joint_approval_finishes_it_for_everyone_at_home(
        self, session, login, send, cohort, anna, course
    ):
        joint = next(a for a in course.assignments if a.is_joint)
        team = make_team(session, cohort)
        home = [make_enrollment(session, cohort, team=team) for _ in range(3)]
        make_enrollment(session, cohort)
        submission = hold(session, make_submission(session, cohort, team, joint), anna)
        login(anna)

        send(submission, answer_to(joint))

        assert set(session.scalars(select(Completion.enrollment_id))) == {p.id for p in home}
        assert set(session.scalars(select(OutboxMail.user_id))) == {p.user_id for p in home}

    def test_twice_is_once(self, session, login, post, held, anna, own):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own))
        fields = {"round": 1, "v": 1, "idem": "same"}

        first = post(f"/granska/{held.id}/skicka", fields)
        second = post(f"/granska/{held.id}/skicka", fields)

        assert first.location == second.location == f"/granska/{held.id}/klart"
        assert len(session.scalars(select(Review)).all()) == 1
        assert len(session.scalars(select(OutboxMail)).all()) == 1

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
            session.add(_second_round(session, row, own))
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
        assert len(session.scalars(select(OutboxMail)).all()) == 2
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


PAGES = ["", "/kontrollera", "/klart", "/krock/1"]
POSTS = ["", "/borja", "/ta-over", "/skicka", "/klart"]


@pytest.mark.parametrize("who", ["stranger", "participant", "other trainer", "coordinator"])
def test_others_learn_nothing(client, session, login, post, course, cohort, karin, held, own, who):
    people = {
        "stranger": lambda: make_user(session),
        "participant": lambda: session.get_one(User, karin.user_id),
        "other trainer": lambda: make_role(
            session, Role.TRAINER, cohort=make_cohort(session, course)),
        "coordinator": lambda: make_role(session, Role.COORDINATOR, cohort=cohort),
    }
    login(people[who]())

    assert {client.get(f"/granska/{held.id}{page}").status_code for page in PAGES} == {404}
    assert {post(f"/granska/{held.id}{to}", answer_to(own)).status_code for to in POSTS} == {404}
    assert session.scalars(select(AccessEvent)).all() == []


def test_what_is_not_there_and_what_is_not_handed_in_are_not_found(
    client, session, login, cohort, karin, anna, own
):
    draft = make_submission(session, cohort, karin, own, SubmissionState.DRAFT, rounds=0)
    login(anna)

    assert client.get(f"/granska/{draft.id}").status_code == 404
    assert client.get("/granska/999999").status_code == 404


def test_nobody_is_sent_to_the_login_page(client, session, held):
    assert client.get(f"/granska/{held.id}").location.startswith("/logga-in")


@pytest.mark.parametrize("to", POSTS)
def test_every_form_needs_a_token(client, login, held, anna, to):
    login(anna)
    assert client.post(f"/granska/{held.id}{to}").status_code == 400


def _second_round(session, submission, assignment):
    from courses.models import SubmissionRound
    first = session.scalars(
        select(SubmissionRound).where(SubmissionRound.submission_id == submission.id)
    ).one()
    columns = {
        c.key: getattr(first, c.key) for c in SubmissionRound.__table__.columns if c.key != "id"
    }
    reference = f"{assignment.id}-TST-{submission.id:04} v2"
    return SubmissionRound(**columns | {"number": 2, "reference": reference})
