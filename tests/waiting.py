"""A cohort in which many wait: hand-ins of a long autumn, each by a person of its own."""

from datetime import timedelta

from sqlalchemy import insert, text

from courses.models import Edition, Enrollment, Submission, SubmissionRound, Thread, User
from courses.rules.submissions import promised_on
from courses.vocabulary import Sector, SubmissionState
from tests.factories import LONG_AGO, answers_to, make_team
from tests.reviewing import NOON

FIRST = 1_000
"""The id of the first person, and of all that is theirs."""


def fill(session, cohort, count, trainer, *, teams=10):
    """`count` wait: every eighth is a second round, a few have passed their day. Return a
    municipality with its share."""
    places = _places(session, cohort, trainer, teams)
    _people(session, cohort, places, count)
    session.execute(insert(Submission), [_waiting(cohort, i) for i in _ids(count)])
    session.commit()
    return places[0].organization_id


def fill_every_tab(session, cohort, count, trainer, course, *, teams, page):
    """`count` wait, of two modules, and each other tab has one full page. Everybody's text is
    there to be read, and everybody has asked something. Return a municipality with its share."""
    places = _places(session, cohort, trainer, teams)
    people = count + 3 * page
    _people(session, cohort, places, people)
    rows = [_waiting(cohort, i) | {"assignment_id": f"U{1 + i % 2}"} for i in _ids(people)]
    free = {"claimed_by": None, "claimed_until": None}
    claimed = {"state": SubmissionState.IN_REVIEW, "claimed_by": trainer.id,
               "claimed_until": NOON + timedelta(minutes=25)}
    others = [claimed, free | {"state": SubmissionState.RETURNED},
              free | {"state": SubmissionState.APPROVED}]
    for n, row in enumerate(rows):
        row |= others[(n - count) // page] if n >= count else free
    session.execute(insert(Submission), rows)
    edition = session.get_one(Edition, cohort.edition_id)
    session.execute(insert(SubmissionRound), [
        {"id": row["id"], "submission_id": row["id"], "number": row["round"],
         "reference": f"{row['assignment_id']}-TST-{row['id']} v{row['round']}",
         "answers": answers_to(course.items[row["assignment_id"]]), "members": [],
         "edition_digest": edition.digest,
         "content_digest": course.items[row["assignment_id"]].digest,
         "attestation": "Jag har läst igenom texten.", "submitted_by": row["id"],
         "submitted_at": row["submitted_at"]}
        for row in rows
    ])
    session.execute(insert(Thread), [
        {"id": row["id"], "cohort_id": cohort.id, "enrollment_id": row["id"],
         "assignment_id": row["assignment_id"], "waiting_since": row["submitted_at"],
         "answered_to": 0, "version": 1}
        for row in rows
    ])
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE"))  # as the server does by itself, a minute later
        session.commit()
    return places[0].organization_id


def _ids(count):
    return range(FIRST, FIRST + count)


def _places(session, cohort, trainer, teams):
    return [
        make_team(session, cohort, name=f"Team nr {n}", first_reader_id=trainer.id)
        for n in range(teams)
    ]


def _people(session, cohort, places, count):
    session.execute(insert(User), [
        {"id": i, "email": f"p{i}@example.org", "own_name": f"Person {i}", "created_at": LONG_AGO,
         "activated_at": LONG_AGO, "version": 1} for i in _ids(count)
    ])
    session.execute(insert(Enrollment), [
        {"id": i, "user_id": i, "cohort_id": cohort.id, "sector": Sector.SCHOOL,
         "organization_id": places[i // 2 % len(places)].organization_id,
         "home_team_id": places[i // 2 % len(places)].id, "created_at": LONG_AGO, "version": 1}
        for i in _ids(count)
    ])


def _waiting(cohort, i):
    at = NOON - timedelta(days=i * 7 % 60)
    return {
        "id": i, "cohort_id": cohort.id, "enrollment_id": i, "assignment_id": "U1",
        "state": SubmissionState.SUBMITTED if i % 3 else SubmissionState.IN_REVIEW,
        "round": 1 + (i % 8 == 0), "turn": 0 if i % 8 == 0 else 1, "submitted_at": at,
        "promised_on": promised_on(at.date(), starts_on=cohort.starts_on, breaks=[]),
        "version": 1,
    }
