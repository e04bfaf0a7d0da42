"""Builders with sensible defaults: a test states only what it is about."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy import select

from app.pages.undertaking import digest_of, source
from courses.models import (
    Cohort,
    CohortDeadline,
    CohortModule,
    Edition,
    Enrollment,
    Organization,
    RoleAssignment,
    SecrecyUndertaking,
    Submission,
    SubmissionRound,
    Team,
    TeamMember,
    User,
)
from courses.rules.calendar import working_days_after
from courses.rules.queue import Turn
from courses.rules.submissions import ANSWER_WITHIN
from courses.vocabulary import EnrollmentState, OrganizationKind, Role, Sector, SubmissionState

numbers = count(1)
OWNER = "Länsstyrelsen Västerbotten"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def make_user(session, **fields) -> User:
    n = next(numbers)
    defaults = {
        "email": f"person{n}@example.org", "name": f"Person {n}", "password_hash": None,
        "activated_at": LONG_AGO, "created_at": LONG_AGO,
    }
    return _add(session, User(**defaults | fields))


def make_organization(session, **fields) -> Organization:
    n = next(numbers)
    defaults = {"kind": OrganizationKind.MUNICIPALITY, "name": f"Kommun {n}", "scb_code": None}
    return _add(session, Organization(**defaults | fields))


def make_cohort(session, course, *, opens=None, due=None, **fields) -> Cohort:
    """An opened cohort of `course`: modules open since long, deadlines far ahead."""
    edition = session.scalars(
        select(Edition).where(Edition.course_id == course.id).order_by(Edition.number.desc())
    ).first()
    requirement_set = [
        {"id": r.id, "kind": r.kind, "items": list(r.items), "count": r.count}
        for r in course.requirements
    ]
    defaults = {
        "course_id": course.id, "edition_id": edition.id,
        "name": f"Utbildningsomgång {next(numbers)}", "starts_on": date(2026, 9, 14),
        "ends_on": date(2099, 12, 31), "opened_at": LONG_AGO,
        "requirement_set": requirement_set, "shares_drafts_across_authorities": False,
    }
    cohort = _add(session, Cohort(**defaults | fields))
    for module in course.modules:
        day = (opens or {}).get(module.id, date(2026, 9, 14))
        session.add(CohortModule(cohort_id=cohort.id, module_id=module.id, opens_on=day))
    for assignment in course.assignments:
        day = (due or {}).get(assignment.id, date(2099, 1, 31))
        session.add(CohortDeadline(cohort_id=cohort.id, item_id=assignment.id, due_on=day))
    session.flush()
    return cohort


def make_team(session, cohort, **fields) -> Team:
    n = next(numbers)
    if "organization_id" not in fields:
        fields["organization_id"] = make_organization(session).id
    return _add(session, Team(**{"cohort_id": cohort.id, "name": f"Team {n}"} | fields))


def make_enrollment(session, cohort, *, team=None, user=None, **fields) -> Enrollment:
    """A participant, in `team` when one is given."""
    user = user or make_user(session)
    organization_id = fields.pop("organization_id", None) or (
        team.organization_id if team and team.organization_id else make_organization(session).id
    )
    defaults = {
        "sector": Sector.SCHOOL, "state": EnrollmentState.ACTIVE, "created_at": LONG_AGO,
        "home_team_id": team.id if team else None,
    }
    enrollment = _add(
        session,
        Enrollment(
            user_id=user.id, cohort_id=cohort.id, organization_id=organization_id,
            **defaults | fields,
        ),
    )
    if team:
        join_team(session, team, enrollment)
    return enrollment


def join_team(session, team, enrollment) -> TeamMember:
    return _add(
        session,
        TeamMember(team_id=team.id, enrollment_id=enrollment.id, joined_on=date(2026, 9, 14)),
    )


def make_role(session, role: Role, *, user=None, cohort=None, organization=None) -> User:
    """Give a (new) person a role; return the person."""
    user = user or make_user(session)
    session.add(
        RoleAssignment(
            user_id=user.id, role=role, cohort_id=cohort.id if cohort else None,
            organization_id=organization.id if organization else None, granted_at=LONG_AGO,
        )
    )
    if role is Role.TRAINER:
        undertake(session, user)
    session.flush()
    return user


def undertake(session, user) -> None:
    """Let somebody have undertaken to keep secrets, in today's words, as trainers are asked to."""
    if session.scalar(
        select(SecrecyUndertaking.id).where(SecrecyUndertaking.user_id == user.id)
    ) is None:
        session.add(
            SecrecyUndertaking(
                user_id=user.id, digest=digest_of(OWNER), words=source(OWNER), at=LONG_AGO
            )
        )


def make_submission(
    session, cohort, owner, assignment, state=SubmissionState.SUBMITTED, *, answers=None, rounds=1,
    submitted_at=None, submitted_by=None, members=None, **fields,
) -> Submission:
    """What `owner` (an enrollment or a team) handed in, with its frozen rounds.

    `answers` are those of the last round. Rounds are handed in a day apart.
    """
    is_team = isinstance(owner, Team)
    at = submitted_at or datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    edition = session.get_one(Edition, cohort.edition_id)
    defaults = {
        "enrollment_id": None if is_team else owner.id, "team_id": owner.id if is_team else None,
        "state": state, "round": rounds, "submitted_at": at if rounds else None,
        "promised_on": working_days_after(at.date(), ANSWER_WITHIN) if rounds else None,
        "turn": Turn.AGAIN if rounds > 1 else Turn.NEW,
    }
    submission = _add(
        session,
        Submission(cohort_id=cohort.id, assignment_id=assignment.id, **defaults | fields),
    )
    by = submitted_by.id if submitted_by else None if is_team else owner.user_id
    for number in range(1, rounds + 1):
        session.add(
            SubmissionRound(
                submission_id=submission.id, number=number,
                reference=f"{assignment.id}-TST-{submission.id:04} v{number}",
                answers=answers if answers is not None and number == rounds
                else answers_to(assignment),
                members=_members(session, owner) if is_team and members is None
                else members or [],
                edition_digest=edition.digest, content_digest=assignment.digest,
                attestation="Jag har läst igenom texten och den handlar inte om någon enskild "
                "person.",
                submitted_by=by or _members_users(session, owner)[0],
                submitted_at=at - timedelta(days=rounds - number),
            )
        )
    session.flush()
    return submission


def answers_to(assignment) -> dict:
    """Something written in every section."""
    values = {
        "choice": lambda s: s.options[0],
        "date": lambda s: "2026-11-30",
        "rows": lambda s: [
            {f.id: _cell(f, n) for f in s.fields} for n in range(1, max(s.min_rows, 1) + 1)
        ],
    }
    return {
        s.id: values.get(s.kind, lambda s: f"Det här står under {s.label}.")(s)
        for s in assignment.sections
    }


def _cell(field, n: int) -> str:
    if field.kind == "choice":
        return field.options[0]
    return "2026-11-30" if field.kind == "date" else f"{field.label} {n}"


def _members(session, team) -> list[dict]:
    rows = session.execute(
        select(Enrollment.id, User.name, Organization.name)
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(TeamMember.team_id == team.id, TeamMember.left_on.is_(None))
        .order_by(Enrollment.id)
    )
    return [{"enrollment_id": i, "name": n, "organization": o} for i, n, o in rows]


def _members_users(session, team) -> list[int]:
    return session.scalars(
        select(Enrollment.user_id)
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .where(TeamMember.team_id == team.id)
        .order_by(Enrollment.id)
    ).all()


def user_of(session, enrollment) -> User:
    return session.get_one(User, enrollment.user_id)


def _add(session, thing):
    session.add(thing)
    session.flush()
    return thing
