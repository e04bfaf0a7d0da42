"""A member of a team as the policy sees one, to ask what somebody else may do."""

from courses.identity import Identity, Place


def as_member(
    enrollment_id: int, cohort_id: int, team_id: int, organization_id: int
) -> Identity:
    """Return who takes part in a team with this place, and is nothing else."""
    place = Place(
        enrollment_id=enrollment_id, cohort_id=cohort_id, organization_id=organization_id,
        home_team_id=team_id, team_ids=frozenset({team_id}), is_active=True,
    )
    return Identity(user_id=0, name="", places=(place,))
