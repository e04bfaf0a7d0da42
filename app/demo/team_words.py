"""What the teams of the demonstration show on purpose and say of their joint work."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.together import ASSIGNMENT, HOLDER, TEAM
from courses.catalog import Course, contribution_id
from courses.models import (
    Cohort,
    Completion,
    ContributionLine,
    Draft,
    Enrollment,
    ReadyMark,
    ShownVersion,
    SignOff,
    Submission,
    SubmissionRound,
    Team,
)
from courses.rules.sign_offs import text_digest
from courses.services.team_word import show_to_cohort
from courses.vocabulary import Sector, SubmissionState

OFFICER, MATE = "Yngve Påhitt", "Anders Låtsas"
NOT_YET = (
    "Vi behöver stämma av delen om helgkvällar med vår ledningsgrupp. Den träffas på torsdag."
)
SHOWN_TO_ALL = "GU5"
"""What the teams that have it approved let the other teams read."""
LINES = {
    Sector.SCHOOL: "Tog fram skolans underlag och skrev delen om unga.",
    Sector.SOCIAL_SERVICES: "Bidrog med socialtjänstens bild och läste hela texten två gånger.",
    Sector.POLICE: "Tog fram polisens öppna statistik och förklarade vad den inte visar.",
    Sector.MANAGEMENT: "Förde samtalet med styrgruppen och skrev om mandatet.",
}
OTHERWISE = "Var med på två arbetsmöten och skrev om min egen verksamhet."


def say_in_the_teams(
    session: Session,
    course: Course,
    cohort: Cohort,
    teams: Mapping[str, Team],
    people: Mapping[str, Enrollment],
    now: datetime,
) -> None:
    """Let the cohort ask for sign-off, one team show a version and ask the police, the teams
    with an approved situation picture show it, and members tell what they did."""
    cohort.needs_sign_off = True
    _show_versions(session, course, teams[TEAM], people, now)
    for submission in session.scalars(
        select(Submission).where(
            Submission.cohort_id == cohort.id, Submission.assignment_id == SHOWN_TO_ALL,
            Submission.state == SubmissionState.APPROVED,
        )
    ).all():
        team = session.get_one(Team, submission.team_id)
        holder = session.get_one(Enrollment, team.holder_id)
        show_to_cohort(session, submission, by=holder.user_id, now=now - timedelta(days=1))
    write_lines(session, cohort, people.values())


def write_lines(session: Session, cohort: Cohort, people: Iterable[Enrollment]) -> None:
    """Let everybody whose own part is counted have told what it was."""
    done = set(session.execute(select(Completion.enrollment_id, Completion.item_id)).all())
    sectors = {one.id: one.sector for one in people}
    rounds = session.execute(
        select(SubmissionRound, Submission.assignment_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .where(
            Submission.cohort_id == cohort.id, Submission.team_id.is_not(None),
            SubmissionRound.number == Submission.round,
        )
    )
    for round_, assignment_id in rounds.all():
        for member in round_.members:
            one = member["enrollment_id"]
            if (one, contribution_id(assignment_id)) in done:
                session.add(
                    ContributionLine(
                        round_id=round_.id, enrollment_id=one,
                        line=LINES.get(sectors[one], OTHERWISE), written_at=round_.submitted_at,
                    )
                )
    session.flush()


def _show_versions(
    session: Session,
    course: Course,
    team: Team,
    people: Mapping[str, Enrollment],
    now: datetime,
) -> None:
    draft = session.scalars(
        select(Draft).filter_by(team_id=team.id, assignment_id=ASSIGNMENT)
    ).one()
    last = course.items[ASSIGNMENT].sections[-1].id
    earlier = {key: value for key, value in draft.answers.items() if key != last}
    officer = people[OFFICER]
    asked = None
    for answers, version, organization_id, hours in (
        (earlier, max(draft.version - 1, 1), None, 6),
        (draft.answers, draft.version, officer.organization_id, 3),
    ):
        asked = ShownVersion(
            team_id=team.id, assignment_id=ASSIGNMENT, organization_id=organization_id,
            answers=answers, digest=text_digest(answers), draft_version=version,
            edition_digest=course.digest, shown_by=people[HOLDER].user_id,
            shown_at=now - timedelta(hours=hours),
        )
        session.add(asked)
        session.flush()
    session.add(
        SignOff(
            shown_version_id=asked.id, enrollment_id=officer.id, is_approved=False,
            line=NOT_YET, answered_at=now - timedelta(hours=2),
        )
    )
    for name, version in ((HOLDER, draft.version), (MATE, max(draft.version - 1, 1))):
        session.add(
            ReadyMark(
                team_id=team.id, assignment_id=ASSIGNMENT, enrollment_id=people[name].id,
                draft_version=version, at=now - timedelta(hours=2),
            )
        )
    session.flush()
