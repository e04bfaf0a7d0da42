"""What a permission is asked about."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from courses.permissions.permission import Permission


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a request is about, as far as a permission may ask."""

    cohort_id: int | None = None
    organization_id: int | None = None
    """Who employs the person it is about; for a team, the municipality it belongs to."""
    author_organization_id: int | None = None
    """Who employed the author when something was shared with a team."""
    enrollment_id: int | None = None
    """Whose it is, when it belongs to a person."""
    team_id: int | None = None
    """Whose it is, when it belongs to a team."""
    user_id: int | None = None
    """Whose it is, when it is nobody else's business, in any cohort."""
    pen_enrollment_ids: frozenset[int] = frozenset()
    """The team's holder and deputy."""
    shares_drafts_across_authorities: bool = False
    shown_to_id: int | None = None
    """The authority that a version was shown to; None: the whole team."""
    is_open: bool = True
    """The cohort has been opened and has not ended."""


class Context(Protocol):
    """What a loader returns: the things themselves, their scope, and who may know of them."""

    READ: ClassVar[Permission]

    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True)
class Own:
    """A page about nobody but oneself."""

    READ: ClassVar[Permission] = Permission.HOME_READ
    scope: Scope = Scope()
