"""Handing in for somebody: who did it and why stands everywhere the text is shown."""

import pytest
from sqlalchemy import select

from courses.models import (
    Draft,
    Notice,
    OutboxMail,
    Review,
    ReviewDraft,
    Submission,
    SubmissionRound,
    User,
)
from courses.rules.reviews import Answer
from courses.vocabulary import NoticeKind, Role
from tests.factories import answers_to, make_role
from tests.reviewing import NOON, hold

pytestmark = pytest.mark.usefixtures("secrecy_done")
WHY = {
    "reason": "Nätet låg nere hela veckan.", "attested_by": "Deltagaren, på pappret",
    "attest": "1", "checked": "1",
}


@pytest.fixture
def address(karin, own):
    return f"/registrera/deltagare/{karin.id}/inlamning/{own.id}"


@pytest.fixture
def typed(own):
    return as_posted(own)


def as_posted(own):
    """What stands on the paper, as the form posts it."""
    found = {}
    for section in own.sections:
        value = answers_to(own)[section.id]
        if section.kind == "rows":
            found[f"rows-{section.id}"] = str(len(value))
            for place, row in enumerate(value):
                found |= {f"a-{section.id}-{place}-{name}": text for name, text in row.items()}
        else:
            found[f"a-{section.id}"] = value
    return found


@pytest.fixture
def registered(as_, post, anna, address, typed):
    client = as_(anna)
    answer = post(address, typed | WHY, on=client)
    assert answer.status_code == 303, answer.text
    return client


def test_a_row_more_hands_nothing_in(as_, post, anna, address, typed, session, own):
    rows = next(one for one in own.sections if one.kind == "rows")
    grown = int(typed[f"rows-{rows.id}"])

    answer = post(address, typed | WHY | {"add": rows.id}, on=as_(anna))

    assert answer.status_code == 200
    assert session.scalars(select(Submission)).all() == []
    assert f'name="rows-{rows.id}" value="{min(grown + 1, rows.max_rows)}"' in answer.text
    assert WHY["reason"] in answer.text


def test_the_page_offers_no_draft_to_save(as_, anna, address):
    assert 'name="at"' not in as_(anna).get(address).text


def test_it_is_frozen_with_who_and_why(registered, session, anna, own):
    round_ = session.scalars(select(SubmissionRound)).one()

    assert round_.submitted_by == anna.id
    assert round_.registered_reason == WHY["reason"]
    assert round_.attestation.endswith("(Deltagaren, på pappret)")
    assert round_.answers == answers_to(own)


def test_every_page_says_who_and_why(registered, as_, session, karin, own, bertil):
    submission = session.scalars(select(Submission)).one()
    session.commit()
    said = "Registrerad av Anna, för den som har skrivit."
    author = as_(karin)

    for page in ("kvitto", "versioner", "versioner/1"):
        shown = author.get(f"/uppgift/{own.slug}/{page}").text
        assert said in shown
        assert WHY["reason"] in shown
    assert said in as_(bertil).get(f"/granska/{submission.id}").text


def test_the_participant_is_told(registered, session, karin):
    told = session.scalars(select(Notice)).one()
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "receipt")).one()

    assert (told.user_id, told.kind) == (karin.user_id, NoticeKind.REGISTERED)
    assert mail.user_id == karin.user_id


def test_the_participants_own_draft_is_neither_read_nor_changed(
    as_, post, session, anna, karin, own, address, typed
):
    session.add(
        Draft(
            enrollment_id=karin.id, assignment_id=own.id, answers={"x": "Eget utkast"},
            updated_at=NOON, updated_by=karin.user_id,
        )
    )
    session.commit()
    trainer = as_(anna)
    assert "Eget utkast" not in trainer.get(address).text
    post(address, typed | WHY, on=trainer)

    assert session.scalars(select(Draft.answers)).one() == {"x": "Eget utkast"}


@pytest.mark.parametrize("missing", ["reason", "attested_by", "attest"])
def test_nothing_is_registered_without(as_, post, session, anna, address, typed, missing):
    answer = post(address, typed | WHY | {missing: ""}, on=as_(anna))

    assert answer.status_code == 422
    assert WHY["attested_by" if missing == "reason" else "reason"] in answer.text
    assert session.scalars(select(SubmissionRound)).all() == []


def test_a_personal_number_is_refused(as_, post, session, anna, own, address, typed):
    first = next(one for one in own.sections if one.kind == "text")
    answer = post(address, typed | WHY | {f"a-{first.id}": "Hon, 19811218-9876."}, on=as_(anna))

    assert answer.status_code == 422
    assert "19811218-9876" in answer.text
    assert session.scalars(select(SubmissionRound)).all() == []


def test_a_county_coordinator_may_and_others_may_not(
    as_, session, karin, nils, address, team, anna
):
    ulla = make_role(session, Role.COORDINATOR)
    session.commit()

    assert as_(ulla).get(address).status_code == 200
    assert as_(nils).get(address).status_code == 404


def test_nobody_for_oneself(as_, session, karin, cohort, address):
    make_role(session, Role.COORDINATOR, user=session.get_one(User, karin.user_id))
    session.commit()

    assert as_(karin).get(address).status_code == 404


@pytest.mark.parametrize("has_colleague", [True, False])
def test_another_trainer_answers_when_there_is_one(
    registered, as_, post, session, anna, own, cohort, has_colleague
):
    if has_colleague:
        make_role(session, Role.TRAINER, cohort=cohort)
    submission = session.scalars(select(Submission)).one()
    round_ = session.scalars(select(SubmissionRound)).one()
    hold(session, submission, anna)
    answer = Answer(
        levels={one.id: "approved" for one in own.criteria}, overall="Tack.", outcome="approve"
    )
    session.add(
        ReviewDraft(
            round_id=round_.id, reviewer_id=anna.id, content=answer.content(), updated_at=NOON
        )
    )
    session.commit()
    sent = post(f"/granska/{submission.id}/skicka", {"round": 1, "v": 1}, on=registered)

    assert sent.status_code == 303
    assert len(session.scalars(select(Review)).all()) == (0 if has_colleague else 1)
