"""What must be true afterwards; each returns sentences, none when all is well."""

from collections import Counter, defaultdict
from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from courses.models import (
    AuditEvent,
    Draft,
    Enrollment,
    OutboxMail,
    Submission,
    SubmissionRound,
    User,
)
from courses.vocabulary import MailState, SubmissionState
from tests.faults.clients import digest
from tests.mailbox import Mailbox


def whole(session: Session) -> list[str]:
    """The database file itself."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    problems = list(session.scalars(text("PRAGMA integrity_check")))
    problems += [str(row) for row in session.execute(text("PRAGMA foreign_key_check"))]
    return [] if problems == ["ok"] else problems


def submissions(session: Session, ledger: list[dict]) -> list[str]:
    """Everything acknowledged is there exactly once, in order, with its text; nothing else is."""
    problems = []
    acknowledged = defaultdict(list)
    for entry in ledger:
        if entry["what"] == "submitted":
            acknowledged[entry["email"]].append(entry["digest"])
    found = defaultdict(list)
    rows = session.execute(
        select(User.email, SubmissionRound.number, SubmissionRound.answers)
        .join(SubmissionRound, SubmissionRound.submitted_by == User.id)
        .order_by(User.id, SubmissionRound.number)
    )
    for email, number, answers in rows:
        found[email].append(digest(answers))
        if number != len(found[email]):
            problems.append(f"{email}: round {number} where {len(found[email])} was expected")
    for email in acknowledged.keys() | found.keys():
        if acknowledged[email] != found[email]:
            lost = Counter(acknowledged[email]) - Counter(found[email])
            extra = Counter(found[email]) - Counter(acknowledged[email])
            problems.append(f"{email}: {lost.total()} lost, {extra.total()} not acknowledged")
    return problems


def halves(session: Session, ledger: list[dict]) -> list[str]:
    """A round comes with its state, its mail and its line in the log, or not at all."""
    problems = []
    for submission in session.scalars(select(Submission)):
        rounds = session.scalar(
            select(func.count()).where(SubmissionRound.submission_id == submission.id)
        )
        if submission.round != rounds:
            problems.append(f"submission {submission.id}: at {submission.round}, has {rounds}")
        if submission.state is not SubmissionState.WITHDRAWN:
            problems.append(f"submission {submission.id}: {submission.state}")
    for frozen in session.scalars(select(SubmissionRound)):
        receipts = session.scalar(
            select(func.count()).where(
                OutboxMail.dedupe_key == f"receipt:{frozen.reference}:{frozen.submitted_by}"
            )
        )
        if receipts != 1:
            problems.append(f"{frozen.reference}: {receipts} receipts")
    logged = Counter(
        (event.action, event.object_id, event.details["round"])
        for event in session.scalars(
            select(AuditEvent).where(AuditEvent.object_type == "submission")
        )
    )
    wanted = Counter(
        (f"submission:{action}", frozen.submission_id, frozen.number)
        for frozen in session.scalars(select(SubmissionRound))
        for action in ("submit", "withdraw")
    )
    if logged != wanted:
        problems.append(f"the log differs: {(logged - wanted) or (wanted - logged)}")
    last = {entry["email"]: entry["digest"] for entry in ledger}
    drafts = session.execute(
        select(User.email, Draft.answers)
        .join(Enrollment, Enrollment.id == Draft.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
    )
    kept = {email: digest(answers) for email, answers in drafts}
    return problems if kept == last else [*problems, "a draft is not the last one saved"]


def let_leases_run_out(session: Session, now: datetime) -> None:
    """Do what five minutes do: whoever died loses the mail that was under way."""
    session.execute(
        update(OutboxMail).where(OutboxMail.state == MailState.WAITING)
        .values(leased_until=None, not_before=now)
    )  # fmt: skip


def mails(session: Session, mailbox: Mailbox) -> list[str]:
    """Every mail has left, and a second copy is known as one by its Message-ID."""
    waiting = session.scalar(
        select(func.count()).where(OutboxMail.state != MailState.SENT)
    )  # fmt: skip
    written = session.scalar(select(func.count(OutboxMail.id)))
    arrived = {str(message["Message-ID"]) for message in mailbox.messages}
    if waiting or len(arrived) != written:
        return [f"{written} mails, {waiting} not sent, {len(arrived)} different ones arrived"]
    return []
