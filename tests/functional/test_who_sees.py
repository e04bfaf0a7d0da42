"""The line “Vem ser det här?” beside what really happens: every role of the cast asks for the
text, and those who get it are those whom the line names."""

import pytest
from sqlalchemy import select

from app import clock
from courses.models import SubmissionRound
from courses.onlookers import Onlooker, onlookers
from courses.permissions import Permission, Scope
from courses.queries.assignments import work_context
from courses.queries.identity import identity_of
from courses.vocabulary import SubmissionState
from tests.cast import make_cast
from tests.writing import make_draft

IN = Onlooker
KINDS = {
    "nora": {IN.WRITER, IN.PEN},
    "teammate": {IN.TEAM, IN.TEAM_AT_THE_AUTHORITY, IN.PARTICIPANT},
    "police teammate": {IN.TEAM, IN.PARTICIPANT},
    "participant of Söder": {IN.PARTICIPANT},
    "participant elsewhere": {IN.PARTICIPANT_ELSEWHERE},
    "trainer": {IN.TRAINER},
    "trainer elsewhere": {IN.TRAINER_ELSEWHERE},
    "county coordinator": {IN.COORDINATOR_OF_THE_COUNTY},
    "coordinator of the cohort": {IN.COORDINATOR_OF_THE_COHORT},
    "coordinator elsewhere": {IN.COORDINATOR_ELSEWHERE},
    "coordinator of Norr": {IN.COORDINATOR_OF_THE_ORGANIZATION},
    "coordinator of Söder": {IN.COORDINATOR_OF_ANOTHER},
    "editor": {IN.EDITOR},
    "administrator": {IN.ADMINISTRATOR},
    "secrecy officer": {IN.SECRECY_OFFICER},
    "nobody": {IN.NOBODY},
}
SECRET = "Det som bara vissa får läsa"


@pytest.fixture
def cast(session, course):
    cast = make_cast(session, course)
    session.commit()
    return cast


def pages(cast, course):
    """Every page on which a text of Nora or of her team could be read."""
    own = next(a for a in course.assignments if not a.is_joint).slug
    joint = next(a for a in course.assignments if a.is_joint)
    for base in (f"/uppgift/{own}", f"/team/{cast.team.id}/uppgift/{joint.slug}"):
        yield from (base, f"{base}/skriv", f"{base}/kontrollera", f"{base}/versioner/3")
    yield from (f"/granska/{cast.submission.id}", f"/granska/{cast.joint.id}")
    yield f"/samordna/deltagare/{cast.enrollment.id}"
    yield f"/samordna/team/{cast.team.id}"
    yield f"/samordna/team/{cast.team.id}/uppgift/{joint.id}"
    yield f"/samordna/team/{cast.approved.team_id}/uppgift/{joint.id}"


def who_reads(client, login, cast, course) -> set[str]:
    found = set()
    for role, person in cast.people.items():
        login(person)
        if any(SECRET in client.get(path).text for path in pages(cast, course)):
            found.add(role)
    return found


def who_is_named(permission, scope) -> set[str]:
    named = onlookers(permission, scope)
    return {role for role, kinds in KINDS.items() if kinds & named}


def scope_of(session, cast, course, is_joint) -> Scope:
    """Return the scope as the page itself has it."""
    slug = next(a for a in course.assignments if a.is_joint == is_joint).slug
    return work_context(
        session, identity_of(session, cast.people["nora"]), lambda _digest: course, slug=slug,
        team_id=cast.team.id if is_joint else None, today=clock.today(),
    ).scope


def hand_in_again(session, submission, answers) -> None:
    """One more round, like the last but for what it says."""
    last = session.scalars(
        select(SubmissionRound).filter_by(submission_id=submission.id, number=submission.round)
    ).one()
    same = {
        c.key: getattr(last, c.key) for c in SubmissionRound.__table__.columns if c.key != "id"
    }
    number = submission.round + 1
    reference = f"{last.reference[:-1]}{number}"
    session.add(
        SubmissionRound(
            **same | {"number": number, "reference": reference, "answers": answers}
        )
    )
    submission.round = number
    session.flush()


def test_every_role_of_the_cast_is_some_kind_of_person(cast):
    assert KINDS.keys() == cast.people.keys()


@pytest.mark.parametrize("is_joint", [False, True])
def test_a_draft_is_read_by_those_whom_the_line_names(
    client, session, login, course, cast, is_joint
):
    assignment = next(a for a in course.assignments if a.is_joint == is_joint)
    section = next(s for s in assignment.sections if s.kind == "text")
    owner, submission = (
        (cast.team, cast.joint) if is_joint else (cast.enrollment, cast.submission)
    )
    make_draft(session, owner, assignment, {section.id: SECRET}, by=cast.people["nora"])
    submission.state = SubmissionState.RETURNED
    session.commit()

    named = who_is_named(Permission.DRAFT_READ, scope_of(session, cast, course, is_joint))
    session.commit()
    assert who_reads(client, login, cast, course) == named


@pytest.mark.parametrize("is_joint", [False, True])
def test_what_is_handed_in_is_read_by_those_whom_the_line_names(
    client, session, login, course, cast, is_joint
):
    assignment = next(a for a in course.assignments if a.is_joint == is_joint)
    section = next(s for s in assignment.sections if s.kind == "text")
    submission = cast.joint if is_joint else cast.submission
    hand_in_again(session, submission, {section.id: SECRET})
    session.commit()

    named = who_is_named(Permission.SUBMISSION_READ, scope_of(session, cast, course, is_joint))
    session.commit()
    assert who_reads(client, login, cast, course) == named


def test_what_is_approved_is_read_by_those_whom_the_line_names(
    client, session, login, course, cast
):
    section = next(
        s for a in course.assignments if a.is_joint for s in a.sections if s.kind == "text"
    )
    hand_in_again(session, cast.approved, {section.id: SECRET})
    session.commit()
    scope = Scope(
        cohort_id=cast.cohort.id, organization_id=cast.team.organization_id,
        team_id=cast.approved.team_id,
    )

    # nobody of the cast is in that team: of those who read what is handed in, the trainer alone
    assert who_reads(client, login, cast, course) == who_is_named(
        Permission.APPROVED_WORK_READ, scope
    )


def test_the_line_stands_at_every_field(client, session, login, course, cast):
    own = next(a for a in course.assignments if not a.is_joint)
    cast.submission.state = SubmissionState.RETURNED
    session.commit()
    login(cast.people["nora"])

    page = client.get(f"/uppgift/{own.slug}/skriv").text
    written = [s for s in own.sections if s.kind in ("text", "short", "rows")]
    assert page.count("Vem ser det här?") == len(written)
    assert "Nu: bara du. När du har skickat in: du och omgångens utbildare." in page
    make_draft(session, cast.enrollment, own)
    session.commit()
    assert "omgångens utbildare." in client.get(f"/uppgift/{own.slug}/kontrollera").text
    assert "administratörerna" in client.get("/kontakt").text
