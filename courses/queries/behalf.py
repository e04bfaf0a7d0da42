"""Whom somebody may help, and with what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, null, select, union_all
from sqlalchemy.orm import Session

from courses.identity import Identity
from courses.models import Cohort, Enrollment, Submission, Team, User, owned_by
from courses.rules.alphabet import alphabetical
from courses.rules.talking import is_still_to_hand_in
from courses.vocabulary import EnrollmentState


@dataclass(frozen=True, kw_only=True)
class Helped:
    """A participant or a team in a list of whom to help."""

    name: str
    cohort: str
    enrollment_id: int | None
    team_id: int | None

    @property
    def address(self) -> dict[str, int | None]:
        return {"enrollment_id": self.enrollment_id, "team_id": self.team_id}


def owners_to_help(session: Session, identity: Identity, *, with_teams: bool) -> list[Helped]:
    """Return the participants of the cohorts that `identity` trains, and the teams, but for
    oneself and one's own teams. One statement."""
    own = [place.enrollment_id for place in identity.places]
    own_teams = [team for place in identity.places for team in place.every_team_id]
    parts: list[Any] = [
        select(
            User.name, Cohort.name.label("cohort"), Enrollment.id.label("enrollment_id"),
            null().label("team_id"),
        )
        .join(Enrollment, Enrollment.user_id == User.id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(
            Enrollment.cohort_id.in_(identity.trains), Enrollment.id.not_in(own),
            Enrollment.state == EnrollmentState.ACTIVE,
        )
    ]
    if with_teams:
        parts.append(
            select(Team.name, Cohort.name, literal(None), Team.id)
            .join(Cohort, Cohort.id == Team.cohort_id)
            .where(Team.cohort_id.in_(identity.trains), Team.id.not_in(own_teams))
        )
    found = [
        Helped(name=name, cohort=cohort, enrollment_id=enrollment_id, team_id=team_id)
        for name, cohort, enrollment_id, team_id in session.execute(union_all(*parts))
    ]
    return sorted(found, key=lambda one: (one.cohort, one.team_id is None, alphabetical(one.name)))


def extendable(
    session: Session, owner: Enrollment | Team, *, only_before_first: bool
) -> Callable[[str], bool]:
    """Return whether an assignment is still to be handed in; `only_before_first` counts what has
    been handed in once as not, whatever became of it. One statement."""
    rows = session.execute(
        select(Submission.assignment_id, Submission.state, Submission.round).filter_by(
            **owned_by(owner)
        )
    )
    closed = {
        assignment_id
        for assignment_id, state, number in rows
        if not is_still_to_hand_in(state) or (only_before_first and number > 0)
    }
    return lambda assignment_id: assignment_id not in closed
