"""Two who read the same text, the way the pages do it."""

from dataclasses import replace

from courses.models import Submission, Team
from courses.rules.reviews import Answer
from courses.services.readings import begin_joint, finish_reading, take_back_reading
from courses.services.reviews import save_review_draft, send_review
from courses.services.second_readers import (
    name_second_reader,
    name_team_second,
    record_lone_reading,
)
from courses.vocabulary import Role
from tests.factories import make_enrollment, make_role, make_submission, make_team, make_user
from tests.reviewing import NOON


def make_pair(session, cohort, joint, *, rounds=1, **fields):
    """A team's text that Anna reads first and Bertil second, and the two of them."""
    anna, bertil = (
        make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name=name))
        for name in ("Anna", "Bertil")
    )
    team = make_team(session, cohort, first_reader_id=anna.id)
    make_enrollment(session, cohort, team=team)
    submission = make_submission(session, cohort, team, joint, rounds=rounds, **fields)
    name_team_second(session, team, reader_id=bertil.id, actor_id=anna.id, now=NOON)
    return submission, anna, bertil


def said(assignment, *, revise=(), comments=None, overall="Tack för en tydlig text."):
    """What a reader thinks: approved everywhere but for the criteria in `revise`."""
    return Answer(
        levels={c.id: "revise" if c.id in revise else "approved" for c in assignment.criteria},
        comments=comments or {}, overall=overall,
    )


def write(session, submission, reader, assignment, answer, *, version=0, number=1):
    """Save a reader's draft."""
    return save_review_draft(
        session, submission, number=number, actor_id=reader.id, answer=answer, version=version,
        now=NOON, assignment=assignment,
    )


def read(session, submission, reader, assignment, answer=None, *, number=1):
    """Save what a reader thinks, and say that they have finished."""
    written = write(
        session, submission, reader, assignment, answer or said(assignment), number=number
    )
    return finish(session, submission, reader, assignment, written.version, number=number)


def finish(session, submission, reader, assignment, version, *, number=1):
    return finish_reading(
        session, submission, number=number, version=version, assignment=assignment,
        actor_id=reader.id, now=NOON,
    )


def decide(session, submission, reader, *, number=1):
    """Compare, and keep what is in the reader's draft as the joint answer."""
    begin_joint(session, submission, number=number, actor_id=reader.id, now=NOON)


def send(session, submission, reader, course, assignment, *, version=1, number=1):
    return send_review(
        session, submission, number=number, version=version, actor_id=reader.id, course=course,
        assignment=assignment, now=NOON, today=NOON.date(),
    )


def again(session, submission):
    """Return the row in another session."""
    return session.get_one(Submission, getattr(submission, "id", submission))


def make_both_read(session, cohort, team, assignment, first):
    """A team's text that `first` and another trainer have read, and nobody has answered."""
    other = make_role(session, Role.TRAINER, cohort=cohort)
    submission = make_submission(session, cohort, team, assignment, submitted_by=first)
    name_team_second(session, team, reader_id=other.id, actor_id=first.id, now=NOON)
    for reader in (first, other):
        read(session, submission, reader, assignment)
    return submission


def approved(gu5):
    return replace(said(gu5), outcome="approve")


def trainer(session, cohort, name_):
    return make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name=name_))


def name(session, submission, reader, gu5, *, by):
    name_second_reader(
        session, submission, number=1, reader_id=reader.id, assignment=gu5, actor_id=by.id,
        now=NOON,
    )


def name_team(session, team_id, reader, *, by):
    name_team_second(
        session, session.get_one(Team, team_id), reader_id=reader.id, actor_id=by.id, now=NOON
    )


def alone(session, submission, reader, gu5):
    record_lone_reading(
        session, submission, number=1, reason="Bertil är sjuk.", assignment=gu5,
        actor_id=reader.id, now=NOON,
    )


def back(session, submission, reader):
    take_back_reading(session, submission, number=1, actor_id=reader.id, now=NOON)
