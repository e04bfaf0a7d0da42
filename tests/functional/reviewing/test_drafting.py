"""A trainer writes and checks; nothing typed is lost."""

import pytest
from sqlalchemy import select

from app.login import passwords
from courses.models import Review, ReviewDraft, User
from tests.functional.test_rescue import hidden, log_in
from tests.reviewing import answer_to


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
        self, client, session, login, held, anna, own
    ):
        anna.password_hash = passwords.hash_password("hemligt")
        login(anna)
        form = hidden(client.get(f"/granska/{held.id}").text)
        client.delete_cookie("stegvis-login")

        shown = client.post(
            f"/granska/{held.id}", data=form | answer_to(own, overall="Skrivet förgäves?")
        )
        answer = log_in(client, shown, email=anna.email)

        assert shown.status_code == 400
        assert ">Sammanfattande kommentar</label>" in shown.text
        assert answer.location == f"/granska/{held.id}"
        assert session.scalars(select(ReviewDraft)).one().content["overall"] == "Skrivet förgäves?"
        assert session.scalars(select(Review)).all() == []


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
        assert "Komplettera senast 1 december 2026" in page
        assert "Tack för en tydlig text." in page

    def test_is_what_the_participant_then_reads(
        self, app, client, session, login, post, send, held, anna, karin, own
    ):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own, **{f"comment-{own.criteria[0].id}": "Bra."}))
        checked = client.get(f"/granska/{held.id}/kontrollera").text
        post(f"/granska/{held.id}/skicka", {"round": 1, "v": 1})
        reader = login(session.get_one(User, karin.user_id), on=app.test_client())

        read = reader.get(f"/uppgift/{own.slug}/aterkoppling").text

        assert _part(checked) == _part(read)
        assert "Tack för en tydlig text." in _part(read)
        assert "Bra." in _part(read)

    @pytest.mark.parametrize("fields,message", [
        ({"outcome": ""}, "Välj om uppgiften är godkänd eller ska kompletteras."),
        ({"outcome": "return", "due_on": "2026-12-01"}, "Beslutet stämmer inte med nivåerna."),
        ({"due_on": "i morgon"}, "due_on-fel"),
        ({"overall": "x" * 10_001}, "Skriv högst 10 000 tecken"),
        ({"overall": "Gäller det 19811228-9874?"}, "ser ut som ett personnummer"),
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


def _part(page):
    """From the outcome to the end of the criteria."""
    return page[page.index('<p class="lead"><strong>'):page.rindex("</section>")]
