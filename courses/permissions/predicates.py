"""Plain questions about who acts and what it is about: statements that are true or not.

They run no query: all that they may ask stands in `Identity` and `Scope`.
"""

from collections.abc import Callable

from courses.identity import Identity
from courses.permissions.scope import Scope

Predicate = Callable[[Identity, Scope], bool]


def is_somebody(_identity: Identity, _scope: Scope) -> bool:
    return True


def owns_it(identity: Identity, scope: Scope) -> bool:
    return any(
        place.enrollment_id == scope.enrollment_id for place in identity.places
    ) and scope.enrollment_id is not None


def wrote_it(identity: Identity, scope: Scope) -> bool:
    return identity.user_id == scope.user_id


def is_active(identity: Identity, scope: Scope) -> bool:
    return any(p.is_active and p.cohort_id == scope.cohort_id for p in identity.places)


def cohort_is_open(_identity: Identity, scope: Scope) -> bool:
    return scope.is_open


def takes_part(identity: Identity, scope: Scope) -> bool:
    return scope.cohort_id is not None and any(
        p.cohort_id == scope.cohort_id for p in identity.places
    )


def is_in_team(identity: Identity, scope: Scope) -> bool:
    return scope.team_id is not None and any(
        scope.team_id in p.team_ids for p in identity.places
    )


def was_in_team(identity: Identity, scope: Scope) -> bool:
    """Whoever has left a team reads what was handed in with them in it, and nothing else: which
    rounds that are is asked of each (`SubmissionRound.members`)."""
    return scope.team_id is not None and any(
        scope.team_id in p.former_team_ids for p in identity.places
    )


def holds_the_pen(identity: Identity, scope: Scope) -> bool:
    return any(p.enrollment_id in scope.pen_enrollment_ids for p in identity.places)


def shares_the_authority(identity: Identity, scope: Scope) -> bool:
    """The team's municipality employs the reader, or the cohort was set to share further."""
    return scope.shares_drafts_across_authorities or any(
        scope.team_id in p.team_ids and p.organization_id == scope.organization_id
        for p in identity.places
    )


def shared_the_authority(identity: Identity, scope: Scope) -> bool:
    """As `shares_the_authority`, for whoever has left the team."""
    return any(
        scope.team_id in p.former_team_ids
        and (scope.shares_drafts_across_authorities or p.organization_id == scope.organization_id)
        for p in identity.places
    )


def belongs_to_no_municipality(_identity: Identity, scope: Scope) -> bool:
    """A regional team: its text is no authority's more than another's."""
    return scope.organization_id is None


def was_asked(identity: Identity, scope: Scope) -> bool:
    """The authority that was shown a version to approve employs the reader, who is in the team."""
    return scope.shown_to_id is not None and any(
        scope.team_id in p.team_ids and p.organization_id == scope.shown_to_id
        for p in identity.places
    )


def was_shown(identity: Identity, scope: Scope) -> bool:
    return scope.shown_to_id is None or was_asked(identity, scope)


def works_where_the_author_does(identity: Identity, scope: Scope) -> bool:
    return any(
        scope.team_id in p.team_ids and p.organization_id == scope.author_organization_id
        for p in identity.places
    )


def trains_the_cohort(identity: Identity, scope: Scope) -> bool:
    return scope.cohort_id in identity.trains


def is_not_ones_own(identity: Identity, scope: Scope) -> bool:
    return not (
        owns_it(identity, scope) or is_in_team(identity, scope) or was_in_team(identity, scope)
    )


def trains_any_cohort(identity: Identity, _scope: Scope) -> bool:
    return identity.is_trainer


def coordinates_the_county(identity: Identity, scope: Scope) -> bool:
    return identity.is_county_coordinator_of(scope.cohort_id)


def coordinates_everything(identity: Identity, _scope: Scope) -> bool:
    return identity.coordinates_everything


def coordinates_a_part(identity: Identity, scope: Scope) -> bool:
    return scope.cohort_id is not None and bool(identity.organizations_in(scope.cohort_id))


def coordinates_the_organization(identity: Identity, scope: Scope) -> bool:
    return (
        scope.cohort_id is not None
        and scope.organization_id is not None
        and scope.organization_id in identity.organizations_in(scope.cohort_id)
    )


def is_editor(identity: Identity, _scope: Scope) -> bool:
    return identity.is_editor


def coordinates_anything(identity: Identity, _scope: Scope) -> bool:
    return identity.is_coordinator


def is_secrecy_officer(identity: Identity, _scope: Scope) -> bool:
    return identity.is_secrecy_officer


def is_administrator(identity: Identity, _scope: Scope) -> bool:
    return identity.is_administrator
