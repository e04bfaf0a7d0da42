"""A draft sent to be read: a record, but no hand-in; answered without a decision."""

import pytest
from sqlalchemy import select

from courses.models import Draft, DraftReading, DraftReply, Submission
from courses.vocabulary import SubmissionState
from tests.factories import answers_to, make_submission, user_of
from tests.writing import make_draft

SENT = {"attest": "1", "checked": "1"}


@pytest.fixture
def page(own):
    return f"/uppgift/{own.slug}/utkastlasning"


@pytest.fixture
def draft(session, karin, own):
    from tests.reviewing import NOON

    draft = Draft(
        enrollment_id=karin.id, assignment_id=own.id, updated_at=NOON, updated_by=karin.user_id,
        answers=dict(list(answers_to(own).items())[:1]),
    )
    session.add(draft)
    session.commit()
    return draft


@pytest.fixture
def sent(as_, post, karin, draft, page, anna):
    client = as_(karin)
    answer = post(page, SENT | {"v": draft.version}, on=client)
    assert answer.status_code == 303
    return client


@pytest.fixture
def trainers_page(karin, own):
    return f"/granska/fragor/deltagare/{karin.id}/{own.id}/utkast/1"


class TestSending:
    def test_the_page_says_what_it_becomes(self, as_, karin, draft, page):
        shown = as_(karin).get(page).text

        assert "blir en allmän handling, även om den inte är färdig" in shown
        assert "Det är ingen inlämning" in shown

    def test_a_copy_is_frozen_and_nothing_is_handed_in(self, sent, session, own, page, draft):
        reading = session.scalars(select(DraftReading)).one()
        submission = session.scalars(select(Submission)).one()

        assert reading.answers == draft.answers
        assert reading.reference == f"{own.id}-NOR-{submission.id:04d} U1"
        assert (submission.state, submission.round) == (SubmissionState.DRAFT, 0)
        session.commit()
        assert "Ingen har läst det än." in sent.get(f"{page}/1").text
        assert "Utkast" in sent.get(f"/uppgift/{own.slug}").text

    def test_one_waits_at_a_time(self, sent, post, page, draft, session):
        again = post(page, SENT | {"v": draft.version}, on=sent)

        assert again.status_code == 409
        assert "väntar på svar" in again.text

    def test_not_without_attesting(self, as_, post, karin, draft, page):
        answer = post(page, {"v": draft.version, "checked": "1"}, on=as_(karin))

        assert answer.status_code == 422

    def test_not_when_the_draft_has_changed(self, as_, post, karin, draft, page):
        answer = post(page, SENT | {"v": draft.version + 1}, on=as_(karin))

        assert answer.status_code == 409
        assert "har ändrats" in answer.text

    def test_not_when_it_is_handed_in(self, as_, karin, draft, page, session, cohort, own):
        make_submission(session, cohort, karin, own, SubmissionState.SUBMITTED)
        session.commit()

        assert as_(karin).get(page).status_code == 303

    def test_a_personal_number_stops_it(self, as_, post, karin, draft, page, session, own):
        section = next(one for one in own.sections if one.kind == "text")
        draft.answers = {section.id: "Hon har 19811218-9876."}
        session.commit()
        answer = post(page, SENT | {"v": draft.version}, on=as_(karin))

        assert answer.status_code == 422
        assert session.scalars(select(DraftReading)).all() == []

    def test_only_the_pen_sends_the_teams(self, as_, nils, team, joint):
        address = f"/team/{team.id}/uppgift/{joint.slug}/utkastlasning"

        assert as_(nils).get(address).status_code == 403

    def test_the_teams_page_speaks_to_all_of_them(self, as_, karin, team, joint, session):
        make_draft(session, team, joint, by=user_of(session, karin))
        session.commit()

        page = as_(karin).get(f"/team/{team.id}/uppgift/{joint.slug}/utkastlasning").text

        assert "ni får inget beslut" in page
        assert "Det ni skickar in blir" in page


class TestReading:
    def test_a_trainer_comments_and_the_participant_reads(
        self, sent, as_, post, anna, page, trainers_page, own, session, thread
    ):
        section = own.sections[0]
        said = {"overall": "En god början.", f"comment-{section.id}": "Säg mer om vem."}
        trainer = as_(anna)
        assert "Ett utkast att läsa" in trainer.get("/granska/fragor").text
        assert post(trainers_page, said, on=trainer).status_code == 303

        assert thread().waiting_since is None
        shown = sent.get(f"{page}/1").text
        assert "En god början." in shown
        assert "Säg mer om vem." in shown
        assert session.scalars(select(DraftReply.comments)).one() == {
            section.id: "Säg mer om vem."
        }

    def test_the_second_keeps_the_text_and_is_told(
        self, sent, as_, post, anna, bertil, trainers_page
    ):
        post(trainers_page, {"overall": "En god början."}, on=as_(anna))
        second = post(trainers_page, {"overall": "Jag läste också."}, on=as_(bertil))

        assert second.status_code == 409
        assert "Anna har redan svarat på utkastet." in second.text
        assert "Jag läste också." in second.text

    def test_nothing_is_sent_without_a_word(self, sent, as_, post, anna, trainers_page):
        assert post(trainers_page, {"overall": ""}, on=as_(anna)).status_code == 422

    def test_nobody_else_reads_it(self, sent, as_, nils, trainers_page, page):
        client = as_(nils)

        assert client.get(trainers_page).status_code == 404
        assert client.get(f"{page}/1").status_code == 404
