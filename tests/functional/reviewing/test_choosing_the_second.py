"""Who reads as the second: chosen for a text, for a team, or nobody, with a reason."""

import pytest
from sqlalchemy import select

from courses.models import (
    LoneReading,
    SecondReader,
)
from courses.vocabulary import Role
from tests.factories import (
    LONG_AGO,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.reviewing import answer_to


class TestWhoReadsSecond:
    def test_another_is_chosen(self, session, cohort, post, pair):
        submission, browsers = pair
        cecilia = make_role(
            session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Cecilia")
        )
        session.commit()

        answer = post(
            f"/granska/{submission.id}/andra-lasare", {"round": 1, "reader": cecilia.id},
            on=browsers["Anna"],
        )

        assert answer.location == f"/granska/{submission.id}"
        page = browsers["Anna"].get(answer.location).text
        assert "Andra läsare: Cecilia, inte klar" in page

    def test_nobody_is_chosen(self, post, pair):
        submission, browsers = pair

        answer = post(
            f"/granska/{submission.id}/andra-lasare", {"round": 1, "reader": ""},
            on=browsers["Anna"],
        )

        assert answer.status_code == 422
        assert "Välj vem som läser som andra" in answer.text

    def test_the_first_says_why_nobody_reads_with_them(self, session, post, pair, gu5):
        submission, browsers = pair
        place = f"/granska/{submission.id}"
        post(f"{place}/borja", on=browsers["Anna"])
        page = browsers["Anna"].get(f"{place}/andra-lasare").text
        assert "Jag läser ensam" in page
        assert "Vem ser det här?</strong> När du har sparat: omgångens utbildare." in page

        post(
            f"{place}/ensam-lasare", {"round": 1, "reason": "Träffen är i morgon"},
            on=browsers["Anna"],
        )
        post(place, answer_to(gu5), on=browsers["Anna"])
        sent = post(f"{place}/skicka", {"round": 1, "v": 1}, on=browsers["Anna"])

        assert sent.location == f"{place}/klart"
        assert session.scalars(select(LoneReading.reason)).all() == ["Träffen är i morgon"]
        assert "Träffen är i morgon" in browsers["Bertil"].get(place).text

    def test_a_reason_is_needed(self, post, pair):
        submission, browsers = pair
        post(f"/granska/{submission.id}/borja", on=browsers["Anna"])

        answer = post(
            f"/granska/{submission.id}/ensam-lasare", {"round": 1, "reason": " "},
            on=browsers["Anna"],
        )

        assert answer.status_code == 422

    def test_an_assignment_for_one_reader_has_no_such_pages(
        self, client, login, post, submission, anna
    ):
        login(anna)

        for page in ("jamfor", "andra-lasare"):
            assert client.get(f"/granska/{submission.id}/{page}").status_code == 404
        answer = post(f"/granska/{submission.id}/ensam-lasare", {"round": 1, "reason": "x"})
        assert answer.status_code == 404


class TestTheTeamsPage:
    @pytest.fixture
    def place(self, client, session, login, cohort, anna, bertil):
        team = make_team(session, cohort, first_reader_id=anna.id)
        login(make_role(session, Role.COORDINATOR))
        return f"/samordna/team/{team.id}"

    def test_the_coordinator_says_who_reads_the_teams_work_second(
        self, client, session, post, place, anna, bertil
    ):
        answer = post(
            place, {"version": 1, "first_reader": anna.id, "second_reader": bertil.id}
        )

        assert answer.location == place
        assert session.scalars(select(SecondReader.reader_id)).all() == [bertil.id]
        assert client.get(place).text.count("Bertil") > 2

    def test_never_the_first(self, session, post, place, anna):
        answer = post(place, {"version": 1, "first_reader": anna.id, "second_reader": anna.id})

        assert answer.status_code == 422
        assert "kan inte vara samma person" in answer.text

    def test_nobody_any_longer(self, session, post, place, anna, bertil):
        post(place, {"version": 1, "first_reader": anna.id, "second_reader": bertil.id})

        post(place, {"version": 2, "first_reader": anna.id, "second_reader": ""})

        assert session.scalars(select(SecondReader)).all() == []


def test_who_reads_second_finds_what_somebody_without_a_team_handed_in(
    session, cohort, login, gu5
):
    lone = make_enrollment(session, cohort, user=make_user(session, name="Ensam Övning"))
    work = make_submission(session, cohort, lone, gu5)
    second = make_role(session, Role.TRAINER, cohort=cohort)
    session.add(
        SecondReader(
            submission_id=work.id, reader_id=second.id, named_by=second.id, named_at=LONG_AGO
        )
    )
    session.commit()

    assert f"{gu5.title}, Ensam Övning" in login(second).get("/granska").text
