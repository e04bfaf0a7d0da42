"""Whether a certificate is genuine: for anyone with the code, and nothing more for anyone."""

from datetime import timedelta

import pytest
import time_machine

from app import clock
from courses.vocabulary import CertificateState
from tests.cast import NORA, make_cast

CODE = "7K3M-9QXW-2HFT-R6ND"


@pytest.fixture
def certificate(session, course):
    cast = make_cast(session, course)
    session.commit()
    return cast.certificate


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), "7k3m9qxw2hftr6nd", " 7K3M 9QXW 2HFT R6ND ", "7K3M–9QXW–2HFT–R6ND"],
)
def test_a_code_is_found_however_it_is_typed(client, certificate, typed, count_statements):
    with count_statements() as statements:
        answer = client.get("/verifiera", query_string={"kod": typed})

    assert answer.status_code == 200
    assert "Intyget är giltigt" in answer.text
    assert len(statements) == 1


def test_everything_on_the_paper_is_shown_and_nothing_else(client, certificate):
    page = client.get(f"/verifiera/{certificate.token}").text

    for shown in (NORA, "Intyg: Processledarutbildning", "10 timmar",
                  "14 september 2026", "20 november 2026", "21 november 2026",
                  "Länsstyrelsen Västerbotten", CODE, "Kontrollerat "):
        assert shown in page
    assert "<script" not in page
    assert len(page.encode()) <= 15_000


@pytest.mark.parametrize(
    "state, words",
    [
        (CertificateState.REVOKED, "Intyget är återkallat"),
        (CertificateState.REPLACED, "Intyget är ersatt"),
        (CertificateState.EXPIRED, "Intyget har gått ut"),
    ],
)
def test_a_certificate_that_is_not_valid_says_since_when(
    client, session, certificate, state, words
):
    certificate.state, certificate.changed_at = state, clock.now()
    certificate.reason = "Hemligt skäl"
    session.commit()

    with time_machine.travel(clock.now() + timedelta(days=40)):
        page = client.get(f"/verifiera/{CODE}").text

    assert words in page
    assert "Intyget är giltigt" not in page
    assert str(certificate.changed_at.year) in page
    assert "Hemligt" not in page


@pytest.mark.parametrize(
    "typed", ["7K3M-9QXW-2HFT-R6NE", "nonsense", "x" * 500, "🎓", "' OR 1=1 --", "a\x00b"]
)
def test_malformed_and_unknown_get_the_same_answer(client, certificate, typed):
    answer = client.get("/verifiera", query_string={"kod": typed})

    assert answer.status_code == 404
    assert answer.text.count("Vi hittar inget intyg med den koden.") == 2


def test_the_address_gets_the_same_answer_as_the_form(client, certificate):
    answer = client.get("/verifiera/nonsense")

    assert answer.status_code == 404
    assert "Vi hittar inget intyg med den koden." in answer.text


def test_no_code_is_asked_for(client):
    answer = client.get("/verifiera?kod=")

    assert answer.status_code == 422
    assert "Skriv koden som står på intyget" in answer.text


@pytest.mark.parametrize("path", ["/verifiera", f"/verifiera/{CODE}", "/verifiera?kod=fel"])
def test_nothing_is_kept_by_browser_or_search_engine(client, certificate, path):
    headers = client.get(path).headers

    assert "noindex" in headers["X-Robots-Tag"]
    assert "no-store" in headers["Cache-Control"]
    assert "Set-Cookie" not in headers


def test_who_guesses_has_to_wait_and_who_knows_does_not(client, certificate):
    with time_machine.travel(clock.now().replace(second=10), tick=False):
        for _ in range(20):
            assert client.get(f"/verifiera/{CODE}").status_code == 200
        for number in range(10):
            assert client.get(f"/verifiera/guess-{number}").status_code == 404

        stopped = client.get(f"/verifiera/{CODE}")
        assert stopped.status_code == 429
        assert stopped.headers["Retry-After"] == "50"
        assert "Vänta 50 sekunder" in stopped.text
        other = client.get(f"/verifiera/{CODE}", environ_base={"REMOTE_ADDR": "192.0.2.7"})
        assert other.status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert client.get(f"/verifiera/{CODE}").status_code == 200


def test_in_english_the_paper_stays_swedish_and_says_so(client, certificate):
    page = client.get(f"/verifiera/{CODE}?lang=en").text

    assert "This certificate is valid" in page
    assert '<dd lang="sv">Intyg: Processledarutbildning</dd>' in page
