"""Everything that is stored of a team's joint work beside its draft and rounds: one statement."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from courses.models import (
    CohortShowing,
    Completion,
    ContributionLine,
    Enrollment,
    Organization,
    ReadyMark,
    ShownVersion,
    SignOff,
    SignOffWaiver,
    Submission,
    SubmissionRound,
    TeamMember,
    User,
    not_sealed,
)
from courses.models.base import UtcDateTime
from courses.vocabulary import SubmissionState


def _everything() -> Select[Any]:
    team_id: BindParameter[int] = bindparam("team_id")
    enrollment_id: BindParameter[int] = bindparam("enrollment_id")
    no_id, nothing, no_time = cast(null(), Integer), literal(""), cast(null(), UtcDateTime())
    is_owners = (Submission.team_id == team_id) | (Submission.enrollment_id == enrollment_id)
    whole = union_all(
        select(
            literal("shown").label("kind"), ShownVersion.id.label("place"), ShownVersion.id,
            ShownVersion.assignment_id.label("item_id"), ShownVersion.organization_id,
            no_id.label("enrollment_id"), ShownVersion.draft_version.label("number"),
            ShownVersion.digest.label("text"), ShownVersion.shown_at.label("at"),
            type_coerce(User.name, String).label("name"),
        ).join(User, User.id == ShownVersion.shown_by).where(ShownVersion.team_id == team_id),
        select(
            literal("said"), SignOff.id, ShownVersion.id, ShownVersion.assignment_id, no_id,
            SignOff.enrollment_id, cast(SignOff.is_approved, Integer), SignOff.line,
            SignOff.answered_at, User.name,
        )
        .join(ShownVersion, ShownVersion.id == SignOff.shown_version_id)
        .join(Enrollment, Enrollment.id == SignOff.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(ShownVersion.team_id == team_id),
        select(
            literal("waived"), SignOffWaiver.id, SignOffWaiver.id, SignOffWaiver.assignment_id,
            SignOffWaiver.organization_id, no_id, no_id, SignOffWaiver.reason,
            SignOffWaiver.waived_at, User.name,
        )
        .join(User, User.id == SignOffWaiver.waived_by)
        .where(SignOffWaiver.team_id == team_id),
        select(
            literal("ready"), ReadyMark.id, ReadyMark.shown_version_id, ReadyMark.assignment_id,
            no_id, ReadyMark.enrollment_id, ReadyMark.draft_version, nothing, ReadyMark.at,
            nothing,
        ).where(ReadyMark.team_id == team_id),
        select(
            literal("line"), ContributionLine.id, SubmissionRound.id, Submission.assignment_id,
            no_id, ContributionLine.enrollment_id, SubmissionRound.number, ContributionLine.line,
            ContributionLine.written_at, User.name,
        )
        .join(SubmissionRound, SubmissionRound.id == ContributionLine.round_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .join(Enrollment, Enrollment.id == ContributionLine.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(is_owners),
        select(
            literal("showing"), CohortShowing.id, CohortShowing.id, Submission.assignment_id,
            no_id, no_id, SubmissionRound.number, nothing, CohortShowing.shown_at, nothing,
        )
        .join(SubmissionRound, SubmissionRound.id == CohortShowing.round_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .where(
            is_owners, CohortShowing.hidden_at.is_(None),
            Submission.state == SubmissionState.APPROVED,
            SubmissionRound.number == Submission.round, not_sealed(),
        ),
        select(
            literal("member"), Enrollment.id, Enrollment.id, nothing, Organization.id,
            Enrollment.id, no_id, Organization.name, no_time, User.name,
        )
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(TeamMember.team_id == team_id, TeamMember.left_on.is_(None)),
        select(
            literal("done"), no_id, no_id, Completion.item_id, no_id, no_id, no_id, nothing,
            no_time, nothing,
        ).where(
            Completion.enrollment_id == bindparam("reader", type_=Integer),
            Completion.item_id.in_(bindparam("items", expanding=True)),
        ),
    ).subquery()
    return select(whole).order_by(whole.c.kind, whole.c.place)


# built once: putting such a statement together takes longer than running it
EVERYTHING = _everything()
