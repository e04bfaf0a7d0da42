"""Who may hold an invitation's link besides the person it is for."""

from collections.abc import Iterable

from courses.identity import Identity
from courses.vocabulary import Role

GIVEN_BY_COORDINATORS = {Role.TRAINER, Role.COORDINATOR}


def could_have_given(identity: Identity, roles: Iterable[tuple[Role, int | None]]) -> bool:
    """Whether `identity` could have given every one of `roles`, as (role, cohort): then an
    account that holds them is nothing it could not have anyway."""
    return all(
        role in GIVEN_BY_COORDINATORS
        and cohort_id is not None
        and identity.is_county_coordinator_of(cohort_id)
        for role, cohort_id in roles
    )
