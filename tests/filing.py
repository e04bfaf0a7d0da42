"""Files that lie in storage, beside a draft or in a round, as if they had been uploaded."""

from hashlib import sha256

from sqlalchemy import select

from app import clock
from courses.models import (
    BehalfFile,
    DraftFile,
    RoundFile,
    StoredFile,
    Submission,
    SubmissionRound,
    owned_by,
)
from courses.vocabulary import FileState
from tests.files.good import pdf


def store(app, session, *, by, content=None, state=FileState.CLEAN, is_read=True, **fields):
    """A stored file with its bytes."""
    content = pdf() if content is None else content
    digest = sha256(content).hexdigest()
    storage = app.extensions["storage"]
    file, path = storage.draft()
    with file:
        file.write(content)
    storage.keep(path, digest)
    now = clock.now()
    defaults = {
        "media_type": "application/pdf", "read_at": now if is_read else None,
        "checked_at": None if state is FileState.UNCHECKED else now,
    }
    row = StoredFile(
        sha256=digest, size=len(content), state=state, uploaded_by=by.id, uploaded_at=now,
        **defaults | fields,
    )
    session.add(row)
    session.flush()
    return row


def beside_draft(app, session, owner, assignment, *, by, name="tabell.pdf", place=1, **fields):
    """A file beside a draft."""
    stored = store(app, session, by=by, **fields)
    file = DraftFile(
        **owned_by(owner), assignment_id=assignment.id, place=place, name=name,
        stored_file_id=stored.id, added_by=by.id, added_at=clock.now(),
    )
    session.add(file)
    session.flush()
    return file


def on_behalf(app, session, enrollment, assignment, *, by, name="pappret.pdf", **fields):
    """A file that somebody is going to hand in for another."""
    stored = store(app, session, by=by, **fields)
    file = BehalfFile(
        enrollment_id=enrollment.id, assignment_id=assignment.id, place=1, name=name,
        stored_file_id=stored.id, added_by=by.id, added_at=clock.now(),
    )
    session.add(file)
    session.flush()
    return file


def in_rounds(app, session, submission: Submission, *, by, name="tabell.pdf", **fields):
    """The same file in every round of a submission, at the first place."""
    stored = store(app, session, by=by, **fields)
    for one in session.scalars(
        select(SubmissionRound).where(SubmissionRound.submission_id == submission.id)
    ).all():
        session.add(
            RoundFile(
                round_id=one.id, place=1, name=name, sha256=stored.sha256, size=stored.size,
                media_type=stored.media_type, stored_file_id=stored.id, added_by=by.id,
            )
        )
    session.flush()
    return stored
