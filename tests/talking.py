"""What people have said about an assignment, the way the pages leave it."""

from datetime import UTC, date, datetime

from courses.models import DraftReading, Edition, Thread, ThreadMessage, TimeRequest, owned_by
from tests.factories import answers_to

ASKED_AT = datetime(2026, 11, 6, 9, 0, tzinfo=UTC)


def make_thread(session, owner, assignment, *, by, texts=("Hur lång ska texten vara?",)):
    """A thread in which `by` has asked."""
    thread = Thread(
        **owned_by(owner), cohort_id=owner.cohort_id, assignment_id=assignment.id,
        waiting_since=ASKED_AT,
    )
    session.add(thread)
    session.flush()
    for text in texts:
        session.add(
            ThreadMessage(
                thread_id=thread.id, author_id=by.id, from_trainer=False, text=text, at=ASKED_AT
            )
        )
    session.flush()
    return thread


def make_request(session, thread, *, by, wanted_on=date(2099, 2, 28)):
    request = TimeRequest(
        thread_id=thread.id, wanted_on=wanted_on, line="Det är mycket just nu.", asked_by=by.id,
        asked_at=ASKED_AT,
    )
    session.add(request)
    session.flush()
    return request


def make_reading(session, thread, assignment, edition, *, by, number=1):
    """A copy of a draft that waits to be read."""
    reading = DraftReading(
        thread_id=thread.id, number=number,
        reference=f"{assignment.id}-TST-{thread.id:04} U{number}",
        answers=answers_to(assignment), edition_digest=edition.digest,
        content_digest=assignment.digest, attestation="Jag har läst igenom texten.",
        sent_by=by.id, sent_at=ASKED_AT,
    )
    session.add(reading)
    session.flush()
    return reading


def make_talk(session, cast, course):
    """Nora has asked and sent a draft, alone and with her team; she asks for more time."""
    own, joint = (course.items[one.assignment_id] for one in (cast.submission, cast.joint))
    return make_threads(
        session, cast.cohort, cast.enrollment, cast.team, own, joint, by=cast.people["nora"]
    )


def make_threads(session, cohort, enrollment, team, own, joint, *, by):
    """The same for anybody; return what stands in addresses."""
    edition, found = session.get_one(Edition, cohort.edition_id), {}
    # the second: the matrix builds a trainer's address of a team with the same assignment
    for owner, assignment in ((team, joint), (team, own), (enrollment, own)):
        thread = make_thread(session, owner, assignment, by=by)
        make_reading(session, thread, assignment, edition, by=by)
        found = {"time request": make_request(session, thread, by=by).id}
    return found
