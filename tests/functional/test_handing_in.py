"""Checking and handing in, and what comes of it.

Long because a hand-in is followed from the check page to the answer, with one cast."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import func, select

from app.mail.writing import write
from courses.models import (
    AuditEvent,
    CohortDeadline,
    Draft,
    OutboxMail,
    Review,
    Submission,
    SubmissionRound,
)
from courses.vocabulary import Outcome, Role, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
    user_of,
)
from tests.writing import fields_of, finish_first_lessons, make_draft

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
U1, GU1 = "/uppgift/mitt-uppdrag", "uppgift/teamets-overenskommelse"
TICKED = {"v": "1", "attest": "1"}


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def own(course):
    return course.items["U1"]


@pytest.fixture
def joint(course):
    return course.items["GU1"]


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def team(session, cohort):
    return make_team(session, cohort, name="Norrbyn")


@pytest.fixture
def karin(session, cohort, team, course):
    karin = make_enrollment(session, cohort, team=team, user=make_user(session, name="Karin"))
    team.holder_id = karin.id
    finish_first_lessons(session, karin, course)
    return karin


@pytest.fixture
def draft(session, karin, own):
    return make_draft(session, karin, own)


@pytest.fixture
def as_karin(session, login, karin):
    return login(user_of(session, karin))


@pytest.fixture
def trainer(session, cohort):
    tora = make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Tora"))
    session.commit()
    return tora


def only(session, model):
    session.rollback()
    return session.scalars(select(model)).one()


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def move_to(session, state, **fields):
    submission = only(session, Submission)
    submission.state = state
    for name, value in fields.items():
        setattr(submission, name, value)
    session.commit()


def answer_round(session, own, trainer, outcome=Outcome.RETURN, **fields):
    """A trainer answers the latest round."""
    latest = session.scalars(select(SubmissionRound).order_by(SubmissionRound.id.desc())).first()
    level = "approved" if outcome is Outcome.APPROVE else "revise"
    defaults = {
        "levels": {c.id: level for c in own.criteria}, "comments": {own.criteria[0].id: "Mer!"},
        "overall": "Det bär. **Berätta** mer om tiden.", "due_on": date(2026, 11, 30),
        "created_at": NOON + timedelta(hours=1),
    }
    session.add(
        Review(round_id=latest.id, reviewer_id=trainer.id, outcome=outcome, **defaults | fields)
    )
    session.commit()
    move_to(
        session,
        SubmissionState.APPROVED if outcome is Outcome.APPROVE else SubmissionState.RETURNED,
        due_on=defaults["due_on"] if outcome is Outcome.RETURN else None,
    )


# The check page


def test_everything_is_shown_before_it_is_sent(client, draft, as_karin, own):
    page = client.get(f"{U1}/kontrollera").text

    assert "Inget är inskickat än." in page
    for section in own.sections:
        assert section.label in page
    assert f'href="{U1}/skriv#a-tid"' in page
    assert f'href="{U1}/skriv#a-gors-redan-0-gor"' in page
    assert "2 november" not in page
    assert "30 november 2026" in page
    assert "allmän handling hos Länsstyrelsen Västerbotten" in page
    assert "Jag har läst igenom texten och den handlar inte om någon enskild person." in page


def test_what_is_missing_leads_to_its_field(client, session, as_karin, karin, own):
    answers = answers_to(own) | {"tid": " ", "samtal": "i går", "mandat": "x" * 1_201}
    answers["gors-redan"] = answers["gors-redan"][:2]
    make_draft(session, karin, own, answers)
    session.commit()

    page = unescape(client.get(f"{U1}/kontrollera").text)

    for message, anchor in [
        (f"Fyll i ”{own.section('tid').label}”.", "a-tid"),
        (f"Skriv dagen i ”{own.section('samtal').label}” med siffror", "a-samtal"),
        (f"Korta ”{own.section('mandat').label}”: det är 1\u00a0201 tecken", "a-mandat"),
        (f"Fyll i minst 3 rader i ”{own.section('gors-redan').label}”.", "a-gors-redan-0-gor"),
    ]:
        assert re.search(rf'{anchor}">{re.escape(message)}', page), message


def test_without_a_draft_one_writes_first(client, as_karin):
    assert client.get(f"{U1}/kontrollera").location == f"{U1}/skriv"


def test_a_personal_number_stops_the_hand_in(client, session, as_karin, karin, own, post):
    make_draft(session, karin, own, answers_to(own) | {"tid": "Chefen 850709-9805 sa ja."})
    session.commit()

    page = client.get(f"{U1}/kontrollera").text
    assert "<mark>850709-9805</mark>" in page
    assert "Ta bort det innan du skickar in." in page

    answer = post(f"{U1}/kontrollera", TICKED | {"checked": "1"})
    assert answer.status_code == 422
    assert count(session, Submission) == 0


def test_what_may_point_out_somebody_must_be_answered(
    client, session, as_karin, karin, own, post
):
    make_draft(session, karin, own, answers_to(own) | {"tid": "En 43-åring i Norsjö godkände."})
    session.commit()
    page = client.get(f"{U1}/kontrollera").text
    assert "<mark>43-åring i Norsjö</mark>" in page
    assert 'Ett ställe kan peka ut någon. <a href="#fynd">Visa stället</a>' in page
    assert page.count('id="fynd"') == 1

    unanswered = post(f"{U1}/kontrollera", TICKED)
    assert unanswered.status_code == 422
    assert 'href="#checked"' in unanswered.text
    assert count(session, Submission) == 0

    assert post(f"{U1}/kontrollera", TICKED | {"checked": "1"}).status_code == 303
    assert count(session, Submission) == 1


def test_the_check_page_says_why_and_which_ways_there_are(client, session, as_karin, karin, own):
    make_draft(session, karin, own, answers_to(own) | {"tid": "Det gällde 3 anmälningar i fjol."})
    session.commit()

    page = client.get(f"{U1}/kontrollera").text

    assert "<mark>3 anmälningar</mark>" in page
    assert "Talet är så litet att någon kan räkna ut vilka det gäller." in page
    assert f"/{U1.lstrip('/')}/skriv#a-tid" in page
    assert "”Färre än fem anmälningar under tre år.”" in page
    assert "Kryssa i att du har kontrollerat" in page


def test_of_what_the_guard_showed_only_the_kinds_are_kept(session, as_karin, karin, own, post):
    text = "Anna Lindberg, 850709-9805, gällde 3 anmälningar."
    draft = make_draft(session, karin, own, answers_to(own) | {"tid": text})
    session.commit()
    kinds = {"name": 1, "personal_number": 1, "small_number": 1}

    assert post(f"{U1}/kontrollera", TICKED | {"checked": "1"}).status_code == 422
    shown = only(session, AuditEvent)
    assert (shown.action, shown.details) == (
        "submission:guard", {"assignment": "U1", "shown": kinds}
    )

    draft.answers = answers_to(own) | {"tid": "Anna Lindberg sa ja."}
    session.commit()
    assert post(f"{U1}/kontrollera", TICKED | {"v": "2", "checked": "1"}).status_code == 303
    submitted = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "submission:submit")
    ).one()
    assert submitted.details == {"round": 1, "warned": {"name": 1}}


def test_the_attestation_must_be_ticked(session, draft, as_karin, post):
    answer = post(f"{U1}/kontrollera", {"v": "1"})

    assert answer.status_code == 422
    assert "<title>Fel:" in answer.text
    assert 'href="#attest"' in answer.text
    assert count(session, Submission) == 0


def test_a_draft_changed_since_it_was_read_is_shown_again(session, draft, as_karin, post):
    post(f"{U1}/skriv", {"a-tid": "Nytt", "v": "1"})

    answer = post(f"{U1}/kontrollera", TICKED)

    assert answer.status_code == 422  # what is left does not suffice
    assert count(session, Submission) == 0


def test_a_whole_draft_changed_since_it_was_read_is_shown_again(
    session, draft, as_karin, own, post
):
    answers = answers_to(own) | {"tid": "Helt ny text"}
    post(f"{U1}/skriv", fields_of(own, answers) | {"v": "1"})

    answer = post(f"{U1}/kontrollera", TICKED)

    assert answer.status_code == 409
    assert "Helt ny text" in answer.text
    assert "ändrats sedan du läste" in answer.text
    assert 'name="v" value="2"' in answer.text
    assert count(session, Submission) == 0


# Handing in


def test_a_hand_in_is_frozen_and_told(session, draft, as_karin, karin, own, course, post):
    answer = post(f"{U1}/kontrollera", TICKED)

    assert answer.location == f"{U1}/kvitto"
    submission, frozen = only(session, Submission), only(session, SubmissionRound)
    assert (submission.state, submission.round) == (SubmissionState.SUBMITTED, 1)
    assert submission.submitted_at == frozen.submitted_at == NOON
    assert submission.cohort_id == karin.cohort_id
    assert frozen.reference == f"U1-NOR-{submission.id:04d} v1"
    assert frozen.answers == answers_to(own)
    assert frozen.members == []
    assert (frozen.edition_digest, frozen.content_digest) == (course.digest, own.digest)
    assert frozen.attestation == course.texts["attestation"]
    assert frozen.submitted_by == karin.user_id
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "submission:submit")
    ).one()
    assert (event.object_id, event.actor_id) == (submission.id, karin.user_id)
    mail = only(session, OutboxMail)
    assert (mail.template, mail.user_id) == ("receipt", karin.user_id)
    assert mail.params["reference"] == frozen.reference
    assert mail.params["answer_by"] == "2026-11-23"


def test_the_receipt_comes_by_mail_too(app, session, draft, as_karin, post):
    post(f"{U1}/kontrollera", TICKED)
    mail = only(session, OutboxMail)

    message = write(app, mail, "Karin")

    text = message.get_content()
    assert message["Subject"] == f"Inskickad: Mitt uppdrag ({mail.params['reference']})"
    assert "9 november 2026" in text
    assert "senast 23 november 2026" in text
    assert f"http://localhost{U1}/kvitto" in text


def test_a_second_click_gets_the_first_ones_receipt(session, draft, as_karin, post):
    for _click in range(2):
        answer = post(f"{U1}/kontrollera", TICKED | {"idem": "the-same-form"})
        assert answer.location == f"{U1}/kvitto"

    assert count(session, SubmissionRound) == 1
    assert count(session, OutboxMail) == 1


def test_handing_in_twice_is_refused(session, draft, as_karin, post):
    post(f"{U1}/kontrollera", TICKED)

    answer = post(f"{U1}/kontrollera", TICKED)

    assert answer.status_code == 409
    assert "redan inskickad" in answer.text
    assert count(session, SubmissionRound) == 1


@pytest.mark.parametrize(
    "state,sentence",
    [
        (SubmissionState.IN_REVIEW, "redan inskickad"),
        (SubmissionState.APPROVED, "redan godkänd"),
        (SubmissionState.EXCUSED, "behöver inte göras"),
    ],
)
def test_no_hand_in_from_a_state_that_allows_none(
    client, session, draft, as_karin, cohort, karin, own, post, state, sentence
):
    make_submission(session, cohort, karin, own, state)
    session.commit()

    answer = post(f"{U1}/kontrollera", TICKED)

    assert answer.status_code == 409
    assert sentence in answer.text
    assert count(session, SubmissionRound) == 1
    assert client.get(f"{U1}/kontrollera").location == U1


def test_nothing_is_handed_in_before_the_lesson_on_secrecy(
    client, session, login, cohort, own, post
):
    person = make_enrollment(session, cohort)
    make_draft(session, person, own)
    login(user_of(session, person))
    assert "Lektionen ”" in client.get(f"{U1}/kontrollera").text

    answer = post(f"{U1}/kontrollera", TICKED)

    assert answer.status_code == 409
    assert "sekretess" in answer.text
    assert count(session, Submission) == 0


def test_nothing_is_handed_in_before_the_module_opens(session, login, course, own, post):
    cohort = make_cohort(session, course, opens={"M1": date(2026, 11, 10)})
    person = make_enrollment(session, cohort)
    finish_first_lessons(session, person, course)
    make_draft(session, person, own)
    login(user_of(session, person))

    answer = post(f"{U1}/kontrollera", TICKED)

    assert answer.status_code == 409
    assert "10 november 2026" in answer.text


def test_after_the_last_day_one_may_still_hand_in(session, draft, as_karin, own, post):
    session.scalars(
        select(CohortDeadline).where(CohortDeadline.item_id == own.id)
    ).one().due_on = date(2026, 11, 1)
    session.commit()

    assert post(f"{U1}/kontrollera", TICKED).status_code == 303


def test_joint_work_is_handed_in_for_the_team(
    app, client, session, login, cohort, team, karin, joint, post
):
    mate = make_enrollment(session, cohort, team=team, user=make_user(session, name="Olle"))
    make_draft(session, team, joint, by=user_of(session, karin))
    path = f"/team/{team.id}/{GU1}"
    login(user_of(session, mate))
    assert client.get(f"{path}/kontrollera").status_code == 403
    assert post(f"{path}/kontrollera", TICKED).status_code == 403
    login(user_of(session, karin))
    assert "Skicka in för Norrbyn" in client.get(f"{path}/kontrollera").text

    assert post(f"{path}/kontrollera", TICKED).location == f"{path}/kvitto"

    submission, frozen = only(session, Submission), only(session, SubmissionRound)
    assert (submission.team_id, submission.enrollment_id) == (team.id, None)
    assert [m["name"] for m in frozen.members] == ["Karin", "Olle"]
    assert frozen.reference.startswith("GU1-NOR-")
    assert f"http://localhost{path}/kvitto" in write(
        app, session.scalars(select(OutboxMail)).first(), "Karin"
    ).get_content()
    mails = session.scalars(select(OutboxMail.user_id).order_by(OutboxMail.user_id)).all()
    assert mails == sorted([karin.user_id, mate.user_id])
    login(user_of(session, mate))
    receipt = client.get(f"{path}/kvitto").text
    assert "Olle" in receipt
    assert "Ni får återkoppling senast" in receipt
    assert not re.search(r"\b(?:du|dig) (?:får|skickade|kan)\b|Ångrat dig", receipt, re.IGNORECASE)
    assert post(f"{path}/aterta").status_code == 403


def test_the_regional_teams_reference(session, login, course, joint, post):
    cohort = make_cohort(session, course)
    team = make_team(session, cohort, name="Regionalt team", organization_id=None)
    holder = make_enrollment(session, cohort, team=team)
    team.holder_id = holder.id
    finish_first_lessons(session, holder, course)
    make_draft(session, team, joint, by=user_of(session, holder))
    login(user_of(session, holder))

    assert post(f"/team/{team.id}/{GU1}/kontrollera", TICKED).status_code == 303
    assert only(session, SubmissionRound).reference.startswith("GU1-REG-")


# What comes of it


def test_the_receipt_can_be_opened_again(client, draft, as_karin, post):
    assert client.get(f"{U1}/kvitto").status_code == 404
    post(f"{U1}/kontrollera", TICKED)

    for _time in range(2):
        page = client.get(f"{U1}/kvitto").text
        assert "Uppgiften är inskickad" in page
        assert re.search(r"U1-NOR-\d{4} v1", page)
        assert "9 november 2026 kl. 12.00" in page
        assert "senast 23 november 2026" in page


def test_what_was_handed_in_can_be_taken_back(client, session, draft, as_karin, own, post):
    post(f"{U1}/kontrollera", TICKED)

    assert post(f"{U1}/aterta").location == U1

    assert only(session, Submission).state is SubmissionState.WITHDRAWN
    assert count(session, SubmissionRound) == 1
    assert "Återtagen" in client.get(U1).text
    assert "Uppgiften är återtagen" in client.get(f"{U1}/kvitto").text
    assert "Det här står under" in client.get(f"{U1}/skriv").text
    assert post(f"{U1}/kontrollera", TICKED).status_code == 303
    assert only(session, Submission).round == 2


@pytest.mark.parametrize(
    "state,claimed",
    [(SubmissionState.IN_REVIEW, False), (SubmissionState.SUBMITTED, True)],
)
def test_not_when_a_trainer_has_begun(
    client, session, draft, as_karin, trainer, post, state, claimed
):
    post(f"{U1}/kontrollera", TICKED)
    until = NOON + timedelta(minutes=30)
    move_to(session, state, **({"claimed_by": trainer.id, "claimed_until": until} if claimed
                               else {}))

    answer = post(f"{U1}/aterta")

    assert answer.status_code == 409
    assert "Granskningen har börjat" in answer.text
    assert only(session, Submission).state is state


def test_nothing_to_take_back(as_karin, post):
    assert post(f"{U1}/aterta").status_code == 409


def test_a_round_stays_as_it_was(client, draft, as_karin, own, session, trainer, post):
    post(f"{U1}/kontrollera", TICKED)
    answer_round(session, own, trainer)
    answers = answers_to(own) | {"tid": "Andra gången"}
    post(f"{U1}/skriv", fields_of(own, answers) | {"v": "1"})
    post(f"{U1}/kontrollera", TICKED | {"v": "2"})

    assert "Andra gången" not in client.get(f"{U1}/versioner/1").text
    assert "Andra gången" in client.get(f"{U1}/versioner/2").text
    listed = client.get(f"{U1}/versioner").text
    assert "v1" in listed
    assert "v2" in listed
    assert client.get(f"{U1}/versioner/3").status_code == 404
    assert [r.number for r in session.scalars(select(SubmissionRound)).all()] == [1, 2]
    assert "Du har skickat in en ny version" in client.get(f"{U1}/aterkoppling").text


def test_the_answer_stands_beside_the_text(client, session, draft, as_karin, own, trainer, post):
    post(f"{U1}/kontrollera", TICKED)
    assert client.get(f"{U1}/aterkoppling").status_code == 404
    answer_round(session, own, trainer)

    page = client.get(f"{U1}/aterkoppling").text

    assert page.index("Komplettera senast 30 november 2026") < page.index("Det bär.")
    assert "<strong>Berätta</strong>" in page
    assert "Mer!" in page
    assert own.criteria[0].revise in page
    assert "Det här står under" in page
    assert "Komplettera uppgiften" in page
    assert "Tora" in page
    first = client.get(U1).text
    assert "Komplettera" in first
    assert "Lämnas in senast 30 november 2026." in first


def test_a_second_round_begins_with_the_first_ones_text(
    client, session, as_karin, cohort, karin, own, trainer, post
):
    make_submission(session, cohort, karin, own, answers=answers_to(own) | {"tid": "Förr"})
    session.commit()
    answer_round(session, own, trainer)

    assert "Förr" in client.get(f"{U1}/skriv").text
    assert count(session, Draft) == 0


def test_an_approved_one_is_done(client, session, draft, as_karin, own, trainer, post):
    post(f"{U1}/kontrollera", TICKED)
    answer_round(session, own, trainer, Outcome.APPROVE)

    assert "Godkänd 9 november 2026" in client.get(f"{U1}/aterkoppling").text
    assert "Komplettera uppgiften" not in client.get(f"{U1}/aterkoppling").text
    assert "Fortsätt skriva" not in client.get(U1).text
    assert client.get(f"{U1}/skriv").location == U1


def test_a_correction_stands_instead(client, session, draft, as_karin, own, trainer, post):
    post(f"{U1}/kontrollera", TICKED)
    answer_round(session, own, trainer)
    first = only(session, Review)
    answer_round(
        session, own, trainer, Outcome.APPROVE, overall="Jag läste fel.", corrects_id=first.id,
        reason="Fel text", due_on=None,
    )

    page = client.get(f"{U1}/aterkoppling").text
    assert "Jag läste fel." in page
    assert "Det bär." not in page
    assert "är rättad" in page


def test_the_pages_take_eight_statements_at_most(
    client, session, draft, as_karin, own, trainer, post, count_statements
):
    with count_statements() as statements:
        client.get(f"{U1}/kontrollera")
    assert len(statements) <= 8
    post(f"{U1}/kontrollera", TICKED)
    answer_round(session, own, trainer)
    for path in ("", "/skriv", "/kontrollera", "/kvitto", "/versioner", "/versioner/1",
                 "/aterkoppling"):
        with count_statements() as statements:
            assert client.get(U1 + path).status_code == 200, path
        assert len(statements) <= 8, path


def test_a_post_without_a_token_hands_in_nothing(client, session, draft, as_karin):
    assert client.post(f"{U1}/kontrollera", data=TICKED).status_code == 400
    assert client.post(f"{U1}/aterta").status_code == 400
    assert count(session, Submission) == 0
