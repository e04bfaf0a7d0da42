"""Stopping a text for secrecy: what the trainer does, what the writers see, what the others do
not. Who reads what after that is in `test_stopped_texts`.

Long because trainer and writers are asked about the same stop."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from courses.models import (
    Completion,
    Draft,
    OutboxMail,
    Review,
    ReviewDraft,
    SecrecyStep,
    SecrecyStop,
    Submission,
    SubmissionRound,
)
from courses.rules.secrecy import Passage
from courses.services.progress import record_completion
from courses.vocabulary import Outcome, Role, SecrecyStepKind, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    user_of,
)
from tests.reviewing import NOON, fresh, hold
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
    section = next(one for one in assignment.sections if one.kind == "text")
    answers = answers_to(assignment) | {section.id: f"Så här är det hos oss. {WORDS} Slut."}
    submission = make_submission(session, cohort, author, assignment, answers=answers)
    found = {
        "cohort": cohort, "author": author, "assignment": assignment, "section": section,
        "submission": submission, "answers": answers,
        "trainer": make_role(session, Role.TRAINER, cohort=cohort),
        "other": make_role(session, Role.TRAINER, cohort=cohort),
        "officer": make_role(session, Role.SECRECY_OFFICER),
    }
    session.commit()
    return found


def chosen(place):
    return {"passages": f"{place['section'].id}:1"}


def path(place, number=1):
    return f"/granska/{place['submission'].id}/stoppa/{number}"


def stop_of(session):
    session.commit()
    session.expire_all()
    return session.scalars(select(SecrecyStop)).one()


def test_the_page_lets_one_choose_the_sentences_without_a_script(place, login):
    page = login(place["trainer"]).get(path(place)).get_data(as_text=True)

    assert f'value="{place["section"].id}:1"' in page
    assert WORDS in page
    assert "Ring den som skrev" in page


def test_pressing_seals_the_round_and_moves_the_date(session, place, login, post):
    hold(session, place["submission"], place["other"])
    login(place["trainer"])

    answer = post(path(place), chosen(place) | {"message": "Jag ringer dig i eftermiddag."})

    stop = stop_of(session)
    submission = fresh(session, place["submission"])
    assert answer.status_code == 303
    assert answer.location.endswith(f"/sekretess/{stop.id}")
    assert stop.passages == [{"section": place["section"].id, "text": WORDS}]
    assert submission.state is SubmissionState.ON_HOLD
    assert (submission.claimed_by, submission.claimed_until) == (None, None)
    assert submission.due_on == date(2026, 11, 30)
    assert session.scalars(select(SecrecyStep.kind)).all() == [SecrecyStepKind.PRESS]


def test_the_writers_first_page_asks_for_a_new_version(session, place, login, post):
    author = user_of(session, place["author"])
    login(place["trainer"])
    post(path(place), chosen(place))

    page = login(author).get("/hem").text
    assert "Texten är pausad. Skriv en ny version, du kan göra det direkt." in page
    assert f"Skriv en ny version av ”{place['assignment'].title}”" in page


def test_a_later_date_stays(session, place, login, post):
    place["submission"].due_on = date(2027, 5, 1)
    session.commit()
    login(place["trainer"])

    post(path(place), chosen(place))

    assert fresh(session, place["submission"]).due_on == date(2027, 5, 1)


def test_writers_and_officers_are_told_at_once_without_a_word_of_the_text(
    session, place, login, post
):
    login(place["trainer"])

    post(path(place), chosen(place))

    session.commit()
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert {(one.user_id, one.template) for one in mails} == {
        (place["author"].user_id, "stopped"), (place["officer"].id, "secrecy"),
    }
    assert "Storsjön" not in str([one.params for one in mails])


@pytest.mark.parametrize("fields, said", [
    ({}, "Markera minst ett ställe"),
    ({"passages": "finns:9"}, "Markera minst ett ställe"),
    ({"message": "19121212-1212"}, "personnummer"),
    ({"message": f"Tänk på {WORDS}"}, "Upprepa inte"),
])
def test_what_is_typed_stays_when_it_cannot_be_taken(session, place, login, post, fields, said):
    login(place["trainer"])

    given = fields if "message" not in fields else chosen(place) | fields
    answer = post(path(place), given)

    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert fresh(session, place["submission"]).state is SubmissionState.SUBMITTED


def test_every_round_with_the_same_words_is_sealed(session, place, course, login, post):
    same = make_submission(
        session, place["cohort"], place["author"], course.items["U2"], SubmissionState.SUBMITTED,
        rounds=2,
    )
    first, second = session.scalars(
        select(SubmissionRound).where(SubmissionRound.submission_id == same.id)
        .order_by(SubmissionRound.number)
    )
    text = next(s.id for s in course.items["U2"].sections if s.kind == "text")
    sentence = second.answers[text]
    assert first.answers[text] == sentence
    session.commit()
    login(place["trainer"])

    post(f"/granska/{same.id}/stoppa/2", {"passages": f"{text}:0"})

    session.commit()
    assert set(session.scalars(select(SecrecyStop.round_id))) == {first.id, second.id}


def test_an_approved_text_keeps_its_completion(session, place, login, post, course):
    place["submission"].state = SubmissionState.APPROVED
    session.add(_approval(session, place))
    _complete(session, place, course, "U1")
    session.commit()
    login(place["trainer"])

    post(path(place), chosen(place))

    assert fresh(session, place["submission"]).state is SubmissionState.ON_HOLD
    assert session.scalars(select(Completion.item_id)).all() == ["U1"]


def _approval(session, place):
    round_id = session.scalar(
        select(SubmissionRound.id).where(
            SubmissionRound.submission_id == place["submission"].id
        )
    )
    return Review(
        round_id=round_id, reviewer_id=place["trainer"].id, outcome=Outcome.APPROVE, levels={},
        comments={}, overall="Bra.", created_at=NOON,
    )


def _complete(session, place, course, item_id):
    record_completion(
        session, enrollment=place["author"], item_id=item_id, course=course,
        actor_id=place["trainer"].id, now=NOON,
    )


class TestTheWriter:
    @pytest.fixture(autouse=True)
    def stopped(self, session, place, course):
        stop_round(
            session, place["submission"], course, by=place["trainer"],
            passages=_passages(place), message="Jag ringer dig i eftermiddag.",
        )
        session.add(
            Draft(
                enrollment_id=place["author"].id, assignment_id="U1", answers=place["answers"],
                updated_at=NOON, updated_by=place["author"].user_id,
            )
        )
        session.commit()

    def test_reads_the_own_text_with_the_passage_marked_in_words(self, session, place, login):
        browser = login(user_of(session, place["author"]))

        page = browser.get(f"/uppgift/{place['assignment'].slug}/versioner/1").get_data(
            as_text=True
        )

        assert "<mark>[ska bort:" in page
        assert WORDS in page
        assert "inte gjort något oförlåtligt" in page
        assert "Jag ringer dig i eftermiddag." in page

    def test_sees_on_the_writing_page_which_passage_goes(self, session, place, login):
        browser = login(user_of(session, place["author"]))

        page = browser.get(f"/uppgift/{place['assignment'].slug}/skriv").get_data(as_text=True)

        assert f"Det här stoppades och ska bort: ”{WORDS}”" in page

    def test_cannot_hand_in_the_same_passage_again(self, session, place, login, post):
        login(user_of(session, place["author"]))

        answer = post(
            f"/uppgift/{place['assignment'].slug}/kontrollera",
            {"v": 1, "attest": 1, "checked": 1},
        )

        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert "Ta bort det som stoppades" in page
        assert f"#a-{place['section'].id}" in page
        assert fresh(session, place["submission"]).round == 1

    def test_hands_in_a_new_version_at_once(self, session, place, login, post, course):
        draft = session.scalars(select(Draft)).one()
        draft.answers = place["answers"] | {place["section"].id: "Så här är det hos oss. Slut."}
        for item_id in course.hand_in_first:
            _complete(session, place, course, item_id)
        session.commit()
        login(user_of(session, place["author"]))

        answer = post(
            f"/uppgift/{place['assignment'].slug}/kontrollera",
            {"v": draft.version, "attest": 1, "checked": 1},
        )

        submission = fresh(session, place["submission"])
        assert answer.status_code == 303
        assert (submission.state, submission.round) == (SubmissionState.SUBMITTED, 2)
        trainer = login(place["other"])
        assert trainer.get(f"/granska/{submission.id}").status_code == 200

    def test_what_others_wrote_about_it_is_hidden_from_them(self, session, place, login):
        round_id = session.scalar(
            select(SubmissionRound.id).where(
                SubmissionRound.submission_id == place["submission"].id
            )
        )
        session.add(
            ReviewDraft(
                round_id=round_id, reviewer_id=place["other"].id, updated_at=NOON,
                content={"overall": f"Du skriver: {WORDS}"},
            )
        )
        session.commit()

        page = login(place["other"]).get(f"/granska/{place['submission'].id}").get_data(
            as_text=True
        )

        assert "Storsjön" not in page
        assert "stoppad av sekretesskäl" in page


def _passages(place):
    return [Passage(section=place["section"].id, text=WORDS)]


def test_a_stranger_gets_404_and_a_visitor_the_login_page(session, place, login, app):
    elsewhere = make_role(session, Role.TRAINER, cohort=make_cohort(session, _course(app)))
    session.commit()

    assert login(elsewhere).get(path(place)).status_code == 404
    assert login(place["officer"]).get(path(place)).status_code == 404
    assert app.test_client().get(path(place)).status_code == 303


def test_no_token_no_stop(place, login):
    assert login(place["trainer"]).post(path(place), data=chosen(place)).status_code == 400


def test_pressing_twice_leads_to_the_page_that_says_so(session, place, login, post):
    login(place["trainer"])
    post(path(place), chosen(place))

    again = post(path(place), chosen(place))

    assert again.status_code == 200
    assert "Texten är stoppad" in again.get_data(as_text=True)
    assert len(session.scalars(select(SecrecyStop)).all()) == 1


def test_what_the_writers_took_back_meanwhile_is_stopped_all_the_same(
    session, place, login, post
):
    place["submission"].state = SubmissionState.WITHDRAWN
    session.commit()
    login(place["trainer"])

    assert post(path(place), chosen(place)).status_code == 303

    assert fresh(session, place["submission"]).state is SubmissionState.WITHDRAWN
    assert stop_of(session).state_before is SubmissionState.WITHDRAWN


def _course(app):
    return app.extensions["editions"].published("processledarutbildning").course("sv")


def test_the_statements_are_few(place, login, count_statements):
    trainer = login(place["trainer"])
    with count_statements() as statements:
        trainer.get(path(place))
    assert len(statements) <= 8


def test_the_new_date_is_never_in_a_break(session, place, course, login, post):
    monday = place["cohort"].starts_on - timedelta(days=place["cohort"].starts_on.weekday())
    assert course.break_weeks
    first = course.break_weeks[0][0]
    with time_machine.travel(
        NOON.replace(year=monday.year) + (monday + timedelta(weeks=first - 3) - NOON.date()),
        tick=False,
    ):
        login(place["trainer"])
        post(path(place), chosen(place))

    due = fresh(session, place["submission"]).due_on
    assert not any(
        monday + timedelta(weeks=a - 1) <= due < monday + timedelta(weeks=b)
        for a, b in course.break_weeks
    )
    assert isinstance(session.get_one(Submission, place["submission"].id).due_on, date)
