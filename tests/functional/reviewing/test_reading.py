"""A trainer opens what was handed in, and takes it into their hands."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from courses.models import AccessEvent, AuditEvent, Review, User
from courses.vocabulary import Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.reviewing import NOON, answer_to, fresh, second_round


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
        session.add(second_round(session, again, own))
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
