import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from courses.models import SubmissionRound
from tests.factories import make_cohort, make_enrollment, make_submission, make_team


def test_a_made_submission_has_frozen_rounds(session, course):
    cohort = make_cohort(session, course)
    team = make_team(session, cohort)
    person = make_enrollment(session, cohort, team=team)
    own, joint = (next(a for a in course.assignments if a.is_joint is j) for j in (False, True))

    make_submission(session, cohort, person, own, rounds=2)
    submission = make_submission(session, cohort, team, joint)
    session.commit()

    frozen = session.scalars(select(SubmissionRound).order_by(SubmissionRound.id)).all()
    assert [r.number for r in frozen] == [1, 2, 1]
    assert frozen[-1].submission_id == submission.id
    assert frozen[-1].members[0]["enrollment_id"] == person.id
    with pytest.raises(DatabaseError, match="frozen"):
        session.execute(update(SubmissionRound).values(number=9))
