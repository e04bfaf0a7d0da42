"""What `demo load` and `synthetic load` print: who can log in, and where to look."""

from typing import Any

from flask import current_app, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo import cast
from app.demo.build import password_for
from courses.catalog import Course
from courses.models import (
    Certificate,
    Cohort,
    Draft,
    Enrollment,
    Reading,
    Submission,
    SubmissionRound,
    Team,
    User,
)
from courses.vocabulary import CertificateState, SubmissionState

ACCOUNTS = (
    ("participant", cast.PARTICIPANT),
    ("certificate_holder", cast.HOLDER),
    ("trainer", cast.TRAINERS[0]),
    ("trainer", cast.TRAINERS[1]),
    ("county_coordinator", cast.COUNTY_COORDINATOR),
    ("municipal_coordinator", cast.MUNICIPAL_COORDINATOR[0]),
    ("editor", cast.EDITOR),
    ("administrator", cast.ADMINISTRATOR),
    ("secrecy_officer", cast.SECRECY_OFFICER),
)


def demonstration(session: Session, course: Course, secret: str) -> dict[str, Any]:
    """Return the demonstration's accounts and paths, as design section 7 lays them out."""
    accounts = [
        {"role": role, "email": cast.address(name),
         "password": password_for(secret, cast.address(name))}
        for role, name in ACCOUNTS
    ]
    ids = {
        "participant": _enrollment(session, cast.PARTICIPANT),
        "holder": _enrollment(session, cast.HOLDER),
    }
    return {"accounts": accounts, "paths": paths(session, course, ids["participant"],
                                                 ids["holder"])}


def synthetic(session: Session, course: Course, password: str) -> dict[str, Any]:
    """Return the same for a synthetic cohort; its accounts share one password."""
    roles = (
        "trainer", "county_coordinator", "municipal_coordinator", "editor", "administrator"
    )
    accounts = [
        {"role": role, "email": f"{role}@matning.example", "password": password}
        for role in roles
    ]
    accounts.insert(
        0, {"role": "participant", "email": "deltagare1@matning.example", "password": password}
    )
    participant = session.scalars(
        select(Enrollment).join(User).where(User.email == "deltagare1@matning.example")
    ).one()
    return {"accounts": accounts, "paths": paths(session, course, participant, None)}


def _begun(session: Session, cohort: Cohort) -> dict[int, int]:
    """Which version → a text of it that a trainer is reading."""
    rows = session.execute(
        select(Submission.round, Submission.id)
        .where(
            Submission.cohort_id == cohort.id, Submission.state == SubmissionState.IN_REVIEW,
            Submission.enrollment_id.is_not(None),
        )
        .order_by(Submission.id.desc())
    )
    return {number: submission_id for number, submission_id in rows}  # noqa: C416 (typed)


def paths(
    session: Session, course: Course, participant: Enrollment, holder: Enrollment | None
) -> dict[str, dict[str, str]]:
    """Return role → name → path; a path appears when its page exists."""
    module = course.modules[0]
    individual = next(a for a in course.assignments if not a.is_joint)
    states = dict(
        session.execute(
            select(Submission.assignment_id, Submission.state).where(
                Submission.enrollment_id == participant.id
            )
        ).all()
    )
    to_write = next(
        a for a in course.assignments
        if not a.is_joint and states.get(a.id) in (None, SubmissionState.RETURNED)
    )
    improved = next(
        ({"assignment_slug": course.items[one].slug, "number": 2} for one in session.scalars(
            select(Submission.assignment_id)
            .where(Submission.enrollment_id == participant.id, Submission.round == 2)
        )), None,
    )
    joint = next(a for a in course.assignments if a.is_joint)
    team = session.get_one(Team, participant.home_team_id)
    drafted = session.scalars(select(Draft.assignment_id).where(Draft.team_id == team.id)).first()
    writing = drafted and {"assignment_slug": course.items[drafted].slug, "team_id": team.id}
    section = writing and writing | {"section_id": course.items[drafted].sections[0].id}
    cohort = session.get_one(Cohort, participant.cohort_id)
    waiting = session.scalars(
        select(Submission)
        .where(
            Submission.cohort_id == cohort.id, Submission.state == SubmissionState.SUBMITTED
        )
        .order_by(Submission.submitted_at)
    ).first()
    twice = session.scalars(
        select(Submission.id)
        .join(SubmissionRound).join(Reading)
        .where(
            Submission.cohort_id == cohort.id, Submission.state == SubmissionState.IN_REVIEW,
        )
    ).first()
    certificate = _certificate(session, holder)
    wanted: dict[str, dict[str, tuple[str, dict[str, Any]] | None]] = {
        "participant": {
            "home": ("home.show", {}),
            "module": ("modules.show", {"slug": module.slug}),
            "lesson": ("modules.lesson",
                       {"slug": module.slug, "lesson_slug": module.lessons[0].slug}),
            "check": ("modules.check", {"slug": module.slug}),
            "assignment": ("assignments.show", {"assignment_slug": individual.slug}),
            "assignment to write": ("assignments.show", {"assignment_slug": to_write.slug}),
            "write": ("assignments.write", {"assignment_slug": to_write.slug}),
            "compare": improved and ("assignments.compare", improved),
            "joint": ("assignments.show", {"assignment_slug": joint.slug, "team_id": team.id}),
            "joint draft": writing and ("assignments.show", writing),
            "joint section": section and ("joint.section", section),
            "privacy": ("my_data.show", {}),
            "reflections": ("reflections.index", {}),
            "account": ("account.show", {}),
        },
        "certificate_holder": {
            "certificate": certificate and (
                "certificates.show", {"certificate_id": certificate.id}
            ),
            "plan": holder and ("plans.show", {"team_id": holder.home_team_id}),
        },
        "trainer": {
            "queue": ("reviews.queue", {}),
            "presentation": ("reviews.presentation", {
                "enrollment_id": participant.id, "assignment_id": to_write.id,
            }),
            "review": waiting and ("reviews.show", {"submission_id": waiting.id}),
            "undertaking": ("undertaking.show", {}),
            "two readers": twice and ("reviews.show", {"submission_id": twice}),
            **{
                f"review of version {number}": ("reviews.show", {"submission_id": begun})
                for number, begun in _begun(session, cohort).items()
            },
        },
        "county_coordinator": {
            "overview": ("coordination.overview", {"cohort_id": cohort.id}),
            "team": ("coordination.team", {"team_id": team.id}),
            "participant": ("coordination.participant", {"enrollment_id": participant.id}),
        },
        "municipal_coordinator": {
            "overview": ("coordination.overview", {"cohort_id": cohort.id}),
        },
        "editor": {"content": ("editing.show", {"course_id": course.id})},
        "administrator": {"admin": ("admin.show", {})},
        "secrecy_officer": {"stops": ("secrecy.index", {})},
        "public": {
            "start": ("public.start", {}),
            "login": ("auth.login", {}),
            "verify": ("verify.form", {}),
            "certificate": certificate and ("verify.show", {"code": certificate.code}),
            "support": ("public.support", {}),
            "accessibility": ("public.accessibility", {}),
            "privacy": ("public.privacy", {}),
            "contact": ("public.contact", {}),
            "managers": ("public.managers", {}),
        },
    }
    with current_app.test_request_context():
        return {
            role: {
                name: url_for(page[0], **page[1])
                for name, page in pages.items()
                if page and page[0] in current_app.view_functions
            }
            for role, pages in wanted.items()
        }


def _enrollment(session: Session, name: str) -> Enrollment:
    return session.scalars(
        select(Enrollment)
        .join(User, User.id == Enrollment.user_id)
        .where(User.email == cast.address(name))
    ).one()


def _certificate(session: Session, holder: Enrollment | None) -> Certificate | None:
    if holder is None:
        return None
    return session.scalars(
        select(Certificate).where(
            Certificate.enrollment_id == holder.id, Certificate.state == CertificateState.VALID
        )
    ).first()
