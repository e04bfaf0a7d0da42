"""An assignment that nobody assesses, and rows of several kinds: in a course of our own, which
proves that the pages know no course in particular."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from courses.models import Completion, CompletionEvent, Draft, Submission
from courses.vocabulary import Role
from tests.factories import make_cohort, make_enrollment, make_role, make_team, user_of

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
PU1, PU2 = "/uppgift/min-bro", "/uppgift/mina-tre-broar"
ROW = "a-broar-0-"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def course(small_course):
    return small_course


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course, due={"PU2": date(2026, 11, 5)})


@pytest.fixture
def karin(session, cohort):
    return make_enrollment(session, cohort, team=make_team(session, cohort))


@pytest.fixture
def as_karin(session, login, karin):
    return login(user_of(session, karin))


def finished(session, item="PU2"):
    session.rollback()
    return session.scalar(select(Completion).where(Completion.item_id == item))


class TestPage:
    def test_it_says_that_nothing_is_handed_in(self, client, as_karin):
        page = client.get(PU2).text

        assert "Uppgiften lämnas inte in och ingen bedömer den." in page
        assert "Ska vara klar senast 5 november 2026." in page
        assert "Markera som klar" in page
        assert "Så läses texten" not in page
        assert "allmän handling" not in page
        assert page.count('class="btn"') == 1

    def test_who_reads_is_said_where_two_do(self, client, as_karin, session, karin):
        team = karin.home_team_id
        page = client.get(f"/team/{team}/uppgift/vara-broar").text

        assert "Två utbildare läser den här uppgiften, var för sig." in page


class TestMarking:
    def test_it_is_done_by_oneself_and_can_be_taken_back(self, client, as_karin, post, session):
        answer = post(f"{PU2}/klar")

        assert answer.status_code == 303
        assert answer.location.endswith(f"{PU2}#klar")
        assert finished(session) is not None
        assert "klar 9 november 2026" in client.get(PU2).text

        post(f"{PU2}/angra")

        assert finished(session) is None
        assert session.scalars(select(CompletionEvent)).all()  # both events stay
        assert session.scalars(select(Submission)).all() == []

    def test_marking_twice_is_marking_once(self, as_karin, post, session):
        for _ in range(2):
            assert post(f"{PU2}/klar").status_code == 303

        assert len(session.scalars(select(CompletionEvent)).all()) == 1

    def test_what_is_handed_in_is_not_marked(self, as_karin, post, session):
        for step in ("klar", "angra"):
            answer = post(f"{PU1}/{step}")

            assert answer.status_code == 409
            assert "kan inte markeras som klar" in answer.text
        assert finished(session, "PU1") is None

    def test_it_cannot_be_handed_in(self, client, as_karin, post, session):
        post(f"{PU2}/skriv", {"v": "0", f"{ROW}bro": "Stenbron", f"{ROW}slag": "Sten"})

        answer = client.get(f"{PU2}/kontrollera")
        assert (answer.status_code, answer.location) == (303, PU2)
        answer = post(f"{PU2}/kontrollera", {"v": "1", "attest": "1"})
        assert answer.status_code == 409
        assert "lämnas inte in" in answer.text
        assert session.scalars(select(Submission)).all() == []

    def test_it_waits_for_its_module(self, session, course, login, post):
        cohort = make_cohort(session, course, opens={"PM1": date(2026, 12, 1)})
        login(user_of(session, make_enrollment(session, cohort)))

        assert post(f"{PU2}/klar").status_code == 409
        assert finished(session) is None

    def test_others_cannot_mark_it(self, client, session, cohort, login, post):
        login(make_role(session, Role.TRAINER, cohort=cohort))

        assert post(f"{PU2}/klar").status_code == 404

    def test_without_a_token_nothing_is_marked(self, client, as_karin, session):
        assert client.post(f"{PU2}/klar").status_code == 400
        assert finished(session) is None


class TestListed:
    def test_it_is_something_to_do_until_it_is_done(self, client, as_karin, post):
        assert "Mina tre broar" in client.get("/hem").text.partition("Moduler</h2>")[0]

        post(f"{PU2}/klar")

        assert "Mina tre broar" not in client.get("/hem").text.partition("Moduler</h2>")[0]

    def test_done_with_a_draft_it_is_done_in_the_module(self, client, as_karin, post):
        post(f"{PU2}/skriv", {"v": "0", f"{ROW}bro": "Stenbron"})
        post(f"{PU2}/klar")

        line = re.search(r"Mina tre broar</a>.*?</li>", client.get("/modul/start").text, re.DOTALL)

        assert "Klar" in line[0]
        assert "Utkast" not in line[0]

    def test_late_until_it_is_done(self, client, as_karin, post):
        assert "försenad" in client.get(PU2).text

        post(f"{PU2}/klar")

        assert "försenad" not in client.get(PU2).text
        assert "försenad" not in client.get("/hem").text.partition("Moduler</h2>")[0]


class TestWriting:
    def test_each_field_is_of_its_kind(self, client, as_karin):
        page = client.get(f"{PU2}/skriv").text

        assert f'<select id="{ROW}slag" name="{ROW}slag"><option value="">Välj</option>' in page
        assert re.search(rf'<input id="{ROW}sedd" name="{ROW}sedd" type="date"', page)
        assert re.search(rf'<textarea id="{ROW}om" name="{ROW}om" rows="4"', page)
        assert "Sedd den (frivilligt)" in page
        assert 'value="show">Spara</button>' in page

    def test_it_is_kept_and_shown_to_oneself(self, client, as_karin, post, session):
        answer = post(
            f"{PU2}/skriv",
            {
                "v": "0", "then": "show", f"{ROW}bro": "Stenbron", f"{ROW}slag": "Trä",
                f"{ROW}sedd": "2026-10-01", f"{ROW}om": "Den är gammal.",
            },
        )

        assert (answer.status_code, answer.location) == (303, PU2)
        page = client.get(PU2).text
        assert "Det du har skrivit" in page
        assert "1 oktober 2026" in page
        assert '<option value="Trä" selected>' in client.get(f"{PU2}/skriv").text

    def test_a_choice_is_kept_in_swedish_and_shown_in_the_readers_language(
        self, client, as_karin, post, session
    ):
        post(f"{PU2}/skriv?lang=en", {"v": "0", f"{ROW}bro": "X", f"{ROW}slag": "Sten"})

        assert session.scalars(select(Draft.answers)).one()["broar"][0]["slag"] == "Sten"
        assert '<td data-l="Material">Stone</td>' in client.get(f"{PU2}?lang=en").text
        assert (
            '<option value="Sten" selected>Stone</option>'
            in client.get(f"{PU2}/skriv?lang=en").text
        )

    def test_a_choice_that_is_none_is_not_kept(self, as_karin, post, session):
        post(f"{PU2}/skriv", {"v": "0", f"{ROW}bro": "X", f"{ROW}slag": "Guld"})

        assert session.scalars(select(Draft.answers)).one()["broar"][0]["slag"] == ""

    def test_what_lacks_is_told_at_its_field(self, client, as_karin, post):
        post(f"{PU2}/skriv", {"v": "0", f"{ROW}bro": "Stenbron", f"{ROW}sedd": "i maj"})

        page = client.get(f"{PU2}/skriv?brister=1").text

        assert f'<a href="#{ROW}slag">Fyll i ”Broar, rad 1: Material”.</a>' in page
        assert f'id="{ROW}slag-fel"' in page
        assert f'<a href="#{ROW}sedd">Skriv dagen i ”Broar, rad 1: Sedd den” med siffror' in page
        # a day in words would vanish in a date field
        assert f'<input id="{ROW}sedd" name="{ROW}sedd" aria-invalid="true"' in page
        assert 'value="i maj"' in page
        assert page.count('aria-invalid="true"') == 2
        assert "<title>Fel: " in page
