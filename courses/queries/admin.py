"""What the administrator sees of the installation's work: mail, jobs, messages to the owner."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.models import ContactMessage, Job, Notice, OutboxMail, User
from courses.permissions import Permission, Scope
from courses.vocabulary import JobState, MailState

PAGE = 25
Row = TypeVar("Row")


@dataclass(frozen=True)
class Administration:
    """The administrator's pages; nobody else may know of what is on them."""

    READ: ClassVar[Permission] = Permission.ADMIN_READ
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True)
class MailContext(Administration):
    mail: OutboxMail = field(kw_only=True)


@dataclass(frozen=True)
class JobContext(Administration):
    job: Job = field(kw_only=True)


def mail_context(session: Session, mail_id: int) -> MailContext:
    """Return an outgoing mail, or raise NotFound."""
    return MailContext(mail=_found(session.get(OutboxMail, mail_id)))


def job_context(session: Session, job_id: int) -> JobContext:
    """Return a job, or raise NotFound."""
    return JobContext(job=_found(session.get(Job, job_id)))


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Some rows, the newest first, and the key to go on from; None when these are the last."""

    rows: Sequence[Row]
    next_before: int | None


@dataclass(frozen=True, kw_only=True)
class AdminPage:
    mail_counts: dict[MailState, int]
    mails: Slice[OutboxMail]
    aliases: dict[int, str]
    """User id → what is read instead of the address of a mail."""
    failed_jobs: Slice[Job]
    messages: Slice[ContactMessage]
    notices: Slice[Any]
    """Who was told what kind of thing: Notice.id, kind, settled_at, state of the mail, to."""


def admin_page(
    session: Session,
    *,
    mail_state: MailState | None = None,
    mails_before: int | None = None,
    jobs_before: int | None = None,
    messages_before: int | None = None,
    notices_before: int | None = None,
) -> AdminPage:
    """Return one slice of each list, in five statements however much there is."""
    counted = session.execute(
        select(OutboxMail.state, func.count(OutboxMail.id)).group_by(OutboxMail.state)
    )
    counts = {row[0]: row[1] for row in counted}
    mails = select(OutboxMail, User.alias).outerjoin(User, User.id == OutboxMail.user_id)
    if mail_state is not None:
        mails = mails.where(OutboxMail.state == mail_state)
    failed = select(Job).where(Job.state == JobState.FAILED)
    if mails_before is not None:
        mails = mails.where(OutboxMail.id < mails_before)
    found = session.execute(mails.order_by(OutboxMail.id.desc()).limit(PAGE + 1)).all()
    return AdminPage(
        mail_counts={state: counts.get(state, 0) for state in MailState},
        mails=_cut([mail for mail, _ in found]),
        aliases={mail.user_id: alias for mail, alias in found if alias and mail.user_id},
        failed_jobs=_slice(session, failed, Job.id, jobs_before),
        messages=_slice(session, select(ContactMessage), ContactMessage.id, messages_before),
        notices=_notices(session, notices_before),
    )


def _notices(session: Session, before: int | None) -> Slice[Any]:
    told = (
        select(
            Notice.id, Notice.kind, Notice.settled_at, OutboxMail.state,
            func.coalesce(User.alias, User.email).label("to"),
        )
        .join(User, User.id == Notice.user_id)
        .join(OutboxMail, OutboxMail.id == Notice.mail_id)
    )
    if before is not None:
        told = told.where(Notice.id < before)
    rows = session.execute(told.order_by(Notice.id.desc()).limit(PAGE + 1)).all()
    return _cut(rows)


def _slice(session: Session, query: Select[Any], key: Any, before: int | None) -> Slice[Any]:
    if before is not None:
        query = query.where(key < before)
    return _cut(session.scalars(query.order_by(key.desc()).limit(PAGE + 1)).all())


def _cut(rows: Sequence[Any]) -> Slice[Any]:
    """Return a page of the rows; one more than a page was asked for."""
    more = len(rows) > PAGE
    shown = rows[:PAGE]
    return Slice(shown, shown[-1].id if more else None)
