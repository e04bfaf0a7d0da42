"""Who acts: plain values, detached from the database, so that a check can run no query."""

from dataclasses import dataclass

from courses.vocabulary import Language


@dataclass(frozen=True, kw_only=True)
class Place:
    """One enrollment of the person who acts, with the teams it works in."""

    enrollment_id: int
    cohort_id: int
    organization_id: int
    home_team_id: int | None
    team_ids: frozenset[int]
    is_active: bool
    former_team_ids: frozenset[int] = frozenset()
    """Teams that this person has left: what was handed in with them in it stays readable."""

    @property
    def every_team_id(self) -> frozenset[int]:
        """Teams whose work is this person's own, wholly or in part."""
        return self.team_ids | self.former_team_ids


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Built once a request from the login row; everything a policy may ask about."""

    user_id: int
    name: str
    language: Language = Language.SWEDISH
    places: tuple[Place, ...] = ()
    """Enrollments, the latest cohort first."""
    trains: frozenset[int] = frozenset()
    """Ids of the cohorts in which this person is a trainer."""
    coordinates_everything: bool = False
    """County coordinator: every cohort, and may create new ones."""
    coordinates: frozenset[int] = frozenset()
    """Cohorts that this person coordinates as a whole."""
    coordinates_for: frozenset[tuple[int | None, int]] = frozenset()
    """(cohort, organization) of a municipal coordinator; cohort None means all of them."""
    is_administrator: bool = False
    is_editor: bool = False
    is_secrecy_officer: bool = False
    undertaking: str | None = None
    """Digest of the secrecy undertaking that this person gave last."""

    @property
    def place(self) -> Place | None:
        """The enrollment whose course the participant's pages show."""
        return next((p for p in self.places if p.is_active), next(iter(self.places), None))

    @property
    def is_trainer(self) -> bool:
        return bool(self.trains)

    @property
    def is_coordinator(self) -> bool:
        return self.coordinates_everything or bool(self.coordinates or self.coordinates_for)

    def is_county_coordinator_of(self, cohort_id: int | None) -> bool:
        """Whether this person coordinates the whole of `cohort_id`."""
        return self.coordinates_everything or cohort_id in self.coordinates

    def organizations_in(self, cohort_id: int) -> frozenset[int]:
        """Organizations whose people in `cohort_id` this person coordinates by name."""
        return frozenset(o for c, o in self.coordinates_for if c is None or c == cohort_id)
