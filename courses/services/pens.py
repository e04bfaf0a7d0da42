"""The pen of a team, when nobody has it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import Enrollment, TeamMember, User
from courses.services.audit import audit
from courses.services.joint_sections import JointWork
from courses.services.notices import notify
from courses.vocabulary import NoticeKind


def take_pen(session: Session, work: JointWork) -> None:
    """Become the holder of the team's pen while nobody is; the others are told."""
    session.refresh(work.team, with_for_update=True)
    team = work.team
    if team.holder_id == work.enrollment.id:
        return
    if team.holder_id is not None:
        name = session.scalar(
            select(User.name)
            .join(Enrollment, Enrollment.user_id == User.id)
            .where(Enrollment.id == team.holder_id)
        )
        raise Refused(Reason.PEN_TAKEN, name=name)
    team.holder_id = work.enrollment.id
    if team.deputy_id == work.enrollment.id:
        team.deputy_id = None
    session.flush()
    audit(session, "team:take_pen", "team", team.id, actor_id=work.by, now=work.now,
          holder=team.holder_id)
    others = session.scalars(
        select(Enrollment.user_id)
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .where(
            TeamMember.team_id == team.id, TeamMember.left_on.is_(None),
            Enrollment.user_id != work.by,
        )
    )
    notify(
        session, others, NoticeKind.PEN_TAKEN, f"pen:{team.id}:{team.version}",
        cohort_id=team.cohort_id, team_id=team.id, now=work.now,
    )
