"""A team that shows versions of its joint text and is asked to sign off."""

from sqlalchemy import select

from app import clock
from courses.models import Draft, Enrollment, Organization, ShownVersion
from courses.rules.sign_offs import text_digest
from courses.vocabulary import OrganizationKind
from tests.factories import answers_to


def make_shown(session, team, assignment, *, by, organization_id=None, course=None, **fields):
    """A version of the team's draft, or of `answers`, that was shown."""
    draft = session.scalars(
        select(Draft).filter_by(team_id=team.id, assignment_id=assignment.id)
    ).one_or_none()
    answers = fields.pop("answers", None) or (draft.answers if draft else answers_to(assignment))
    shown = ShownVersion(
        team_id=team.id, assignment_id=assignment.id, organization_id=organization_id,
        answers=answers, digest=text_digest(answers),
        **{
            "draft_version": draft.version if draft else 1,
            "edition_digest": course.digest if course else "", "shown_by": by.id,
            "shown_at": clock.now(),
        } | fields,
    )
    session.add(shown)
    session.flush()
    return shown


def show_to_police(session, cast, course):
    """Let the police in Nora's team be asked about its joint text."""
    cast.cohort.needs_sign_off = True
    police = session.scalars(
        select(Organization.id)
        .join(Enrollment, Enrollment.organization_id == Organization.id)
        .where(Organization.kind == OrganizationKind.POLICE)
    ).first()
    joint = next(a for a in course.assignments if a.is_joint)
    return make_shown(
        session, cast.team, joint, by=cast.people["nora"], organization_id=police, course=course
    )
