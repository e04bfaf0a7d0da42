"""A stop at the same moment as somebody else acts, on whichever database the suite runs: the
text ends up sealed, whoever was first, and nobody meets an error."""

import pytest
from sqlalchemy import select

from app import clock
from courses.models import Draft, Review, SecrecyStop, SubmissionRound
from courses.rules.reviews import Answer
from courses.services.claims import take_claim
from courses.services.progress import record_completion
from courses.services.reviews import save_review_draft
from courses.vocabulary import Outcome, Role, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    user_of,
)
from tests.reviewing import fresh
from tests.stopping import WORDS

TRIES = 4


@pytest.fixture
def place(session, course):
    cohort = make_cohort(session, course)
    author = make_enrollment(session, cohort)
    assignment = course.items["U1"]
    section = next(one for one in assignment.sections if one.kind == "text").id
    answers = answers_to(assignment) | {section: f"Så här är det. {WORDS}"}
    submission = make_submission(session, cohort, author, assignment, answers=answers)
    for item_id in course.hand_in_first:
        record_completion(
            session, enrollment=author, item_id=item_id, course=course, actor_id=None,
            now=clock.now(),
        )
    found = {
        "author": author, "assignment": assignment, "section": section,
        "answers": answers, "submission": submission,
        "presser": make_role(session, Role.TRAINER, cohort=cohort),
        "other": make_role(session, Role.TRAINER, cohort=cohort),
    }
    session.commit()
    return found


@pytest.fixture
def both(place, at_once):
    """Press the stop while somebody else sends another form; return both statuses."""
    stop = f"/granska/{place['submission'].id}/stoppa/1"

    def press(somebody, path, fields):
        pressed = (place["presser"], stop, {"passages": f"{place['section']}:1"})
        return at_once(pressed, (somebody, path, fields))

    return press


def is_sealed(session, number=1):
    session.commit()
    session.expire_all()
    return session.scalar(
        select(SecrecyStop.id)
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .where(SubmissionRound.number == number)
    ) is not None


@pytest.mark.parametrize("_try", range(TRIES))
def test_while_another_trainer_sends_the_answer(session, place, both, _try):
    submission, assignment, other = (
        place["submission"], place["assignment"], place["other"]
    )
    take_claim(session, submission, actor_id=other.id, now=clock.now())
    draft = save_review_draft(
        session, submission, number=1, actor_id=other.id, version=0, now=clock.now(),
        answer=Answer(
            levels={one.id: "approved" for one in assignment.criteria}, overall="Tack.",
            outcome=Outcome.APPROVE.value,
        ),
    )
    session.commit()

    pressed, sent = both(
        other, f"/granska/{submission.id}/skicka", {"round": 1, "v": draft.version}
    )

    assert pressed == 303
    assert sent in (303, 409, 404)
    assert is_sealed(session)
    assert fresh(session, submission).state is SubmissionState.ON_HOLD
    assert len(session.scalars(select(Review)).all()) <= 1


@pytest.mark.parametrize("_try", range(TRIES))
def test_while_the_writer_takes_it_back(session, place, both, _try):
    pressed, taken_back = both(
        user_of(session, place["author"]), f"/uppgift/{place['assignment'].slug}/aterta", {}
    )

    assert pressed == 303
    assert taken_back in (303, 409)
    assert is_sealed(session)
    assert fresh(session, place["submission"]).state in (
        SubmissionState.ON_HOLD, SubmissionState.WITHDRAWN,
    )


@pytest.mark.parametrize("_try", range(TRIES))
def test_while_the_writer_hands_in_the_same_words_again(session, place, both, _try):
    submission = place["submission"]
    submission.state = SubmissionState.RETURNED
    round_id = session.scalar(select(SubmissionRound.id))
    session.add(
        Review(
            round_id=round_id, reviewer_id=place["other"].id, outcome=Outcome.RETURN, levels={},
            comments={}, overall="Mer, tack.", created_at=clock.now(),
        )
    )
    draft = Draft(
        enrollment_id=place["author"].id, assignment_id="U1", answers=place["answers"],
        updated_at=clock.now(), updated_by=place["author"].user_id,
    )
    session.add(draft)
    session.commit()

    pressed, handed_in = both(
        user_of(session, place["author"]),
        f"/uppgift/{place['assignment'].slug}/kontrollera",
        {"v": draft.version, "attest": 1, "checked": 1},
    )

    assert pressed == 303
    assert handed_in in (303, 409, 422)
    assert is_sealed(session)
    assert fresh(session, submission).state is SubmissionState.ON_HOLD
    if fresh(session, submission).round == 2:  # it came in first: it holds the words, too
        assert is_sealed(session, 2)


@pytest.mark.parametrize("_try", range(TRIES))
def test_while_another_trainer_stops_it_too(session, place, both, _try):
    answers = both(
        place["other"], f"/granska/{place['submission'].id}/stoppa/1",
        {"passages": f"{place['section']}:1"},
    )

    assert set(answers) <= {200, 303, 409}
    assert len(session.scalars(select(SecrecyStop)).all()) == 1
