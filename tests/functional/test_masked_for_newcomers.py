"""Whoever comes to a team after a text of it was stopped: reads on without the words, and cannot
write over them by accident."""

import re

import pytest
import time_machine
from sqlalchemy import select

from courses.models import Draft, JointSection, SectionComment, SharedContribution, StoredFile
from courses.rules.secrecy import Passage
from courses.services import secrecy_steps as steps
from courses.vocabulary import Role, SubmissionState
from tests import filing
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    user_of,
)
from tests.reviewing import NOON
from tests.stopping import WORDS, stop_round
from tests.writing import finish_first_lessons
from tests.writing_together import make_trio

BEFORE, AFTER = "Så här är det hos oss.", "Det vet vi säkert."
TEXT = f"{BEFORE} {WORDS} {AFTER}"
MASKED = f"{BEFORE} [stoppat] {AFTER}"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def place(session, course, login, app):
    """Karin's team has handed in the words, and they stand in its draft; Nils comes later."""
    cohort = make_cohort(session, course)
    trio = make_trio(session, cohort)
    assignment = course.items["GU1"]
    section = next(one for one in assignment.sections if one.kind == "text")
    submission = make_submission(
        session, cohort, trio.team, assignment, SubmissionState.RETURNED,
        answers={section.id: TEXT}, submitted_by=user_of(session, trio.karin),
    )
    key = {"team_id": trio.team.id, "assignment_id": assignment.id}
    session.add_all([
        Draft(**key, answers={section.id: TEXT}, updated_at=NOON, updated_by=trio.karin.user_id),
        JointSection(**key, section_id=section.id, version=1, saved_at=NOON,
                     saved_by=trio.karin.user_id),
        SectionComment(**key, section_id=section.id, user_id=trio.karin.user_id,
                       text=f"Stämmer det? {WORDS}", created_at=NOON),
        SharedContribution(
            **key, section_id=section.id, enrollment_id=trio.olle.id, number=1, shared_at=NOON,
            organization_id=trio.olle.organization_id, text=f"Mitt bidrag. {WORDS}",
        ),
    ])
    nils = make_enrollment(session, cohort, team=trio.team)
    trio.team.deputy_id = nils.id
    trainer = make_role(session, Role.TRAINER, cohort=cohort)
    stop = stop_round(
        session, submission, course, by=trainer,
        passages=[Passage(section=section.id, text=WORDS)],
    )
    session.commit()
    work = f"/team/{trio.team.id}/uppgift/{assignment.slug}"
    return {
        "stop": stop, "work": work, "page": f"{work}/avsnitt/{section.id}",
        "field": f"a-{section.id}", "section": section, "officer": trainer, "team": trio.team,
        "newcomer": nils,
        "karin": login(user_of(session, trio.karin), on=app.test_client()),
        "nils": login(user_of(session, nils), on=app.test_client()),
    }


def stored(session, place):
    session.commit()
    return session.scalars(
        select(Draft.answers).where(Draft.team_id == place["team"].id)
    ).one()[place["section"].id]


def save(post, place, text, *, who="nils", version=1, **more):
    return post(
        place["page"], {"v": version, place["field"]: text, "then": "write"} | more, on=place[who]
    )


def test_reads_draft_comments_and_contributions_without_the_words(place):
    page = place["nils"].get(place["page"]).text

    assert WORDS not in page
    assert MASKED in page
    assert "Stämmer det? [stoppat]" in page
    assert "Mitt bidrag. [stoppat]" in page
    assert "Några ord i teamets text är stoppade." in page
    assert "Några ord i teamets text är stoppade." in place["nils"].get(place["work"]).text


def test_who_wrote_it_reads_all_of_it(place):
    page = place["karin"].get(place["page"]).text

    assert TEXT in page
    assert "[stoppat]" not in page


def test_saving_the_masked_text_unchanged_keeps_the_words(session, place, post):
    answer = save(post, place, MASKED.replace("\n", "\r\n") + " ")

    assert answer.status_code == 303
    assert stored(session, place) == TEXT


def test_the_mark_cannot_be_saved_over_the_words(session, place, post):
    answer = save(post, place, f"{MASKED} Och mer.")

    assert answer.status_code == 422
    assert "[stoppat] står kvar i texten." in answer.text
    assert f"{MASKED} Och mer." in answer.text
    assert stored(session, place) == TEXT


def test_a_page_that_saves_by_itself_is_told_so(session, place, post):
    page = place["nils"].get(place["page"]).text
    author = re.search(r'name="author" value="([^"]+)"', page)[1]

    answer = post(
        place["page"],
        {"v": 1, place["field"]: f"{MASKED} Och mer.", "author": author}, on=place["nils"],
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 422
    assert "[stoppat] står kvar i texten." in answer.json["said"]
    assert stored(session, place) == TEXT


def test_a_section_can_be_written_anew(session, place, post):
    answer = save(post, place, f"{BEFORE} {AFTER}")

    assert answer.status_code == 303
    assert stored(session, place) == f"{BEFORE} {AFTER}"
    assert MASKED not in place["nils"].get(place["page"]).text


def test_the_mark_is_not_saved_either_when_the_stop_was_lifted_meanwhile(session, place, post):
    steps.take_over(session, place["stop"], actor_id=place["officer"].id, now=NOON)
    steps.lift(
        session, place["stop"], reason="Påhittat.", actor_id=place["officer"].id, now=NOON
    )
    session.commit()

    assert save(post, place, MASKED).status_code == 422
    assert stored(session, place) == TEXT
    assert TEXT in place["nils"].get(place["page"]).text


def test_two_texts_at_once_show_none_of_the_words(session, place, post):
    answer = save(post, place, "Något annat.", version=0)

    assert answer.status_code == 409
    assert WORDS not in answer.text
    assert MASKED in answer.text


def test_handing_in_says_what_to_write_anew_without_the_words(place, post):
    page = place["nils"].get(f"{place['work']}/kontrollera").text

    assert WORDS not in page
    assert f"Skriv om ”{place['section'].label}”: där står ord som stoppades." in page
    answer = post(
        f"{place['work']}/kontrollera", {"v": 1, "attest": 1, "checked": 1}, on=place["nils"]
    )
    assert answer.status_code == 422
    assert WORDS not in answer.text


def test_it_takes_no_more_statements_than_for_who_wrote_it(place, count_statements):
    with count_statements() as writers:
        place["karin"].get(place["page"])
    with count_statements() as newcomers:
        place["nils"].get(place["page"])

    assert len(newcomers) == len(writers) <= 8


def test_a_stopped_file_beside_the_draft_is_not_named_before_handing_in(
    app, session, course, place
):
    file = filing.beside_draft(
        app, session, place["team"], course.items["GU1"], by=place["officer"],
        name="utredningen.pdf", has_text=False,
    )
    digest = session.get_one(StoredFile, file.stored_file_id).sha256
    place["stop"].passages = [
        *place["stop"].passages, Passage(sha256=digest, file=file.name).stored()
    ]
    session.commit()
    check = f"{place['work']}/kontrollera"

    assert file.name in place["karin"].get(check).text
    assert file.name not in place["nils"].get(check).text


def test_a_newcomer_takes_a_stopped_file_away_unseen_and_can_hand_in(
    app, session, course, place, post
):
    file = filing.beside_draft(
        app, session, place["team"], course.items["GU1"], by=place["officer"],
        name="utredningen.pdf", has_text=False,
    )
    digest = session.get_one(StoredFile, file.stored_file_id).sha256
    place["stop"].passages = [Passage(sha256=digest, file=file.name).stored()]
    draft = session.scalars(select(Draft).where(Draft.team_id == place["team"].id)).one()
    draft.answers = answers_to(course.items["GU1"])
    finish_first_lessons(session, place["newcomer"], course)
    session.commit()
    nils, files = place["nils"], f"{place['work']}/filer"

    check = nils.get(f"{place['work']}/kontrollera").text
    version = check.split('name="v" value="', 1)[1].split('"', 1)[0]
    refused = post(
        f"{place['work']}/kontrollera", {"attest": "1", "checked": "1", "v": version}, on=nils
    )
    listed = nils.get(files).text

    assert refused.status_code == 409
    assert "Filen ”[stoppat]” stoppades." in refused.text
    assert file.name not in refused.text + listed + nils.get(f"{files}/{file.id}/ta-bort").text
    assert f'href="{files}/{file.id}"' not in listed
    assert nils.get(f"{files}/{file.id}").status_code == 404
    assert post(f"{files}/{file.id}/ta-bort", on=nils).status_code == 303
    assert "[stoppat]" not in nils.get(files).text
