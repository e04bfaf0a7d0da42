"""Reading and answering, the way the pages do it."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from courses.models import Review, Submission, SubmissionRound
from courses.vocabulary import Outcome, SubmissionState
from tests.factories import make_enrollment, make_submission, make_user

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
LATER = date(2026, 12, 1)


def hold(session, submission, trainer, *, minutes=25):
    """Put the text into the trainer's hands."""
    submission.state = SubmissionState.IN_REVIEW
    submission.claimed_by = trainer.id
    submission.claimed_until = NOON + timedelta(minutes=minutes)
    session.commit()
    return submission


def answer_to(assignment, *, revise=(), number=1, version=0, **fields):
    """A form that says approved everywhere but for the criteria in `revise`."""
    levels = {
        f"level-{c.id}": "revise" if c.id in revise else "approved" for c in assignment.criteria
    }
    outcome = {"outcome": "return", "due_on": LATER.isoformat()} if revise else {
        "outcome": "approve"}
    return levels | outcome | {
        "overall": "Tack för en tydlig text.", "round": number, "v": version, "do": "check",
    } | fields


def answer_round(session, submission, trainer, *, number=1, **fields):
    """Let a trainer have asked for more of a round; the caller commits."""
    round_id = session.scalars(
        select(SubmissionRound.id).where(
            SubmissionRound.submission_id == submission.id, SubmissionRound.number == number
        )
    ).one()
    defaults = {
        "outcome": Outcome.RETURN, "levels": {}, "comments": {}, "overall": "Nästan.",
        "due_on": LATER, "created_at": NOON - timedelta(days=1), "corrects_id": None,
        "reason": None,
    }
    session.add(Review(round_id=round_id, reviewer_id=trainer.id, **defaults | fields))
    session.flush()


def fresh(session, submission):
    """Return the row as it was committed last."""
    session.commit()
    session.expire_all()
    return session.get_one(Submission, submission.id)


def second_round(session, submission, assignment):
    """What the same people hand in again."""
    first = session.scalars(
        select(SubmissionRound).where(SubmissionRound.submission_id == submission.id)
    ).one()
    columns = {
        c.key: getattr(first, c.key) for c in SubmissionRound.__table__.columns if c.key != "id"
    }
    reference = f"{assignment.id}-TST-{submission.id:04} v2"
    return SubmissionRound(**columns | {"number": 2, "reference": reference})


def hand_in(
    session, cohort, assignment, *, days=1, name="Karin", team=None, organization_id=None,
    **fields,
):
    """Let somebody new have handed in, some days ago."""
    employer = {"organization_id": organization_id} if organization_id else {}
    user = make_user(session, name=name)
    person = make_enrollment(session, cohort, team=team, user=user, **employer)
    at = NOON - timedelta(days=days)
    return make_submission(session, cohort, person, assignment, submitted_at=at, **fields)
