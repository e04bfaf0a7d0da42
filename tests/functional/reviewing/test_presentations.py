"""What was presented orally becomes a round without a text, with its answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from courses.models import Completion, Notice, Review, Submission, SubmissionRound
from courses.rules.reviews import Answer
from courses.services.presentations import register_presentation
from courses.vocabulary import NoticeKind, Outcome, Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
    user_of,
)
from tests.reviewing import LATER, NOON, answer_to


@pytest.fixture
def place(karin, own):
    return f"/granska/muntligt/{karin.id}/{own.id}"


def told(assignment, **fields):
    return answer_to(assignment) | {"presented_on": "2026-11-06"} | fields


def test_approval_is_frozen_finishes_it_and_tells_the_participant(
    app, client, session, login, post, cohort, anna, karin, own, place
):
    login(anna)

    answer = post(place, told(own))

    submission = session.scalars(select(Submission)).one()
    assert answer.location == f"/granska/{submission.id}"
    assert (submission.state, submission.round) == (SubmissionState.APPROVED, 1)
    round_ = session.scalars(select(SubmissionRound)).one()
    assert (str(round_.presented_on), round_.answers) == ("2026-11-06", {})
    assert round_.submitted_by == anna.id
    assert round_.attestation.startswith("Redovisad muntligt den 2026-11-06, registrerad av Anna")
    assert session.scalars(select(Review.outcome)).all() == [Outcome.APPROVE]
    assert session.scalars(select(Completion.enrollment_id)).all() == [karin.id]
    notice = session.scalars(select(Notice)).one()
    assert (notice.user_id, notice.kind) == (karin.user_id, NoticeKind.FEEDBACK)
    words = "Redovisad muntligt den 6 november 2026, registrerad av Anna"
    assert words in client.get(answer.location).text
    session.commit()
    reader = login(user_of(session, karin), on=app.test_client())
    for page in ("", "/aterkoppling", "/versioner/1", "/versioner"):
        assert words in reader.get(f"/uppgift/{own.slug}{page}").text, page


def test_a_return_asks_for_more_by_a_new_date(session, login, post, anna, own, place):
    login(anna)

    post(place, told(own) | answer_to(own, revise=[own.criteria[0].id]))

    submission = session.scalars(select(Submission)).one()
    assert (submission.state, submission.due_on) == (SubmissionState.RETURNED, LATER)


def test_what_was_returned_may_be_told_instead(session, login, post, cohort, anna, karin, own):
    make_submission(session, cohort, karin, own, SubmissionState.RETURNED)
    login(anna)

    post(f"/granska/muntligt/{karin.id}/{own.id}", told(own))

    rounds = session.scalars(select(SubmissionRound).order_by(SubmissionRound.number)).all()
    assert [bool(one.presented_on) for one in rounds] == [False, True]
    assert session.scalars(select(Submission.state)).one() is SubmissionState.APPROVED


@pytest.mark.parametrize(
    "state", [SubmissionState.SUBMITTED, SubmissionState.APPROVED, SubmissionState.ON_HOLD]
)
def test_not_when_a_text_waits_is_approved_or_stopped(
    client, session, login, post, cohort, anna, karin, own, place, state
):
    make_submission(session, cohort, karin, own, state)
    login(anna)

    answer = post(place, told(own))

    assert answer.status_code == 409
    assert session.scalars(select(SubmissionRound.presented_on)).all() == [None]
    assert "kan uppgiften inte registreras" in client.get(place).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"presented_on": ""}, "Välj den dag då uppgiften redovisades"),
        ({"outcome": ""}, "Välj om uppgiften är godkänd"),
    ],
)
def test_something_is_missing(session, login, post, anna, own, place, fields, sentence):
    login(anna)

    answer = post(place, told(own, **fields))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Tack för en tydlig text." in answer.text
    assert session.scalars(select(Submission)).all() == []


@pytest.mark.parametrize("day", ["2026-11-10", "2001-01-01"])
def test_another_day_is_refused(session, login, post, anna, own, place, day):
    login(anna)

    answer = post(place, told(own, presented_on=day))

    assert answer.status_code == 409
    assert "mellan utbildningens start och i dag" in answer.text
    assert session.scalars(select(Submission)).all() == []


def test_joint_work_is_never_told(client, login, anna, karin, course):
    login(anna)
    joint = next(a for a in course.assignments if a.is_joint)

    assert client.get(f"/granska/muntligt/{karin.id}/{joint.id}").status_code == 404


def test_nobody_registers_their_own(client, session, login, post, cohort, own):
    both = make_enrollment(session, cohort, team=make_team(session, cohort))
    make_role(session, Role.TRAINER, cohort=cohort, user=user_of(session, both))
    login(user_of(session, both))

    assert post(f"/granska/muntligt/{both.id}/{own.id}", told(own)).status_code == 404


def test_a_trainer_chooses_among_those_whom_they_train(
    client, session, login, course, cohort, anna, karin, own
):
    elsewhere = make_enrollment(
        session, make_cohort(session, course), user=make_user(session, name="Långtbort")
    )
    login(anna)

    page = client.get("/granska/muntligt?lang=sv").text

    assert "Karin" in page
    assert "Långtbort" not in page
    chosen = client.get(f"/granska/muntligt?deltagare={karin.id}&uppgift={own.id}")
    assert chosen.location == f"/granska/muntligt/{karin.id}/{own.id}"
    for query in (f"deltagare={elsewhere.id}&uppgift={own.id}", f"deltagare={karin.id}&uppgift="):
        assert client.get(f"/granska/muntligt?{query}").status_code == 422


def test_the_entry_page_leads_here(client, login, anna):
    login(anna)

    assert "/granska/registrera" in client.get("/granska").text
    assert "/granska/muntligt" in client.get("/granska/registrera").text


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_register_at_once_make_one(
    app, session, course, cohort, anna, bertil, karin, own, attempt
):
    session.commit()
    ready = Barrier(2)
    answer = Answer(
        levels={c.id: "approved" for c in own.criteria}, outcome="approve", overall="Bra"
    )

    def register(by):
        ready.wait()
        try:
            with app.extensions["database"].session(writes=True) as mine, mine.begin():
                register_presentation(
                    mine, mine.get_one(type(karin), karin_id), presented_on=NOON.date(),
                    answer=answer, course=course, assignment=own, actor_id=by, now=NOON,
                    today=NOON.date(),
                )
                return "done"
        except Exception as error:
            return type(error).__name__

    karin_id = karin.id
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(register, [anna.id, bertil.id]))

    assert sorted(outcomes) == ["Refused", "done"]
    assert len(session.scalars(select(Review)).all()) == 1
    assert len(session.scalars(select(SubmissionRound)).all()) == 1


def test_everything_that_is_missing_is_said_at_once(login, post, anna, own, place):
    login(anna)

    page = post(place, {"presented_on": "", "overall": "", "due_on": "x", "v": "0"}).text

    for sentence in ("Välj den dag då uppgiften redovisades", "Välj en nivå för", "Välj om"):
        assert sentence in page
    assert page.count('href="#due_on"') == 1
