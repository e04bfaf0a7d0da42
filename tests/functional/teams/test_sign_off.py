"""Each authority in the team answers for the text that is handed in."""

import pytest
from sqlalchemy import func, select

from courses.models import Notice, ShownVersion, SignOff, SignOffWaiver, SubmissionRound
from courses.vocabulary import NoticeKind, Role
from tests.factories import make_enrollment, make_organization, make_role, make_user

TICKED = {"attest": "1"}


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def hand_in(trio, as_, post, session):
    def send():
        session.commit()
        session.refresh(trio.draft)
        return post(
            f"{trio.path}/kontrollera", TICKED | {"v": trio.draft.version},
            on=as_(trio.user(trio.karin)),
        )

    return send


@pytest.fixture
def answer(trio, as_, post):
    def say(shown, word="yes", line="", by=None):
        return post(
            f"{trio.path}/visade/{shown.id}", {"answer": word, "line": line},
            on=as_(trio.user(by or trio.yngve)),
        )

    return say


def test_nothing_is_handed_in_before_every_authority_approves(trio, as_, hand_in, session):
    page = text(as_(trio.user(trio.karin)).get(f"{trio.path}/kontrollera"))
    refused = hand_in()

    assert "Polisen: inte frågad." in page
    assert refused.status_code == 409
    assert "Det saknas från: Polisen." in text(refused)
    assert session.scalar(select(func.count(SubmissionRound.id))) == 0


def test_asking_shows_the_text_to_that_authority_alone_and_its_word_lets_it_through(
    trio, as_, post, hand_in, answer, session
):
    police = trio.police.id
    asked = post(f"{trio.path}/visa", {"v": 1, "till": police}, on=as_(trio.user(trio.karin)))
    shown = session.scalars(select(ShownVersion)).one()
    said = answer(shown)

    assert asked.status_code == said.status_code == 303
    assert shown.organization_id == police
    assert hand_in().status_code == 303
    kinds = dict(session.execute(select(Notice.kind, Notice.user_id)).all())
    assert kinds[NoticeKind.SIGN_OFF_ASKED] == trio.yngve.user_id
    assert kinds[NoticeKind.SIGN_OFF_ANSWERED] == trio.karin.user_id


def test_the_authority_that_is_asked_meets_the_question_first(trio, as_, answer):
    question = "Teamet frågar om Polisen godkänner innehållet."
    shown = trio.show(trio.police)
    asked = text(as_(trio.user(trio.yngve)).get(trio.path))
    others = text(as_(trio.user(trio.karin)).get(trio.path))
    answer(shown, "yes")

    assert asked.index(question) < asked.index('id="avsnitt"')
    assert question not in others
    assert question not in text(as_(trio.user(trio.yngve)).get(trio.path))


def test_not_yet_says_why_and_stops_until_it_is_taken_back(trio, as_, hand_in, answer):
    shown = trio.show(trio.police)
    without_a_word = answer(shown, "no")
    answer(shown, "no", "Siffrorna på sidan två är gamla.")

    page = text(as_(trio.user(trio.karin)).get(trio.path))
    version = text(as_(trio.user(trio.karin)).get(f"{trio.path}/visade/{shown.id}"))
    stopped = hand_in()
    answer(shown, "yes")

    assert without_a_word.status_code == 422
    assert "Siffrorna på sidan två är gamla." in page
    assert "Polisen kan ändra sitt svar här tills texten är inskickad." in version
    assert stopped.status_code == 409
    assert hand_in().status_code == 303


def test_a_changed_text_is_asked_about_again(trio, as_, hand_in, answer):
    shown = trio.show(trio.police)
    answer(shown)
    section = trio.write()

    check = text(as_(trio.user(trio.karin)).get(f"{trio.path}/kontrollera"))
    version = text(as_(trio.user(trio.karin)).get(f"{trio.path}/visade/{shown.id}"))

    assert "texten har ändrats, fråga igen" in check
    assert f"<li>{section.label}</li>" in version
    assert hand_in().status_code == 409
    answer(trio.show(trio.police))
    assert hand_in().status_code == 303


def test_the_text_as_it_was_when_it_was_approved_may_be_handed_in(trio, hand_in, answer):
    """Written to and back again: the text is what counts, not how often it was saved."""
    answer(trio.show(trio.police))
    section = trio.write()
    trio.write(f"Det här står under {section.label}.")

    assert hand_in().status_code == 303


def test_one_who_says_not_yet_outweighs_one_who_approves(trio, session, hand_in, answer):
    second = make_enrollment(
        session, trio.cohort, team=trio.team, organization_id=trio.police.id
    )
    shown = trio.show(trio.police)
    answer(shown, "no", "Vänta.", by=second)
    answer(shown, "yes")

    assert hand_in().status_code == 409


def test_the_coordinator_of_the_county_lets_one_be_left_out_with_a_reason(
    trio, session, as_, post, hand_in
):
    county = as_(make_role(session, Role.COORDINATOR))
    path = f"/samordna/team/{trio.team.id}/godkannande"
    fields = {"assignment": trio.joint.id, "authority": trio.police.id}
    bare = post(path, fields, on=county)

    given = post(path, fields | {"line": "Tjänsten är obesatt till mars."}, on=county)

    assert (bare.status_code, given.status_code) == (422, 303)
    assert session.scalars(select(SignOffWaiver)).one().waived_by is not None
    assert "Tjänsten är obesatt till mars." in text(as_(trio.user(trio.anders)).get(trio.path))
    assert hand_in().status_code == 303


def test_a_cohort_that_does_not_ask_needs_nobodys_word(trio, session, as_, post, hand_in):
    trio.cohort.needs_sign_off = False
    session.commit()
    karin = as_(trio.user(trio.karin))

    asked = post(f"{trio.path}/visa", {"v": 1, "till": trio.police.id}, on=karin)

    assert asked.status_code == 404
    assert hand_in().status_code == 303


def test_another_authority_neither_reads_nor_answers(trio, session, as_, answer):
    county = make_organization(session, name="Länsstyrelsen")
    third = make_enrollment(
        session, trio.cohort, team=trio.team, organization_id=county.id,
        user=make_user(session),
    )
    shown = trio.show(trio.police)

    assert as_(trio.user(third)).get(f"{trio.path}/visade/{shown.id}").status_code == 404
    assert answer(shown, by=third).status_code == 404
    assert answer(shown, by=trio.anders).status_code == 403
    assert session.scalar(select(func.count(SignOff.id))) == 0


def test_after_the_hand_in_there_is_nothing_to_answer(trio, session, hand_in, answer):
    shown = trio.show(trio.police)
    answer(shown)
    hand_in()

    assert answer(shown, "no", "För sent.").status_code == 409
