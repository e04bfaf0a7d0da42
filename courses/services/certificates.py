"""Certificates: asked for in a request, drawn by the worker, kept as documents, taken back.

Drawing takes a good part of a second of CPU on a bad day, so it happens outside of every
transaction: `prepare_certificate` reads, `render_certificate` draws, `issue_certificate` writes.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import Certificate, Job, User
from courses.rules.certificates import JOB
from courses.services.audit import audit
from courses.services.certificate_contents import Prepared
from courses.services.outbox import enqueue_job, enqueue_mail
from courses.vocabulary import CertificateKind, CertificateState, JobState


def request_issue(
    session: Session,
    enrollment_ids: Collection[int],
    *,
    by: int | None,
    now: datetime,
    replaces: Certificate | None = None,
) -> None:
    """Ask the worker for the full certificate of each enrollment, once however often asked.

    The worker looks at the requirements again. `by` is None when the cohort issues by itself.
    """
    kind = CertificateKind.FULL
    issued = {
        row[0]: row[1]
        for row in session.execute(
            select(Certificate.enrollment_id, func.count())
            .where(Certificate.enrollment_id.in_(enrollment_ids), Certificate.kind == kind)
            .group_by(Certificate.enrollment_id)
        )
    }
    for enrollment_id in sorted(enrollment_ids):
        # the number makes a new job possible after a certificate has been taken back
        key = f"{JOB}:{enrollment_id}:{kind}:{issued.get(enrollment_id, 0) + 1}"
        payload: dict[str, Any] = {
            "enrollment_id": enrollment_id, "by": by,
            "replaces": replaces.id if replaces else None,
        }
        if not _woken(session, key, payload, now):
            enqueue_job(session, JOB, dedupe_key=key, now=now, **payload)


def _woken(session: Session, key: str, payload: dict[str, Any], now: datetime) -> bool:
    """Let a job run again that gave up or found nothing to do, if there is one."""
    job = session.scalars(select(Job).where(Job.dedupe_key == key)).one_or_none()
    if job is None:
        return False
    job.payload = payload
    if job.state is not JobState.WAITING:
        job.state, job.run_after, job.attempts = JobState.WAITING, now, 0
        job.leased_until = job.leased_by = job.finished_at = job.last_error = None
    return True


def request_replacement(
    session: Session, certificate: Certificate, *, by: int, reason: str, now: datetime
) -> None:
    """Ask the worker for a new certificate in the place of this one, say with another name.

    The old one is valid until the new one is there.
    """
    _must_be_valid(certificate)
    certificate.reason, certificate.changed_by = reason, by
    request_issue(session, [certificate.enrollment_id], by=by, now=now, replaces=certificate)


def issue_certificate(
    session: Session,
    prepared: Prepared,
    pdf: bytes,
    *,
    by: int | None,
    now: datetime,
    replaces: int | None = None,
) -> Certificate | None:
    """Keep a drawn certificate and tell its holder; None when there is a valid one already."""
    kind = CertificateKind.FULL
    valid = session.scalars(
        select(Certificate).where(
            Certificate.user_id == prepared.user_id,
            Certificate.course_id == prepared.course_id,
            Certificate.kind == kind,
            Certificate.state == CertificateState.VALID,
        )
    ).one_or_none()
    if (valid.id if valid else None) != replaces:
        return None
    certificate = Certificate(
        enrollment_id=prepared.enrollment_id, user_id=prepared.user_id,
        course_id=prepared.course_id, kind=kind, state=CertificateState.VALID,
        code=prepared.data.code, token=prepared.token, fields=prepared.fields, pdf=pdf,
        sha256=sha256(pdf).hexdigest(), edition_digest=prepared.edition_digest,
        issued_at=now, issued_by=by,
    )
    try:
        with session.begin_nested():  # the unique index lets one of two workers through
            if valid:
                _end(session, valid, CertificateState.REPLACED, by=by, now=now)
            session.add(certificate)
            session.flush()
            if valid:
                valid.replaced_by_id = certificate.id
    except IntegrityError:
        return None
    audit(
        session, "certificate:issue", "certificate", certificate.id, actor_id=by, now=now,
        sha256=certificate.sha256, replaces=replaces,
    )
    enqueue_mail(
        session, to=session.get_one(User, prepared.user_id), template="certificate",
        dedupe_key=f"certificate:{certificate.id}", now=now, name=prepared.data.holder,
        certificate_id=certificate.id,
    )
    return certificate


def revoke_certificate(
    session: Session, certificate: Certificate, *, by: int, reason: str, now: datetime
) -> None:
    """Take a certificate back. It stays, and whoever verifies it is told."""
    _must_be_valid(certificate)
    certificate.reason = reason
    _end(session, certificate, CertificateState.REVOKED, by=by, now=now)
    audit(
        session, "certificate:revoke", "certificate", certificate.id, actor_id=by, now=now
    )


def _must_be_valid(certificate: Certificate) -> None:
    if certificate.state is not CertificateState.VALID:
        raise Refused(Reason.CERTIFICATE_NOT_VALID)


def _end(
    session: Session,
    certificate: Certificate,
    state: CertificateState,
    *,
    by: int | None,
    now: datetime,
) -> None:
    certificate.state, certificate.changed_at, certificate.changed_by = state, now, by
    session.flush()
