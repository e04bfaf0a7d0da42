"""Two trainers read a text, each by themselves, and the first of them answers for both."""

import pytest
from sqlalchemy import select

from courses.models import (
    Enrollment,
    Reading,
    Review,
    ReviewDraft,
    SecondReader,
)
from courses.vocabulary import Role, SubmissionState
from tests.factories import make_role, user_of
from tests.reading import make_pair
from tests.reviewing import LATER, NOON, fresh


def reading(gu5, *, revise=(), overall="Mina ord", **fields):
    levels = {
        f"level-{c.id}": "revise" if c.id in revise else "approved" for c in gu5.criteria
    }
    return levels | {"overall": overall, "round": 1, "v": 0, "do": "ready"} | fields


@pytest.fixture
def both_done(post, pair, gu5):
    """Anna says approved, Bertil wants more on the first criterion."""
    submission, browsers = pair
    place = f"/granska/{submission.id}"
    key = gu5.criteria[0].id
    post(f"{place}/borja", on=browsers["Anna"])
    post(place, reading(gu5), on=browsers["Anna"])
    answer = post(
        place,
        reading(gu5, revise=[key], overall="Bertils ord", **{f"comment-{key}": "Skriv ut källan"}),
        on=browsers["Bertil"],
    )
    assert answer.location == f"{place}/jamfor"
    return submission, browsers


class TestReading:
    def test_the_second_reads_without_taking_it_from_the_first(self, post, pair, gu5):
        submission, browsers = pair
        post(f"/granska/{submission.id}/borja", on=browsers["Anna"])

        page = browsers["Bertil"].get(f"/granska/{submission.id}").text

        assert "Klar med min läsning" in page
        assert "Ta över granskningen" not in page
        assert "Andra läsare: Bertil, inte klar" in page
        assert "Första läsare: Anna, läser" in page

    def test_neither_sees_the_other_before_both_have_finished(self, post, pair, gu5):
        submission, browsers = pair
        place = f"/granska/{submission.id}"
        post(f"{place}/borja", on=browsers["Anna"])
        post(place, reading(gu5, overall="Annas hemliga ord"), on=browsers["Anna"])

        compared = browsers["Bertil"].get(f"{place}/jamfor")
        page = browsers["Bertil"].get(place).text

        assert compared.location == place
        assert browsers["Anna"].get(f"{place}/jamfor").location == place
        assert "Annas hemliga ord" not in page
        assert "Första läsare: Anna, klar" in page

    def test_another_trainer_of_the_cohort_does_not_see_the_readings(
        self, app, session, login, cohort, both_done
    ):
        submission, _browsers = both_done
        cecilia = make_role(session, Role.TRAINER, cohort=cohort)
        browser = login(cecilia, on=app.test_client())

        page = browser.get(f"/granska/{submission.id}")
        compared = browser.get(f"/granska/{submission.id}/jamfor")

        assert "Bertils ord" not in page.text
        assert compared.location == f"/granska/{submission.id}"

    def test_a_level_is_missing(self, session, post, pair, gu5):
        submission, browsers = pair
        post(f"/granska/{submission.id}/borja", on=browsers["Anna"])

        answer = post(
            f"/granska/{submission.id}", {"round": 1, "v": 0, "do": "ready"}, on=browsers["Anna"]
        )

        assert answer.status_code == 422
        assert f"Välj en nivå för {gu5.criteria[0].title}" in answer.text
        assert session.scalars(select(Reading)).all() == []

    def test_the_second_cannot_begin_as_the_first(self, post, pair):
        submission, browsers = pair

        answer = post(f"/granska/{submission.id}/borja", on=browsers["Bertil"])

        assert answer.status_code == 409
        assert "andra läsare" in answer.text

    def test_the_list_shows_it_until_the_second_has_read(self, post, pair, gu5):
        submission, browsers = pair
        link = f'href="/granska/{submission.id}"'
        before = browsers["Bertil"].get("/granska").text
        post(f"/granska/{submission.id}", reading(gu5), on=browsers["Bertil"])
        after = browsers["Bertil"].get("/granska").text

        assert "Du läser som andra läsare" in before
        assert before.count(link) == after.count(link) + 1
        assert "Du läser som andra läsare" not in after

    def test_the_next_text_is_never_the_one_that_one_reads_second(self, post, pair):
        submission, browsers = pair

        assert post("/granska/nasta", on=browsers["Bertil"]).location == "/granska"
        assert post("/granska/nasta", on=browsers["Anna"]).location == f"/granska/{submission.id}"

    def test_the_next_text_is_never_one_whose_first_reader_waits(
        self, app, session, login, cohort, post, pair, gu5
    ):
        submission, browsers = pair
        cecilia = make_role(session, Role.TRAINER, cohort=cohort)
        browser = login(cecilia, on=app.test_client())
        post(f"/granska/{submission.id}/borja", on=browsers["Anna"])
        post(f"/granska/{submission.id}", reading(gu5), on=browsers["Anna"])
        row = fresh(session, submission)
        row.claimed_until = None
        session.commit()

        assert post("/granska/nasta", on=browsers["Anna"]).location == "/granska"
        assert post("/granska/nasta", on=browser).location == "/granska"

    def test_both_find_the_comparison_and_the_way_back_from_the_text(self, both_done):
        submission, browsers = both_done

        for browser in browsers.values():
            page = browser.get(f"/granska/{submission.id}").text
            assert f'href="/granska/{submission.id}/jamfor"' in page
            assert f'action="/granska/{submission.id}/las-vidare"' in page

    def test_reading_on_takes_it_back(self, session, post, both_done):
        submission, browsers = both_done

        post(f"/granska/{submission.id}/las-vidare", {"round": 1}, on=browsers["Bertil"])

        page = browsers["Bertil"].get(f"/granska/{submission.id}").text
        assert "Klar med min läsning" in page
        assert "Bertils ord" in page
        assert browsers["Anna"].get(f"/granska/{submission.id}/jamfor").status_code == 303


class TestComparing:
    def test_what_differs_comes_first_and_what_is_agreed_is_chosen(self, both_done, gu5):
        submission, browsers = both_done

        page = browsers["Anna"].get(f"/granska/{submission.id}/jamfor").text

        assert "Ni skiljer er åt i 1 kriterium" in page
        assert "Skriv ut källan" in page
        first, last = gu5.criteria[0], gu5.criteria[-1]
        assert page.index(f'id="k-{first.id}"') < page.index(f'id="k-{last.id}"')
        assert f'<details id="k-{last.id}"' in page
        chosen = [
            line for line in page.split("<input") if "checked" in line and "level-" in line
        ]
        assert len(chosen) == len(gu5.criteria) - 1

    def test_a_comment_from_either_is_taken_along(self, session, post, both_done, gu5):
        submission, browsers = both_done
        key = gu5.criteria[0].id
        place = f"/granska/{submission.id}/jamfor"

        answer = post(
            place, joint(gu5, take=f"second:{key}", **{f"comment-{key}": "Bra början."}),
            on=browsers["Anna"],
        )

        assert answer.location == f"{place}#k-{key}"
        draft = session.scalars(
            select(ReviewDraft).where(ReviewDraft.content["overall"].as_string() == "Våra ord")
        ).one()
        assert draft.content["comments"][key] == "Bra början.\n\nSkriv ut källan"

    def test_the_second_sees_it_and_changes_nothing(self, post, both_done, gu5):
        submission, browsers = both_done
        place = f"/granska/{submission.id}/jamfor"

        page = browsers["Bertil"].get(place).text
        answer = post(place, joint(gu5), on=browsers["Bertil"])

        assert "Anna skriver ert gemensamma svar" in page
        assert 'name="overall"' not in page
        assert answer.location == f"/granska/{submission.id}"

    def test_an_unfinished_joint_answer_is_not_checked(self, post, both_done, gu5):
        submission, browsers = both_done

        answer = post(
            f"/granska/{submission.id}/jamfor", joint(gu5, outcome="", do="check"),
            on=browsers["Anna"],
        )

        assert answer.status_code == 422
        assert "Våra ord" in answer.text

    def test_from_comparing_to_the_answer_that_both_stand_behind(
        self, app, session, login, post, both_done, gu5
    ):
        submission, browsers = both_done
        place = f"/granska/{submission.id}"
        anna = browsers["Anna"]
        too_early = post(f"{place}/skicka", {"round": 1, "v": 1}, on=anna)
        assert too_early.location == place

        saved = post(f"{place}/jamfor", joint(gu5, do="check"), on=anna)
        assert saved.location == f"{place}/kontrollera"
        assert "Två utbildare har läst: Anna och Bertil" in anna.get(saved.location).text
        sent = post(f"{place}/skicka", {"round": 1, "v": 2}, on=anna)

        assert sent.location == f"{place}/klart"
        assert fresh(session, submission).state is SubmissionState.RETURNED
        review = session.scalars(select(Review)).one()
        assert review.overall == "Våra ord"
        member = session.scalars(select(Enrollment)).one()
        reader = login(user_of(session, member), on=app.test_client())
        page = reader.get(f"/team/{submission.team_id}/uppgift/{gu5.slug}/aterkoppling").text
        assert "Två utbildare har läst: Anna och Bertil" in page
        assert "Bertils ord" not in page


def joint(gu5, **fields):
    return reading(gu5, revise=[gu5.criteria[0].id], overall="Våra ord") | {
        "v": 1, "do": "save", "outcome": "return", "due_on": LATER.isoformat(),
    } | fields


def test_each_text_has_a_second_reader_of_its_own(session, cohort, gu5, post, request):
    """With another text before it whose second reader is settled and has not read."""
    other, anna, bertil = make_pair(session, cohort, gu5)
    session.add(
        SecondReader(submission_id=other.id, reader_id=bertil.id, named_by=anna.id, named_at=NOON)
    )
    submission, browsers = request.getfixturevalue("both_done")

    assert f"/granska/{submission.id}/jamfor" in browsers["Anna"].get("/granska").text
    assert post("/granska/nasta", on=browsers["Anna"]).location == f"/granska/{other.id}"
