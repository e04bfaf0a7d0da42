"""Asking the trainers about an assignment, and what they answer."""

from datetime import date

import pytest
from sqlalchemy import func, select

from courses.models import Notice, TeamMember, ThreadMessage, ThreadReader
from courses.queries.my_data import own_rows
from courses.vocabulary import NoticeKind, Role, SubmissionState
from tests.factories import make_cohort, make_enrollment, make_role, make_submission

ASKED = {"text": "Hur lång ska texten vara?", "seen": "0"}



@pytest.fixture
def page(own):
    return f"/uppgift/{own.slug}/fraga"


@pytest.fixture
def trainers_page(karin, own):
    return f"/granska/fragor/deltagare/{karin.id}/{own.id}"


@pytest.fixture
def asked(as_, post, karin, page, anna):
    """Karin has asked."""
    client = as_(karin)
    assert post(page, ASKED, on=client).status_code == 303
    return client


class TestAsking:
    def test_it_becomes_a_record_and_the_page_says_so(self, asked, page):
        shown = asked.get(page).text

        assert "Hur lång ska texten vara?" in shown
        assert "Det du skickar in blir en allmän handling hos Länsstyrelsen" in shown
        assert "När du har skickat: du och omgångens utbildare." in shown

    def test_what_one_wrote_oneself_is_not_new_to_oneself(self, asked, page):
        shown = asked.get(page).text

        assert "Du <span" in shown
        assert ">Nytt<" not in shown
        assert "Markera som läst" not in shown

    def test_it_waits_for_the_trainers(self, asked, as_, anna, own, trainers_page):
        trainer = as_(anna)

        listed = trainer.get("/granska/fragor").text
        assert "Karin" in listed
        assert own.title in listed
        assert "En fråga" in listed
        assert "Hur lång ska texten vara?" in trainer.get(trainers_page).text

    def test_a_second_click_sends_nothing_more(self, as_, post, karin, page, session):
        client = as_(karin)
        same = ASKED | {"idem": "one-form"}
        answers = [post(page, same, on=client) for _ in range(2)]

        assert [one.status_code for one in answers] == [303, 303]
        assert session.scalar(select(func.count()).select_from(ThreadMessage)) == 1

    def test_nothing_is_sent_when_nothing_is_written(self, as_, post, karin, page):
        answer = post(page, {"text": " "}, on=as_(karin))

        assert answer.status_code == 422
        assert "Skriv ditt meddelande" in answer.text

    def test_a_personal_number_is_refused_and_what_was_typed_stays(
        self, as_, post, karin, page, session
    ):
        typed = "Det gäller 19811218-9876 hos oss."
        answer = post(page, {"text": typed, "checked": "1"}, on=as_(karin))

        assert answer.status_code == 422
        assert "Ta bort personnumret." in answer.text
        assert typed in answer.text
        assert session.scalars(select(ThreadMessage)).all() == []

    def test_what_may_point_out_somebody_is_asked_about_once(
        self, as_, post, karin, page, session
    ):
        client, typed = as_(karin), "Ring 070-174 06 05 till honom."
        first = post(page, {"text": typed}, on=client)
        second = post(page, {"text": typed, "checked": "1"}, on=client)

        assert first.status_code == 422
        assert "Jag har kontrollerat." in first.text
        assert second.status_code == 303
        assert session.scalars(select(ThreadMessage.text)).one() == typed

    def test_it_works_when_the_work_is_approved(
        self, as_, post, session, cohort, karin, own, page
    ):
        make_submission(session, cohort, karin, own, SubmissionState.APPROVED)
        session.commit()

        assert post(page, ASKED, on=as_(karin)).status_code == 303

    def test_what_was_written_survives_a_login_that_ran_out(
        self, app, as_, post, session, karin, page, client
    ):
        author = as_(karin)
        shown = author.get(page).text
        token = shown.split('name="author" value="', 1)[1].split('"', 1)[0]
        user_id = karin.user_id
        from werkzeug.datastructures import MultiDict

        from app.http import rescue
        from courses.models import User
        from courses.queries.identity import identity_of

        with app.test_request_context(page, method="POST"):
            from app import db

            kept = rescue.Kept(page, token, MultiDict({"text": "Halvskrivet", "seen": "0"}))
            assert kept.can_be_saved
            rescue._save(db.session(), user_id, kept)
            db.session().commit()
        assert "Halvskrivet</textarea>" in author.get(page).text
        assert session.scalars(select(ThreadMessage)).all() == []
        assert identity_of(session, session.get_one(User, user_id)).user_id == user_id


class TestAnswering:
    def test_the_answer_reaches_the_participant(
        self, asked, as_, post, anna, page, trainers_page, session, thread, own
    ):
        seen = session.scalars(select(ThreadMessage.id)).one()
        session.commit()
        answer = post(trainers_page, {"text": "En sida räcker.", "seen": seen}, on=as_(anna))

        assert answer.status_code == 303
        assert thread().waiting_since is None
        shown = asked.get(page).text
        assert "En sida räcker." in shown
        assert "Markera som läst" in shown
        assert "Nytt svar" in asked.get(f"/uppgift/{own.slug}").text
        told = session.scalars(select(Notice)).one()
        assert told.kind is NoticeKind.REPLY

    def test_what_is_read_is_no_longer_new(
        self, asked, as_, post, anna, page, trainers_page, session, own
    ):
        post(trainers_page, {"text": "En sida räcker.", "seen": 1}, on=as_(anna))
        last = session.scalar(select(func.max(ThreadMessage.id)))
        session.commit()

        assert post(f"{page}/last", {"seen": last}, on=asked).status_code == 303
        assert "Markera som läst" not in asked.get(page).text
        assert "Nytt svar" not in asked.get(f"/uppgift/{own.slug}").text

    def test_a_message_that_the_trainer_had_not_seen_waits_on(
        self, asked, as_, post, anna, page, trainers_page, session, thread
    ):
        first = session.scalars(select(ThreadMessage.id)).one()
        session.commit()
        post(page, {"text": "Och hur kort?", "seen": first}, on=asked)
        post(trainers_page, {"text": "En sida räcker.", "seen": first}, on=as_(anna))

        assert thread().waiting_since is not None

    def test_thanks_need_no_answer(self, asked, as_, post, anna, trainers_page, session, thread):
        last = session.scalar(select(func.max(ThreadMessage.id)))
        session.commit()
        answer = post(trainers_page, {"do": "settle", "seen": last}, on=as_(anna))

        assert answer.status_code == 303
        assert thread().waiting_since is None
        assert session.scalar(select(func.count()).select_from(ThreadMessage)) == 1

    def test_a_trainer_may_write_first(self, as_, post, anna, karin, page, trainers_page):
        answer = post(trainers_page, {"text": "Hur går det?", "seen": 0}, on=as_(anna))

        assert answer.status_code == 303
        assert "Hur går det?" in as_(karin).get(page).text

    def test_an_answer_with_a_personal_number_stays_in_the_form(
        self, asked, as_, post, anna, trainers_page
    ):
        typed = "Skriv aldrig 19811218-9876."
        answer = post(trainers_page, {"text": typed, "seen": 1}, on=as_(anna))

        assert answer.status_code == 422
        assert typed in answer.text


class TestWhoReads:
    def test_nobody_but_the_owner_and_the_trainers(
        self, asked, as_, nils, anna, bertil, trainers_page, session, course, page
    ):
        elsewhere = make_role(session, Role.TRAINER, cohort=make_cohort(session, course))
        coordinator = make_role(session, Role.COORDINATOR)

        assert as_(bertil).get(trainers_page).status_code == 200
        for other in (elsewhere, coordinator, nils):
            assert as_(other).get(trainers_page).status_code == 404
        assert "Hur lång" not in as_(nils).get(page).text

    def test_the_whole_team_reads_what_the_team_asks(
        self, as_, post, karin, nils, team, joint, session
    ):
        page = f"/team/{team.id}/uppgift/{joint.slug}/fraga"
        assert post(page, ASKED, on=as_(nils)).status_code == 303

        assert "Hur lång ska texten vara?" in as_(karin).get(page).text

    def test_who_has_left_reads_what_was_written_until_then(
        self, as_, post, karin, nils, team, joint, session, clock
    ):
        page = f"/team/{team.id}/uppgift/{joint.slug}/fraga"
        post(page, {"text": "Medan Nils var med.", "seen": 0}, on=as_(karin))
        row = session.get_one(TeamMember, (team.id, nils.id))
        row.left_on = date(2026, 11, 9)
        nils.home_team_id = None
        session.commit()
        clock.shift(3 * 24 * 3600)
        post(page, {"text": "Sedan Nils slutade.", "seen": 0}, on=as_(karin))

        copied = own_rows(session, nils.user_id)["thread_message"]
        assert [one["text"] for one in copied] == ["Medan Nils var med."]
        session.commit()

        reader = as_(nils)
        shown = reader.get(page)
        assert shown.status_code == 200
        assert "Medan Nils var med." in shown.text
        assert "Sedan Nils slutade." not in shown.text
        assert post(page, ASKED, on=reader).status_code == 403

    def test_a_trainer_who_takes_part_does_not_answer_oneself(
        self, session, cohort, as_, post, own, course
    ):
        both = make_enrollment(session, cohort)
        from courses.models import User

        make_role(session, Role.TRAINER, cohort=cohort, user=session.get_one(User, both.user_id))
        client = as_(both)
        post(f"/uppgift/{own.slug}/fraga", ASKED, on=client)

        listed = client.get("/granska/fragor").text
        assert "Ingen fråga väntar på svar." in listed
        answer = client.get(f"/granska/fragor/deltagare/{both.id}/{own.id}")
        assert answer.status_code == 404

    def test_what_is_unsent_is_nobody_elses(self, asked, as_, anna, trainers_page, session):
        session.add_all([
            ThreadReader(
                thread_id=session.scalars(select(ThreadMessage.thread_id)).one(),
                user_id=session.scalars(select(ThreadMessage.author_id)).one(), read_to=0,
                unsent={"message": {"text": "Hemligt utkast"}}, updated_at=date_of(session),
            )
        ] if not session.scalars(select(ThreadReader)).all() else [])
        for reader in session.scalars(select(ThreadReader)):
            reader.unsent = {"message": {"text": "Hemligt utkast"}}
        session.commit()

        assert "Hemligt utkast" not in as_(anna).get(trainers_page).text


def date_of(session):
    return session.scalars(select(ThreadMessage.at)).first()
