"""A team that shows versions of its joint text and is asked to sign off."""

from datetime import date

from sqlalchemy import select

from app import clock
from courses.models import (
    Draft,
    Enrollment,
    Organization,
    Review,
    ShownVersion,
    SubmissionRound,
)
from courses.rules.sign_offs import text_digest
from courses.vocabulary import OrganizationKind, Outcome
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_organization,
    make_team,
    make_user,
    user_of,
)
from tests.writing import finish_first_lessons, make_draft


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
        session, cast.team, joint, by=cast.people["nora"], organization_id=police, course=course,
        answers=answers_to(joint),
    )


def send_back(session, submission, *, by):
    """The round that was handed in last came back."""
    round_id = session.scalars(
        select(SubmissionRound.id).where(
            SubmissionRound.submission_id == submission.id,
            SubmissionRound.number == submission.round,
        )
    ).one()
    session.add(
        Review(
            round_id=round_id, reviewer_id=by.id, outcome=Outcome.RETURN, levels={}, comments={},
            overall="Mer, tack.", due_on=date(2099, 1, 31), created_at=clock.now(),
        )
    )
    session.flush()


class Trio:
    """A municipal team of three, one of them from the police, in a cohort of its own."""

    def __init__(self, session, course, **settings):
        self.course, self.session = course, session
        self.cohort = make_cohort(session, course, **settings)
        self.police = make_organization(
            session, name="Polisen", kind=OrganizationKind.POLICE
        )
        self.team = make_team(session, self.cohort, name="Norrbyn")
        self.karin, self.anders = (
            make_enrollment(
                session, self.cohort, team=self.team, user=make_user(session, name=name)
            )
            for name in ("Karin", "Anders")
        )
        self.yngve = make_enrollment(
            session, self.cohort, team=self.team, organization_id=self.police.id,
            user=make_user(session, name="Yngve"),
        )
        self.team.holder_id = self.karin.id
        finish_first_lessons(session, self.karin, course)
        self.joint = course.items["GU1"]
        self.draft = make_draft(
            session, self.team, self.joint, by=user_of(session, self.karin)
        )
        session.commit()
        self.path = f"/team/{self.team.id}/uppgift/{self.joint.slug}"

    def user(self, enrollment):
        return user_of(self.session, enrollment)

    def write(self, text="En annan text."):
        """Change what stands in the first section of the draft."""
        self.session.commit()
        self.session.refresh(self.draft)
        section = next(s for s in self.joint.sections if s.kind in ("text", "short"))
        self.draft.answers = self.draft.answers | {section.id: text}
        self.session.commit()
        return section

    def show(self, organization=None):
        """What the holder shows: to everybody, or to an authority that is asked."""
        shown = make_shown(
            self.session, self.team, self.joint, by=self.user(self.karin), course=self.course,
            organization_id=organization.id if organization else None,
        )
        self.session.commit()
        return shown
