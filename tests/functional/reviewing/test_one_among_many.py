"""A second version is read among 5,000 that wait as fast as among 50, with as many questions."""

import pytest
from sqlalchemy import select

from courses.models import Cohort, SavedComment, Submission, User
from courses.vocabulary import SubmissionState
from tests.conftest import statements_of
from tests.factories import answers_to, make_enrollment, make_submission
from tests.functional.reviewing.test_many_take_no_longer import (
    TIMES,
    ratio,
    sites,  # noqa: F401 (a fixture)
)
from tests.reviewing import NOON, answer_round, hold

ID = 9_000
"""Of the text that is read: the same in both."""


@pytest.fixture
def texts(sites):  # noqa: F811
    """Where each of the two sites has a second version in the trainer's hands."""
    for site in sites:
        app = site.browser.application
        course = app.extensions["editions"].published("processledarutbildning").course("sv")
        assignment = next(a for a in course.assignments if not a.is_joint)
        with app.extensions["database"].session(writes=True) as session, session.begin():
            cohort = session.scalars(select(Cohort)).one()
            trainer = session.scalars(select(User).order_by(User.id)).first()
            changed = {
                one.id: "Helt andra ord än förra gången. " * 60
                for one in assignment.sections if one.kind == "text"
            }
            submission = make_submission(
                session, cohort, make_enrollment(session, cohort), assignment,
                SubmissionState.IN_REVIEW, rounds=2, answers=answers_to(assignment) | changed,
                id=ID,
            )
            levels = {one.id: "approved" for one in assignment.criteria}
            answer_round(session, submission, trainer, levels=levels)
            session.add_all([
                SavedComment(user_id=trainer.id, criterion_id=one.id, text="Vem beslutar?",
                             created_at=NOON)
                for one in assignment.criteria
            ])
        with app.extensions["database"].session(writes=True) as session:
            hold(session, session.get_one(Submission, ID), trainer)
    return sites, f"/granska/{ID}"


def test_the_page_takes_as_many_questions_and_at_most_twice_the_time(texts):
    (few, many), path = texts
    counts = []
    for site in (few, many):
        site.get(path)
        with statements_of(site.browser.application) as statements:
            page = site.get(path).text
        counts.append(len(statements))
        assert "Ändrat sedan version 1:" in page
        assert "Vem beslutar?" in page

    assert counts[0] == counts[1] <= 8
    assert ratio((few, many), lambda site: site.get(path)) <= TIMES
