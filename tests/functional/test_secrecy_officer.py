"""The secrecy officer: the list, one case from the take-over to its end, each step on record."""

import pytest
import time_machine
from sqlalchemy import select

from courses.models import AccessEvent, Cohort, SecrecyStep, SecrecyStop, SubmissionRound
from courses.rules.secrecy import Passage
from courses.vocabulary import Role, SecrecyStepKind, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
)
from tests.reviewing import NOON, fresh, second_round
from tests.stopping import WORDS, stop_round


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def place(session, course):
    cohort = make_cohort(session, course)
    author = make_enrollment(session, cohort, team=make_team(session, cohort))
    assignment = course.items["U1"]
    section = next(one for one in assignment.sections if one.kind == "text").id
    submission = make_submission(
        session, cohort, author, assignment,
        answers=answers_to(assignment) | {section: f"Så är det. {WORDS} Hon bor vid sjön."},
    )
    trainer = make_role(session, Role.TRAINER, cohort=cohort)
    officer = make_role(session, Role.SECRECY_OFFICER)
    stop = stop_round(
        session, submission, course, by=trainer,
        passages=[Passage(section=section, text=WORDS)],
    )
    session.commit()
    return {
        "submission": submission, "trainer": trainer, "officer": officer, "author": author,
        "path": f"/sekretess/{stop.id}", "assignment": assignment, "section": section,
    }


@pytest.fixture
def officer(place, login):
    return login(place["officer"])


@pytest.fixture
def taken(place, officer, post):
    post(f"{place['path']}/ta-over")
    return officer


def stop_of(session):
    session.commit()
    session.expire_all()
    return session.scalars(select(SecrecyStop)).one()


def steps_of(session):
    session.commit()
    return session.scalars(select(SecrecyStep.kind).order_by(SecrecyStep.id)).all()


def test_the_list_says_what_waits_without_a_word_of_it(place, officer):
    page = officer.get("/sekretess").get_data(as_text=True)

    assert "Väntar på att någon tar över" in page
    assert "Storsjön" not in page


def test_the_menu_leads_there_for_officers_alone(place, officer, login, app):
    assert 'href="/sekretess"' in officer.get("/konto").get_data(as_text=True)
    trainer = login(place["trainer"], on=app.test_client())
    assert 'href="/sekretess"' not in trainer.get("/konto").get_data(as_text=True)


def test_taking_over_ends_the_trainers_reading(session, place, officer, post, login, app):
    trainer = login(place["trainer"], on=app.test_client())
    assert WORDS in trainer.get(place["path"]).get_data(as_text=True)

    assert post(f"{place['path']}/ta-over").status_code == 303

    assert trainer.get(place["path"]).status_code == 404
    assert stop_of(session).taken_over_by == place["officer"].id


def test_every_opening_is_on_record(session, place, officer):
    officer.get(place["path"])

    session.commit()
    assert session.scalars(
        select(AccessEvent.actor_id).where(AccessEvent.what.startswith("secrecy_stop:"))
    ).all() == [place["officer"].id]


@pytest.mark.parametrize("step", ["maska", "ersatt", "registrator", "diariet", "avsluta", "hav"])
def test_nothing_is_done_before_the_take_over(session, place, officer, post, step):
    answer = post(f"{place['path']}/{step}", {
        "reason": "Skäl", "number": "1-2026", "on": "2026-11-09",
    })

    assert answer.status_code == 409
    assert steps_of(session) == [SecrecyStepKind.PRESS]


def test_a_masked_copy_has_none_of_the_words_and_the_original_all(
    session, place, taken, post
):
    before = session.scalars(select(SubmissionRound.answers)).one()

    post(f"{place['path']}/maska", {"more": "Hon bor vid sjön"})

    copy = taken.get(f"{place['path']}/maskad").get_data(as_text=True)
    assert '<h1>Maskerad kopia av <span class="nw">U1-' in copy  # not broken at its hyphens
    assert "[uppgift borttagen]" in copy
    assert "Storsjön" not in copy
    assert "vid sjön" not in copy
    session.commit()
    session.expire_all()
    assert session.scalars(select(SubmissionRound.answers)).one() == before


def test_it_is_replaced_when_a_new_version_has_come(session, place, taken, post):
    assert post(f"{place['path']}/ersatt").status_code == 409
    new = second_round(session, place["submission"], place["assignment"])
    new.answers = {place["section"]: "Så är det."}
    session.add(new)
    session.commit()

    assert post(f"{place['path']}/ersatt").status_code == 303

    assert steps_of(session)[-1] is SecrecyStepKind.REPLACED


def test_the_whole_list_is_ticked_and_the_case_closed(session, place, taken, post):
    post(f"{place['path']}/maska")
    post(f"{place['path']}/registrator")
    post(f"{place['path']}/diariet", {"number": "1234-2026", "on": "2026-11-09"})
    post(f"{place['path']}/avsluta")

    assert steps_of(session) == [
        SecrecyStepKind.PRESS, SecrecyStepKind.TAKE_OVER, SecrecyStepKind.MASK,
        SecrecyStepKind.REGISTRAR, SecrecyStepKind.MOVE, SecrecyStepKind.CLOSE,
    ]
    assert "Avslutat" in taken.get("/sekretess").get_data(as_text=True)


def test_what_is_moved_opens_again_with_a_reason_alone(session, place, taken, post):
    post(f"{place['path']}/diariet", {"number": "1234-2026", "on": "2026-11-09"})
    page = taken.get(place["path"]).get_data(as_text=True)
    assert "Storsjön" not in page
    assert "1234-2026" in page

    assert post(f"{place['path']}/oppna", {"reason": " "}).status_code == 422
    opened = post(f"{place['path']}/oppna", {"reason": "Begäran om utlämnande"})

    assert WORDS in opened.get_data(as_text=True)
    assert "Storsjön" not in taken.get(place["path"]).get_data(as_text=True)
    assert steps_of(session)[-1] is SecrecyStepKind.OPEN


def test_a_case_is_closed_without_the_diary_for_a_reason(session, place, taken, post):
    assert post(f"{place['path']}/avsluta").status_code == 409
    assert post(f"{place['path']}/avsluta", {"reason": "Inte hemligt"}).status_code == 303
    assert post(f"{place['path']}/registrator").status_code == 409  # it is closed


def test_a_stop_that_was_a_mistake_is_lifted(session, place, taken, post, login, app):
    assert post(f"{place['path']}/hav", {"reason": "Exemplet är påhittat"}).status_code == 303

    assert fresh(session, place["submission"]).state is SubmissionState.SUBMITTED
    trainer = login(place["trainer"], on=app.test_client())
    assert "Storsjön" in trainer.get(f"/granska/{place['submission'].id}").get_data(as_text=True)
    assert trainer.get(place["path"]).status_code == 404


def test_the_note_to_the_registrar_has_what_is_needed(place, taken):
    page = taken.get(place["path"]).get_data(as_text=True)

    reference = f"U1-TST-{place['submission'].id:04} v1"
    assert f"Referens {reference}" in page
    assert "diarieföras med sekretessmarkering" in page


@pytest.mark.parametrize("path", ["", "/maskad"])
def test_the_statements_are_few(place, taken, post, count_statements, path):
    post(f"{place['path']}/maska")
    with count_statements() as statements:
        assert taken.get(place["path"] + path).status_code == 200
    assert len(statements) <= 8


def test_the_role_gives_no_other_right(place, officer):
    for path in (f"/granska/{place['submission'].id}", "/granska", "/samordna"):
        assert officer.get(path).status_code == 404


def test_days_are_read_and_taken_out_in_words(session, place, course, login, post):
    author, assignment = place["author"], course.items["U7"]
    day = next(one.id for one in assignment.sections if one.kind == "date")
    submission = make_submission(
        session, session.get(Cohort, author.cohort_id), author, assignment,
        answers=answers_to(assignment) | {day: "2027-06-15"},
    )
    session.commit()
    trainers = login(place["trainer"])
    choosing = trainers.get(f"/granska/{submission.id}/stoppa/1").get_data(as_text=True)
    stop = stop_round(session, submission, course, by=place["trainer"])
    session.commit()
    case = f"/sekretess/{stop.id}"
    officer = login(place["officer"])
    post(f"{case}/ta-over")
    original = officer.get(case).get_data(as_text=True)
    post(f"{case}/maska", {"more": "15 juni 2027"})
    copy = officer.get(f"{case}/maskad").get_data(as_text=True)

    for page in (choosing, original):
        assert "15 juni 2027" in page
        assert "2027-06-15" not in page
    assert "15 juni 2027" not in copy
    assert "2027-06-15" not in copy
