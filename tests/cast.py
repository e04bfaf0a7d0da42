"""A small world in which every role stands inside and outside of every scope.

Two cohorts; in the first, the teams of Norr (with a police officer in it) and Söder. What the
matrix asks about belongs to Nora of Norr.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app import clock
from courses.models import (
    Certificate,
    Cohort,
    Enrollment,
    Invitation,
    Job,
    LoginSession,
    OutboxMail,
    Passkey,
    Review,
    RoleAssignment,
    Submission,
    SubmissionRound,
    Team,
    User,
)
from courses.vocabulary import (
    CertificateKind,
    CertificateState,
    JobState,
    Language,
    MailState,
    OrganizationKind,
    Outcome,
    Role,
    SubmissionState,
)
from tests.factories import (
    join_team,
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_submission,
    make_team,
    make_user,
    numbers,
    user_of,
)

#: A first name so long that no token of a page spells it by chance, as "Nora" now and then is.
NORA = "Norabella Norr"


@dataclass(frozen=True, kw_only=True)
class Cast:
    people: dict[str, User]
    """Role as the matrix names it → person."""
    cohort: Cohort
    enrollment: Enrollment
    team: Team
    submission: Submission
    joint: Submission
    approved: Submission
    """Joint work of a second team of Norr."""
    certificate: Certificate
    mail: OutboxMail
    job: Job
    role: RoleAssignment
    """A second trainer's, so that ending it takes nothing from the people above."""


def make_cast(session, course) -> Cast:
    """Make the world; the caller commits."""
    norr = make_organization(session, name="Norr")
    soder = make_organization(session, name="Söder")
    police = make_organization(session, name="Polisen", kind=OrganizationKind.POLICE)
    cohort, other = make_cohort(session, course), make_cohort(session, course)
    team = make_team(session, cohort, name="Norr", organization_id=norr.id)
    south = make_team(session, cohort, name="Söder", organization_id=soder.id)
    nora = make_enrollment(session, cohort, team=team, user=make_user(session, name=NORA))
    mate = make_enrollment(session, cohort, team=team)
    officer = make_enrollment(session, cohort, team=team, organization_id=police.id)
    sven = make_enrollment(session, cohort, team=south)
    join_team(session, south, officer)
    elsewhere = make_enrollment(session, other, team=make_team(session, other))
    team.holder_id = nora.id
    coordinator, trainer = Role.COORDINATOR, Role.TRAINER
    people = {
        "nora": user_of(session, nora),
        "teammate": user_of(session, mate),
        "police teammate": user_of(session, officer),
        "participant of Söder": user_of(session, sven),
        "participant elsewhere": user_of(session, elsewhere),
        "trainer": make_role(session, trainer, cohort=cohort),
        "trainer elsewhere": make_role(session, trainer, cohort=other),
        "county coordinator": make_role(session, coordinator),
        "coordinator of the cohort": make_role(session, coordinator, cohort=cohort),
        "coordinator elsewhere": make_role(session, coordinator, cohort=other),
        "coordinator of Norr": make_role(session, coordinator, cohort=cohort, organization=norr),
        "coordinator of Söder": make_role(session, coordinator, cohort=cohort,
                                          organization=soder),
        "editor": make_role(session, Role.EDITOR),
        "administrator": make_role(session, Role.ADMINISTRATOR),
        "secrecy officer": make_role(session, Role.SECRECY_OFFICER),
        "nobody": make_user(session),
    }
    individual = next(a for a in course.assignments if not a.is_joint)
    joint = next(a for a in course.assignments if a.is_joint)
    cast = Cast(
        people=people, cohort=cohort, enrollment=nora, team=team,
        submission=make_submission(
            session, cohort, nora, individual, SubmissionState.SUBMITTED, rounds=2
        ),
        joint=make_submission(
            session, cohort, team, joint, SubmissionState.SUBMITTED, rounds=2
        ),
        approved=make_submission(
            session, cohort,
            make_team(session, cohort, name="Norr, andra teamet", organization_id=norr.id),
            joint, SubmissionState.APPROVED, submitted_by=people["nora"],
        ),
        certificate=make_certificate(session, nora, course),
        mail=make_failed_mail(session, people["nora"]),
        job=make_failed_job(session),
        role=second_trainer(session, cohort),
    )
    session.add(
        Invitation(
            user_id=people["nora"].id, token_hash="0" * 64, created_at=clock.now(),
            expires_at=clock.now() + timedelta(days=30),
        )
    )
    for submission in (cast.submission, cast.joint):
        _returned(session, submission, by=people["trainer"])
    session.flush()
    return cast


def _returned(session, submission, *, by) -> None:
    """The first round came back; the second waits."""
    first = session.scalars(
        select(SubmissionRound.id).where(
            SubmissionRound.submission_id == submission.id, SubmissionRound.number == 1
        )
    ).one()
    session.add(
        Review(
            round_id=first, reviewer_id=by.id, outcome=Outcome.RETURN, levels={}, comments={},
            overall="Mer, tack.", due_on=date(2099, 1, 31), created_at=clock.now(),
        )
    )


def make_certificate(session, enrollment, course) -> Certificate:
    certificate = Certificate(
        enrollment_id=enrollment.id, user_id=enrollment.user_id, course_id=course.id,
        kind=CertificateKind.FULL, state=CertificateState.VALID, code="7K3M-9QXW-2HFT-R6ND",
        token="a-token-for-the-matrix", fields=CERTIFICATE_FIELDS, pdf=b"%PDF-", sha256="0" * 64,
        edition_digest=course.digest, issued_at=clock.now(),
    )
    session.add(certificate)
    session.flush()
    return certificate


def make_passkey(session, user, **fields) -> Passkey:
    n = next(numbers)
    defaults = {
        "credential_id": f"credential{n:06}", "public_key": b"key", "sign_count": 0,
        "name": f"Nyckel {n}", "transports": ["internal"], "created_at": clock.now(),
    }
    passkey = Passkey(user_id=user.id, **defaults | fields)
    session.add(passkey)
    session.flush()
    return passkey


def make_login(session, user, **fields) -> LoginSession:
    """A login on another device."""
    now = clock.now()
    defaults = {
        "token_hash": f"token-{next(numbers)}", "created_at": now, "last_seen_at": now,
        "proved_at": now,
        "device": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
        "Gecko) Chrome/140.0.0.0 Safari/537.36",
    }
    login = LoginSession(user_id=user.id, **defaults | fields)
    session.add(login)
    session.flush()
    return login


def make_failed_mail(session, user) -> OutboxMail:
    mail = OutboxMail(
        user_id=user.id, recipient=user.email, template="receipt", params={},
        language=Language.SWEDISH, dedupe_key="matrix", state=MailState.FAILED,
        not_before=clock.now(), created_at=clock.now(),
    )
    session.add(mail)
    session.flush()
    return mail


def second_trainer(session, cohort) -> RoleAssignment:
    second = make_role(session, Role.TRAINER, cohort=cohort)
    return session.scalars(
        select(RoleAssignment).where(RoleAssignment.user_id == second.id)
    ).one()


def make_failed_job(session) -> Job:
    job = Job(
        kind="matrix", payload={}, dedupe_key="matrix", state=JobState.FAILED,
        run_after=clock.now(), created_at=clock.now(),
    )
    session.add(job)
    session.flush()
    return job


CERTIFICATE_FIELDS = {
    "language": "sv", "kind": "Intyg", "subject": "Processledarutbildning", "name": NORA,
    "paragraphs": [], "modules": [], "hours": "10", "starts_on": "2026-09-14",
    "ends_on": "2026-11-20", "issued_on": "2026-11-21", "issuer": "Länsstyrelsen Västerbotten",
    "disclaimer": "",
}
