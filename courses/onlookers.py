"""Who else may read a text: the policy's own answer, asked for each kind of person there is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from courses.identity import Identity, Place
from courses.permissions import Permission, Scope, permits

ELSEWHERE = -1
"""An id that nothing has."""


class Onlooker(StrEnum):
    """A kind of person as seen from a text, the nearest first."""

    WRITER = "writer"
    """Whose text it is."""
    PEN = "pen"
    """The holder of the team's pen and the deputy."""
    TEAM_AT_THE_AUTHORITY = "team_at_the_authority"
    """Members of the team whom its municipality employs."""
    TEAM_AT_THE_AUTHORS = "team_at_the_authors"
    """Members of the team who work where the author of a contribution does."""
    TEAM = "team"
    ASKED = "asked"
    """Members of the team from the authority that was asked to approve a version."""
    PARTICIPANT = "participant"
    TRAINER = "trainer"
    """Trainers of the cohort."""
    COORDINATOR_OF_THE_ORGANIZATION = "coordinator_of_the_organization"
    COORDINATOR_OF_ANOTHER = "coordinator_of_another"
    """Coordinators of other organizations in the cohort."""
    COORDINATOR_OF_THE_COHORT = "coordinator_of_the_cohort"
    COORDINATOR_OF_THE_COUNTY = "coordinator_of_the_county"
    PARTICIPANT_ELSEWHERE = "participant_elsewhere"
    TRAINER_ELSEWHERE = "trainer_elsewhere"
    COORDINATOR_ELSEWHERE = "coordinator_elsewhere"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    SECRECY_OFFICER = "secrecy_officer"
    NOBODY = "nobody"
    """Somebody with an account and no part in anything."""


@dataclass(frozen=True)
class _Text:
    """What the policy is asked about."""

    scope: Scope
    READ: ClassVar[Permission] = Permission.HOME_READ


def onlookers(permission: Permission, scope: Scope) -> frozenset[Onlooker]:
    """Return who has `permission` on what lies in `scope`, whoever they are by name."""
    return frozenset(
        kind
        for kind, identity in _everybody(scope).items()
        if permits(identity, _Text(scope), permission)
    )


def _everybody(scope: Scope) -> dict[Onlooker, Identity]:
    """Return one person of each kind that can exist for `scope`."""
    cohort, organization = scope.cohort_id, scope.organization_id
    found = {
        Onlooker.EDITOR: _works(is_editor=True),
        Onlooker.ADMINISTRATOR: _works(is_administrator=True),
        Onlooker.SECRECY_OFFICER: _works(is_secrecy_officer=True),
        Onlooker.COORDINATOR_OF_THE_COUNTY: _works(coordinates_everything=True),
        Onlooker.PARTICIPANT_ELSEWHERE: _takes_part(cohort=ELSEWHERE),
        Onlooker.TRAINER_ELSEWHERE: _works(trains=frozenset({ELSEWHERE})),
        Onlooker.COORDINATOR_ELSEWHERE: _works(
            coordinates=frozenset({ELSEWHERE}),
            coordinates_for=frozenset({(ELSEWHERE, organization or ELSEWHERE)}),
        ),
        Onlooker.NOBODY: _works(),
    }
    if cohort is not None:
        found |= {
            Onlooker.PARTICIPANT: _takes_part(cohort=cohort),
            Onlooker.TRAINER: _works(trains=frozenset({cohort})),
            Onlooker.COORDINATOR_OF_THE_COHORT: _works(coordinates=frozenset({cohort})),
            Onlooker.COORDINATOR_OF_ANOTHER: _works(
                coordinates_for=frozenset({(cohort, ELSEWHERE)})
            ),
        }
        if organization is not None:
            found[Onlooker.COORDINATOR_OF_THE_ORGANIZATION] = _works(
                coordinates_for=frozenset({(cohort, organization)})
            )
    if scope.enrollment_id is not None:
        found[Onlooker.WRITER] = _takes_part(
            cohort=cohort, enrollment=scope.enrollment_id, team=scope.team_id or ELSEWHERE
        )
    elif scope.user_id is not None:
        found[Onlooker.WRITER] = Identity(user_id=scope.user_id, name="")
    if scope.team_id is not None:
        found |= _team(scope, scope.team_id)
    return found


def _team(scope: Scope, team: int) -> dict[Onlooker, Identity]:
    cohort, organization = scope.cohort_id, scope.organization_id
    found = {Onlooker.TEAM: _takes_part(cohort=cohort, team=team)}
    if organization is not None:
        found[Onlooker.TEAM_AT_THE_AUTHORITY] = _takes_part(
            cohort=cohort, team=team, organization=organization
        )
    if scope.author_organization_id not in (None, organization):
        found[Onlooker.TEAM_AT_THE_AUTHORS] = _takes_part(
            cohort=cohort, team=team, organization=scope.author_organization_id or ELSEWHERE
        )
    if scope.shown_to_id is not None:
        found[Onlooker.ASKED] = _takes_part(
            cohort=cohort, team=team, organization=scope.shown_to_id
        )
    for pen in sorted(scope.pen_enrollment_ids)[:1]:
        found[Onlooker.PEN] = _takes_part(cohort=cohort, team=team, enrollment=pen)
    return found


def _takes_part(
    *,
    cohort: int | None,
    enrollment: int = ELSEWHERE,
    organization: int = ELSEWHERE,
    team: int = ELSEWHERE,
) -> Identity:
    place = Place(
        enrollment_id=enrollment, cohort_id=ELSEWHERE if cohort is None else cohort,
        organization_id=organization, home_team_id=team, team_ids=frozenset({team}),
        is_active=True,
    )
    return Identity(user_id=ELSEWHERE, name="", places=(place,))


def _works(**roles: Any) -> Identity:
    return Identity(user_id=ELSEWHERE, name="", **roles)
