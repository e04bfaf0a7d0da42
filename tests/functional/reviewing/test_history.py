"""Every decision about an assignment on one page."""

from datetime import date, timedelta

import time_machine
from sqlalchemy import select

from app import db
from courses.models import Edition, SecrecyStop, SubmissionRound
from courses.services.promises import renew_promise
from courses.vocabulary import SubmissionState
from tests.factories import make_submission
from tests.reviewing import NOON, answer_to, fresh


def test_it_says_who_did_what_when_and_to_which_text(
    app, client, session, login, post, anna, bertil, own, submission, send
):
    submission.promised_on = date(2026, 11, 9)
    session.commit()
    with app.app_context(), db.transaction(app) as own_session:
        renew_promise(
            own_session, submission.id, to=date(2026, 11, 16), now=NOON, today=NOON.date()
        )
    login(anna)
    with time_machine.travel(NOON + timedelta(minutes=1)):
        post(f"/granska/{submission.id}/borja")
    with time_machine.travel(NOON + timedelta(minutes=2)):
        post(f"/granska/{submission.id}/svarsdag", {
            "to": "2026-11-18", "reason": "Bertil läser i stället.", "seen": "2026-11-16"})
    with time_machine.travel(NOON + timedelta(minutes=5)):
        login(bertil)
        post(f"/granska/{submission.id}/ta-over")
        send(submission, answer_to(own))

        page = client.get(f"/granska/{submission.id}/historik").text

    reference = session.scalars(select(SubmissionRound.reference)).first()
    order = [
        "Version 1 skickades in", "Ingen hade svarat den utlovade dagen.",
        "Granskningen började", "Bertil läser i stället.", "Granskningen togs över från Anna",
        "<b>Godkänd</b>", "Kriterierna som de löd i upplaga 1",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.count(reference) >= 3
    assert own.criteria[0].title in page


def test_a_correction_stands_beside_what_it_corrects(
    client, session, login, post, anna, own, held, send
):
    login(anna)
    send(held, answer_to(own, revise={own.criteria[0].id}))
    review_id = 1
    post(f"/granska/{held.id}/klart", answer_to(own) | {
        "v": review_id, "reason": "Jag läste fel stycke."})

    page = client.get(f"/granska/{held.id}/historik").text

    assert "<b>Komplettera</b>" in page
    assert "<b>Rättelse: Godkänd</b>" in page
    assert "Jag läste fel stycke." in page


def test_what_is_said_about_a_stopped_text_is_not_shown(
    client, session, login, anna, own, held, send
):
    login(anna)
    send(held, answer_to(own))
    round_ = session.scalars(select(SubmissionRound)).one()
    session.add(SecrecyStop(round_id=round_.id, passages=[], pressed_by=anna.id, pressed_at=NOON))
    fresh(session, held).state = SubmissionState.ON_HOLD
    session.commit()

    page = client.get(f"/granska/{held.id}/historik").text

    assert "Texten är stoppad för sekretess." in page
    assert own.criteria[0].title not in page


def test_registered_by_somebody_else_is_said_to_be(
    client, session, login, anna, bertil, own, cohort, karin
):
    submission = make_submission(session, cohort, karin, own, rounds=0)
    submission.round, submission.state = 1, SubmissionState.SUBMITTED
    submission.submitted_at = NOON
    session.add(SubmissionRound(
        submission_id=submission.id, number=1, reference="U1-TST-1 v1", answers={}, members=[],
        edition_digest=fresh_edition(session, cohort), content_digest=own.digest,
        attestation="Intygat", submitted_by=bertil.id, submitted_at=NOON,
        registered_reason="Kom med post.",
    ))
    session.commit()
    login(anna)

    page = client.get(f"/granska/{submission.id}/historik").text

    assert "Registrerad av Bertil" in page
    assert "Kom med post." in page


def fresh_edition(session, cohort):
    return session.get_one(Edition, cohort.edition_id).digest


def test_it_takes_a_fixed_number_of_statements(
    client, session, login, post, anna, submission, count_statements
):
    login(anna)
    counts = []
    for _ in range(2):
        with count_statements() as statements:
            assert client.get(f"/granska/{submission.id}/historik").status_code == 200
        counts.append(len(statements))
        post(f"/granska/{submission.id}/borja")

    assert counts[0] == counts[1] <= 8


def test_the_review_page_leads_there(client, login, anna, submission):
    login(anna)

    page = client.get(f"/granska/{submission.id}").text

    assert f"/granska/{submission.id}/historik" in page
    assert f"/granska/{submission.id}/svarsdag" in page
