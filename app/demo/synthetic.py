"""A cohort of any size, to measure with: plain rows in bulk, one shared password hash."""

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.demo.secrecy import add_undertakings
from app.login import passwords
from courses.catalog import Course
from courses.models import (
    Base,
    Cohort,
    CohortDeadline,
    CohortModule,
    Completion,
    CompletionEvent,
    Enrollment,
    ModuleProgress,
    Organization,
    RoleAssignment,
    Submission,
    SubmissionRound,
    Team,
    TeamMember,
    User,
)
from courses.rules.requirements import required_by_module
from courses.rules.submissions import promised_on
from courses.vocabulary import (
    CompletionKind,
    EnrollmentState,
    Language,
    OrganizationKind,
    Role,
    Sector,
    SubmissionState,
)

SECTORS = list(Sector)


def load_synthetic(
    session: Session,
    course: Course,
    edition_id: int,
    *,
    municipalities: int,
    participants: int,
    password: str,
    now: datetime,
) -> dict[str, Any]:
    """Fill an empty database with one cohort; return ids and the accounts made."""
    today = now.date()
    hashed = passwords.hash_password(password)
    cohort = Cohort(
        course_id=course.id, edition_id=edition_id, name="Mätomgången",
        starts_on=today - timedelta(weeks=10), ends_on=today + timedelta(weeks=42),
        opened_at=now, shares_drafts_across_authorities=False,
        requirement_set=[
            {"id": r.id, "kind": r.kind, "items": list(r.items), "count": r.count}
            for r in course.requirements
        ],
    )
    organizations = [
        Organization(kind=OrganizationKind.MUNICIPALITY, name=f"Mätkommun {n + 1:03}")
        for n in range(municipalities)
    ]
    session.add_all([cohort, *organizations])
    session.flush()
    _schedule(session, course, cohort, today)
    teams = [
        Team(cohort_id=cohort.id, name=o.name, organization_id=o.id) for o in organizations
    ]
    session.add_all(teams)
    session.flush()
    staff = _staff(session, cohort, organizations[0], hashed, now)
    _participants(session, course, cohort, teams, participants, hashed, now)
    for n, team in enumerate(teams):
        team.holder_id = n + 1  # enrollments are numbered from 1, dealt to the teams in turn
        team.first_reader_id = staff["trainer"]
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        _advance_sequences(session)
    return {"cohort_id": cohort.id, "team_id": teams[0].id, "enrollment_id": 1}


def _schedule(session: Session, course: Course, cohort: Cohort, today: date) -> None:
    for module in course.modules:
        session.add(
            CohortModule(
                cohort_id=cohort.id, module_id=module.id, opens_on=today - timedelta(weeks=9)
            )
        )
    for n, assignment in enumerate(course.assignments):
        session.add(
            CohortDeadline(
                cohort_id=cohort.id, item_id=assignment.id,
                due_on=today + timedelta(weeks=2 * n - 3),
            )
        )


def _staff(
    session: Session, cohort: Cohort, municipality: Organization, hashed: str, now: datetime
) -> dict[str, int]:
    ids = {}
    for key, role, cohort_id, organization_id in (
        ("trainer", Role.TRAINER, cohort.id, None),
        ("county_coordinator", Role.COORDINATOR, None, None),
        ("municipal_coordinator", Role.COORDINATOR, cohort.id, municipality.id),
        ("editor", Role.EDITOR, None, None),
        ("administrator", Role.ADMINISTRATOR, None, None),
        ("secrecy_officer", Role.SECRECY_OFFICER, None, None),
    ):
        user = User(
            email=f"{key}@matning.example", name=f"Mät {key}", password_hash=hashed,
            language=Language.SWEDISH, activated_at=now, created_at=now,
        )
        session.add(user)
        session.flush()
        session.add(
            RoleAssignment(
                user_id=user.id, role=role, cohort_id=cohort_id,
                organization_id=organization_id, granted_at=now,
            )
        )
        ids[key] = user.id
    add_undertakings(session, [ids["trainer"]], now)
    return ids


def _participants(
    session: Session,
    course: Course,
    cohort: Cohort,
    teams: list[Team],
    count: int,
    hashed: str,
    now: datetime,
) -> None:
    """Deal `count` people to the teams in turn; everybody has done a different share."""
    first_user = 1_000
    users = [
        {"id": first_user + n, "email": f"deltagare{n}@matning.example",
         "own_name": f"Mät Deltagare {n:05}", "password_hash": hashed,
         "language": Language.SWEDISH, "activated_at": now, "created_at": now, "version": 1}
        for n in range(count)
    ]
    enrollments = [
        {"id": n + 1, "user_id": first_user + n, "cohort_id": cohort.id,
         "organization_id": teams[n % len(teams)].organization_id,
         "home_team_id": teams[n % len(teams)].id, "sector": SECTORS[n % len(SECTORS)],
         "state": EnrollmentState.ACTIVE, "created_at": now, "version": 1}
        for n in range(count)
    ]
    members = [
        {"team_id": row["home_team_id"], "enrollment_id": row["id"], "joined_on": now.date()}
        for row in enrollments
    ]
    _fill(session, User, users)
    _fill(session, Enrollment, enrollments)
    _fill(session, TeamMember, members)
    _progress(session, course, cohort, count, now)
    _handed_in(session, course, cohort, count, now, first_user)


def _progress(
    session: Session, course: Course, cohort: Cohort, count: int, now: datetime
) -> None:
    lessons = [item for item in course.items.values() if item in course.lessons]
    modules = {module.id: list(module.items) for module in course.modules}
    required = required_by_module(cohort.requirement_set, modules)
    events, completions, progress = [], [], []
    for n in range(count):
        done = [lesson.id for lesson in islice(lessons, n % (len(lessons) + 1))]
        for item_id in done:
            events.append(
                {"id": len(events) + 1, "enrollment_id": n + 1, "item_id": item_id,
                 "kind": CompletionKind.DONE, "actor_id": None, "at": now,
                 "content_digest": course.items[item_id].digest}
            )
            completions.append(
                {"enrollment_id": n + 1, "item_id": item_id, "at": now, "event_id": len(events)}
            )
        progress += [
            {"enrollment_id": n + 1, "module_id": module_id, "required": len(items),
             "done": len(set(items) & set(done)), "completed_at": None}
            for module_id, items in required.items()
        ]
    _fill(session, CompletionEvent, events)
    _fill(session, Completion, completions)
    _fill(session, ModuleProgress, progress)


def _handed_in(
    session: Session, course: Course, cohort: Cohort, count: int, now: datetime, first_user: int
) -> None:
    """Every second participant has handed in the first individual assignment."""
    assignment = next(a for a in course.assignments if not a.is_joint)
    answer_by = promised_on(
        now.date(), starts_on=cohort.starts_on, breaks=course.break_weeks
    )
    submissions, rounds = [], []
    for n in range(0, count, 2):
        at = now - timedelta(minutes=count - n)
        number = len(submissions) + 1
        submissions.append(
            {"id": number, "cohort_id": cohort.id, "enrollment_id": n + 1, "team_id": None,
             "assignment_id": assignment.id, "state": SubmissionState.SUBMITTED, "round": 1,
             "submitted_at": at, "promised_on": answer_by, "version": 1}
        )
        rounds.append(
            {"id": number, "submission_id": number, "number": 1,
             "reference": f"{assignment.id}-MÄT-{number:04} v1",
             "answers": {s.id: "Mätning" for s in assignment.sections if s.kind == "text"},
             "members": [], "edition_digest": course.digest,
             "content_digest": assignment.digest, "attestation": course.texts["attestation"],
             "submitted_by": first_user + n, "submitted_at": at}
        )
    _fill(session, Submission, submissions)
    _fill(session, SubmissionRound, rounds)


def _fill(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(model), rows)


def _advance_sequences(session: Session) -> None:
    """Rows were given their ids here; PostgreSQL must go on after them."""
    for model in (User, Enrollment, CompletionEvent, Submission, SubmissionRound):
        name = model.__tablename__
        session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), "  # noqa: S608
                f'(SELECT coalesce(max(id), 1) FROM "{name}"))'
            )
        )
