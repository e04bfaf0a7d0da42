"""What those who issue certificates see: who is ready in a cohort, and what has been issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.identity import Identity
from courses.models import (
    Certificate,
    Cohort,
    Completion,
    Enrollment,
    Job,
    Organization,
    User,
)
from courses.permissions import Permission, Scope
from courses.rules.certificates import JOB
from courses.vocabulary import CertificateKind, CertificateState, JobState

NO_JOB: dict[str, Any] = {"job": None, "stumbled": False}


@dataclass(frozen=True, kw_only=True)
class IssuedCertificate:
    """A certificate as the coordinators of its cohort deal with it."""

    READ: ClassVar[Permission] = Permission.CERTIFICATE_ISSUE
    certificate: Certificate
    name: str
    """What stands on it, unless others may not read that."""
    cohort_id: int

    @property
    def scope(self) -> Scope:
        return Scope(cohort_id=self.cohort_id)


@dataclass(frozen=True, kw_only=True)
class IssuingContext:
    """A cohort whose certificates are to be issued."""

    READ: ClassVar[Permission] = Permission.COHORT_READ
    cohort: Cohort

    @property
    def scope(self) -> Scope:
        return Scope(cohort_id=self.cohort.id)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who meets the requirements and has no valid certificate."""

    enrollment_id: int
    name: str
    organization: str
    job: JobState | None
    """Waiting: it is being made. Failed: it could not be. None: nobody has asked."""
    stumbled: bool
    """An attempt to make it has failed."""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """One line of the list of what has been issued."""

    certificate: Certificate
    name: str
    organization: str
    is_being_replaced: bool

    @property
    def is_valid(self) -> bool:
        return self.certificate.state is CertificateState.VALID


@dataclass(frozen=True, kw_only=True)
class Certificates:
    """Who is ready, and what has been issued."""

    ready: tuple[Person, ...]
    issued: tuple[Issued, ...]

    @property
    def to_issue(self) -> tuple[Person, ...]:
        """Those for whom nothing is under way."""
        return tuple(person for person in self.ready if person.job is not JobState.WAITING)


def issued_certificate(
    session: Session, _identity: Identity, certificate_id: int
) -> IssuedCertificate:
    """Return a certificate for those who issue it."""
    found = session.execute(
        select(Certificate, User.alias, Enrollment.cohort_id)
        .join(Enrollment, Enrollment.id == Certificate.enrollment_id)
        .join(User, User.id == Certificate.user_id)
        .where(Certificate.id == certificate_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    certificate, alias, cohort_id = found
    return IssuedCertificate(
        certificate=certificate, name=alias or certificate.fields["name"], cohort_id=cohort_id
    )


def issuing_context(session: Session, _identity: Identity, cohort_id: int) -> IssuingContext:
    """Return the cohort whose certificates are to be issued."""
    cohort = session.get(Cohort, cohort_id)
    if cohort is None:
        raise NotFound
    return IssuingContext(cohort=cohort)


def ready_enrollments(session: Session, cohort: Cohort) -> list[int]:
    """Return the enrollments that a certificate can be issued for, as `is_met` would say."""
    return list(session.scalars(_ready(cohort, Enrollment.id)))


def certificates_of_cohort(session: Session, cohort: Cohort) -> Certificates:
    """Return who is ready and what has been issued, in three statements."""
    jobs = _jobs(session)
    ready = session.execute(
        _ready(cohort, Enrollment.id, User.name, Organization.name)
        .group_by(User.name, Organization.name)
        .order_by(User.name, Enrollment.id)
    )
    issued = session.execute(
        select(Certificate, User.alias, Organization.name)
        .join(Enrollment, Enrollment.id == Certificate.enrollment_id)
        .join(User, User.id == Certificate.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(Enrollment.cohort_id == cohort.id)
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    return Certificates(
        ready=tuple(
            Person(enrollment_id=i, name=name, organization=employer, **jobs.get(i, NO_JOB))
            for i, name, employer in ready
        ),
        issued=tuple(
            Issued(
                certificate=certificate, name=alias or certificate.fields["name"],
                organization=employer,
                is_being_replaced=certificate.state is CertificateState.VALID
                and jobs.get(certificate.enrollment_id, NO_JOB)["job"] is JobState.WAITING,
            )
            for certificate, alias, employer in issued
        ),
    )


def _jobs(session: Session) -> Mapping[int, dict[str, Any]]:
    """Return enrollment → where its job stands, when it waits or has failed; there are few."""
    rows = session.execute(
        select(Job.payload, Job.state, Job.last_error).where(
            Job.kind == JOB, Job.state != JobState.DONE
        )
    )
    return {
        payload["enrollment_id"]: {"job": state, "stumbled": error is not None}
        for payload, state, error in rows
    }


def _ready(cohort: Cohort, *columns: Any) -> Any:
    """Who has enough completed items for every line of the requirement set, counted there.

    The rule is `rules.requirements.is_met`; a test holds the two together. Asking the database
    keeps the page as quick for two thousand participants as for ten.
    """
    has_one = (
        select(Certificate.id)
        .where(
            Certificate.user_id == Enrollment.user_id,
            Certificate.course_id == cohort.course_id,
            Certificate.kind == CertificateKind.FULL,
            Certificate.state == CertificateState.VALID,
        )
        .exists()
    )
    return (
        select(*columns)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .join(Completion, Completion.enrollment_id == Enrollment.id)
        .where(Enrollment.cohort_id == cohort.id, ~has_one)
        .group_by(Enrollment.id)
        .having(*_lines_met(cohort))
    )


def _lines_met(cohort: Cohort) -> list[ColumnElement[bool]]:
    lines = [line for line in cohort.requirement_set if line["items"]]
    if not lines:
        return [func.count() < 0]  # an empty requirement set is never met
    return [
        func.sum(
            case((Completion.item_id.in_([*line["items"], *line.get("also", ())]), 1), else_=0)
        )
        >= (line["count"] if line["kind"] == "at_least" else len(set(line["items"])))
        for line in lines
    ]
