"""What is kept only for a while goes, by the retention that each table declares."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from courses.models import (
    AccountLink,
    Cohort,
    ContactMessage,
    Contribution,
    Draft,
    Enrollment,
    IdempotencyKey,
    Invitation,
    Job,
    JointSection,
    LessonPlace,
    LoginFailure,
    LoginSession,
    Notice,
    OutboxMail,
    PlanChapter,
    Reflection,
    RememberedDevice,
    Response,
    SectionComment,
    SectionSource,
    SharedContribution,
    Team,
    Thread,
    ThreadReader,
    UsedChallenge,
    User,
)
from courses.rules.account_links import JOB as LINK_JOB
from courses.vocabulary import JobState, MailState

IDEMPOTENCY_KEYS = timedelta(days=30)
LOGIN_FAILURES = timedelta(hours=24)
CHALLENGES = timedelta(hours=24)
"""Long after a passkey may still answer one."""
UNUSED_INVITATIONS = timedelta(days=60)
"""After they ran out: until then an expired link can be renewed by its owner."""
LINKS = timedelta(days=30)
LINK_JOBS = timedelta(hours=24)
"""That somebody asked for a link, to an address with an account or without one."""
MAILS = timedelta(days=90)
MESSAGES = timedelta(days=365)
NOTICES = timedelta(days=90)
"""After the cohort's end: until then they keep people from being told twice."""
DRAFTS = timedelta(days=90)
"""After the cohort's end: what was written or answered and never handed in."""
REFLECTIONS = timedelta(days=90)
"""After the account was closed."""


def sweep(
    session: Session, *, logins_idle_since: datetime, logins_older_than: datetime, now: datetime
) -> None:
    """Delete logins that have ended or run out, remembered devices, old keys, challenges,
    failures, messages, invitations, links and notices, and what people kept for themselves in
    cohorts that are long over.

    Of an old mail only stays that it was sent.
    """
    session.execute(
        delete(LoginSession).where(
            or_(
                LoginSession.ended_at.is_not(None),
                LoginSession.last_seen_at <= logins_idle_since,
                LoginSession.created_at <= logins_older_than,
            )
        )
    )
    session.execute(
        delete(IdempotencyKey).where(IdempotencyKey.created_at < now - IDEMPOTENCY_KEYS)
    )
    session.execute(delete(RememberedDevice).where(RememberedDevice.expires_at < now))
    session.execute(delete(UsedChallenge).where(UsedChallenge.used_at < now - CHALLENGES))
    session.execute(delete(LoginFailure).where(LoginFailure.at < now - LOGIN_FAILURES))
    session.execute(
        delete(Invitation).where(
            Invitation.used_at.is_(None), Invitation.expires_at < now - UNUSED_INVITATIONS
        )
    )
    session.execute(delete(AccountLink).where(AccountLink.expires_at < now - LINKS))
    session.execute(
        delete(Job).where(
            Job.kind == LINK_JOB, Job.state == JobState.DONE, Job.finished_at < now - LINK_JOBS
        )
    )
    session.execute(delete(ContactMessage).where(ContactMessage.at < now - MESSAGES))
    ended = select(Cohort.id).where(Cohort.ends_on < (now - NOTICES).date())
    session.execute(delete(Notice).where(Notice.cohort_id.in_(ended)))
    _sweep_what_was_ones_own(session, now)
    session.execute(
        update(OutboxMail)
        .where(
            OutboxMail.state != MailState.WAITING,
            OutboxMail.created_at < now - MAILS,
            OutboxMail.recipient != "",
        )
        .values(recipient="", params={}, last_error=None)
        .execution_options(synchronize_session=False)
    )


def _sweep_what_was_ones_own(session: Session, now: datetime) -> None:
    over = select(Cohort.id).where(Cohort.ends_on < (now - DRAFTS).date())
    enrollments = select(Enrollment.id).where(Enrollment.cohort_id.in_(over))
    teams = select(Team.id).where(Team.cohort_id.in_(over))
    written = select(JointSection.id).where(JointSection.team_id.in_(teams))
    closed = select(User.id).where(User.disabled_at < now - REFLECTIONS)
    for gone in (
        delete(Draft).where(Draft.enrollment_id.in_(enrollments) | Draft.team_id.in_(teams)),
        delete(SectionSource).where(SectionSource.section_row_id.in_(written)),
        delete(SharedContribution).where(SharedContribution.team_id.in_(teams)),
        delete(Contribution).where(Contribution.team_id.in_(teams)),
        delete(SectionComment).where(SectionComment.team_id.in_(teams)),
        delete(JointSection).where(JointSection.team_id.in_(teams)),
        delete(PlanChapter).where(PlanChapter.team_id.in_(teams)),
        delete(ThreadReader).where(
            ThreadReader.thread_id.in_(select(Thread.id).where(Thread.cohort_id.in_(over)))
        ),
        delete(Response).where(Response.enrollment_id.in_(enrollments)),
        delete(LessonPlace).where(LessonPlace.enrollment_id.in_(enrollments)),
        delete(Reflection).where(Reflection.user_id.in_(closed)),
    ):
        session.execute(gone.execution_options(synchronize_session=False))
