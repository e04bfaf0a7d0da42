"""A team that writes together: Karin holds the pen, Olle works beside her, Pia is a police
officer."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from app import clock
from courses.models import (
    Contribution,
    Draft,
    Enrollment,
    JointSection,
    Organization,
    SectionComment,
    SectionSource,
    SharedContribution,
    Team,
)
from courses.services.contributions import save_contribution, share_contribution
from courses.services.joint_sections import JointWork
from courses.vocabulary import OrganizationKind, Sector
from tests.factories import make_enrollment, make_organization, make_team, make_user


@dataclass(frozen=True)
class Trio:
    team: Team
    karin: Enrollment
    olle: Enrollment
    pia: Enrollment


def make_trio(session, cohort, *, name="Norrbyn") -> Trio:
    """Make the team; the caller commits."""
    team = make_team(session, cohort, name=name)
    karin, olle = (
        make_enrollment(session, cohort, team=team, user=make_user(session, name=who))
        for who in ("Karin", "Olle")
    )
    police = session.scalars(
        select(Organization).where(Organization.name == "Polisen")
    ).one_or_none() or make_organization(session, name="Polisen", kind=OrganizationKind.POLICE)
    pia = make_enrollment(
        session, cohort, team=team, user=make_user(session, name="Pia"),
        organization_id=police.id, sector=Sector.POLICE,
    )
    team.holder_id = karin.id
    session.flush()
    return Trio(team, karin, olle, pia)


def work_of(enrollment, team, course, assignment, **other) -> JointWork:
    """What somebody does in the team's assignment now."""
    now = clock.now()
    return replace(
        JointWork(
            team=team, enrollment=enrollment, course=course, assignment=assignment, now=now,
            today=clock.today(),
        ),
        **other,
    )


def give(session, work, section_id, text):
    """Write a contribution and share it."""
    own = save_contribution(session, work, section_id, text, version=0)
    return share_contribution(session, work, section_id, version=own.version, has_checked=True)


def make_joint_work(session, cast, course) -> dict[str, object]:
    """Something of everything that the cast's team has written together; what stands in
    addresses."""
    assignment = next(one for one in course.assignments if one.is_joint)
    section = next(one for one in assignment.sections if one.kind == "text").id
    enrollment = cast.enrollment
    key = {"team_id": cast.team.id, "assignment_id": assignment.id, "section_id": section}
    row = JointSection(**key, version=1, saved_at=clock.now(), saved_by=enrollment.user_id)
    gift = SharedContribution(
        **key, enrollment_id=enrollment.id, organization_id=enrollment.organization_id, number=1,
        text="Det här vet vi.", shared_at=clock.now(),
    )
    comment = SectionComment(
        **key, user_id=enrollment.user_id, text="Stämmer det?", created_at=clock.now()
    )
    own = Contribution(
        **key, enrollment_id=enrollment.id, text="Det här vet jag.", updated_at=clock.now()
    )
    session.add_all([row, gift, comment, own])
    session.flush()
    source = SectionSource(
        section_row_id=row.id, contribution_id=gift.id, added_by=enrollment.user_id,
        added_at=clock.now(), version=1, before={"value": None},
    )
    session.add(source)
    session.flush()
    return {
        "section": section, "contribution": gift.id, "comment": comment.id, "source": source.id,
    }


def draft_of(session):
    """Return the only draft there is, as it was committed last."""
    return session.scalars(select(Draft).execution_options(populate_existing=True)).one()
