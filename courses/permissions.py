"""Who may do what: one table. What it does not list is denied.

A permission is granted when every predicate of any one of its clauses holds. Predicates are
plain questions about who acts (`Identity`) and what it is about (`Scope`); they run no query.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Protocol

from courses.identity import Identity


class Permission(StrEnum):
    """`<resource>:<action>`, alphabetical."""

    ADMIN_READ = "admin:read"
    """Outgoing mail, jobs and messages to the owner."""
    ADMIN_WRITE = "admin:write"
    """Sending a failed mail or running a failed job again."""
    APPROVED_WORK_READ = "approved_work:read"
    """A team's joint work, once it is approved."""
    CERTIFICATE_ISSUE = "certificate:issue"
    CERTIFICATE_READ = "certificate:read"
    COHORT_CREATE = "cohort:create"
    COHORT_EDIT = "cohort:edit"
    """Dates, organizations, teams, people."""
    COHORT_READ = "cohort:read"
    """The coordinator's overview."""
    CONTENT_EDIT = "content:edit"
    """Correcting a text or loading a folder: in the draft, which participants do not see."""
    CONTENT_PREVIEW = "content:preview"
    """Reading a course before it is published, with its problems and its history."""
    CONTENT_PUBLISH = "content:publish"
    """Publishing an edition, which shows whom it concerns: the names of persons and teams with
    the parts that they are asked for, so that nobody is asked again unseen. Never a result, a
    text or a date; showing the list is logged."""
    CONTRIBUTION_READ = "contribution:read"
    """What a member has shared of a contribution to the team's work."""
    CONTRIBUTION_WRITE = "contribution:write"
    """Writing a contribution of one's own, and sharing it."""
    COURSE_READ = "course:read"
    """Modules and lessons of the edition a cohort points at."""
    DRAFT_READ = "draft:read"
    DRAFT_WRITE = "draft:write"
    HANDOVER_NOTE_WRITE = "handover_note:write"
    """One's own note to whoever takes over in a team; nobody else's."""
    DEADLINE_EXTEND = "deadline:extend"
    """Giving a participant or a team more time."""
    HOME_READ = "home:read"
    """One's own first page and account."""
    INVITATION_CREATE = "invitation:create"
    ITEM_EXCUSE = "item:excuse"
    """Saying that a person or a team need not do something that the certificate asks for."""
    OWN_LINE_WRITE = "own_line:write"
    """One's own line about what one did for a round of joint work."""
    PARTICIPANT_READ = "participant:read"
    """A participant's page as a coordinator sees it: rows and dates, never texts."""
    PEN_TAKE = "pen:take"
    """Becoming the holder of a pen that nobody holds."""
    PLAN_READ = "plan:read"
    """The team's plan once it is issued. While it is put together it is the team's draft."""
    PROGRESS_WRITE = "progress:write"
    QUEUE_READ = "queue:read"
    """The list of what waits for a trainer."""
    REFLECTION_READ = "reflection:read"
    REFLECTION_WRITE = "reflection:write"
    REVIEW_WRITE = "review:write"
    SECTION_ASSIGN = "section:assign"
    """Saying who writes which section of joint work, and until when."""
    SECTION_WRITE = "section:write"
    """Writing in a section of the team's draft, and speaking about it."""
    SHOWN_VERSION_READ = "shown_version:read"
    """A version of a joint draft that was shown on purpose."""
    SHOWN_WORK_READ = "shown_work:read"
    """Approved joint work that a team shows to the others in the cohort."""
    SIGN_OFF_WRITE = "sign_off:write"
    """Saying for one's authority whether what it was shown can be handed in."""
    SECRECY_HANDLE = "secrecy:handle"
    """What is done about a text that was stopped: the secrecy officer's."""
    SECRECY_READ = "secrecy:read"
    """A text that was stopped, to others than its writers: who stopped it, until the officer
    has taken over."""
    SECRECY_UNDERTAKE = "secrecy:undertake"
    """Undertaking to keep what is secret: those who are to read what others hand in."""
    SUBMISSION_CREATE = "submission:create"
    SUBMISSION_READ = "submission:read"
    """The rounds handed in, and the answers to them."""
    SUBMISSION_REGISTER = "submission:register"
    """Handing in for somebody who could not."""
    SUBMISSION_WITHDRAW = "submission:withdraw"
    SURVEY_ANSWER = "survey:answer"
    """Answering a survey, or declining to."""
    SURVEY_READ = "survey:read"
    """What a whole cohort answered, once enough have."""
    TEAM_READ = "team:read"
    """A team's page as a coordinator sees it."""
    TEAM_WORD_WRITE = "team_word:write"
    """Saying to the team that one is ready."""
    THREAD_ANSWER = "thread:answer"
    """Answering, as a trainer, what is asked about an assignment."""
    THREAD_READ = "thread:read"
    """What a participant or team and their trainers have written to each other."""
    THREAD_WRITE = "thread:write"
    """Asking the trainers about an assignment, also for more time."""
    WORK_READ = "work:read"
    """An assignment's page: brief, criteria, dates, where one's own or the team's work stands."""
    WORK_SHOW = "work:show"
    """Letting the cohort read one's own or the team's approved joint work, or no longer."""


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
    return not owns_it(identity, scope) and not is_in_team(identity, scope)


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


POLICY: dict[Permission, list[list[Predicate]]] = {
    Permission.ADMIN_READ: [[is_administrator]],
    Permission.ADMIN_WRITE: [[is_administrator]],
    Permission.APPROVED_WORK_READ: [[coordinates_the_county], [coordinates_the_organization]],
    Permission.CERTIFICATE_ISSUE: [[coordinates_the_county]],
    Permission.CERTIFICATE_READ: [[owns_it]],
    Permission.COHORT_CREATE: [[coordinates_everything]],
    Permission.COHORT_EDIT: [[coordinates_the_county]],
    Permission.COHORT_READ: [[coordinates_the_county], [coordinates_a_part]],
    Permission.CONTENT_EDIT: [[is_editor]],
    Permission.CONTENT_PREVIEW: [[is_editor], [coordinates_anything]],
    Permission.CONTENT_PUBLISH: [[is_editor]],
    Permission.CONTRIBUTION_READ: [
        [owns_it, is_in_team], [is_in_team, holds_the_pen], [is_in_team, shares_the_authority],
        [works_where_the_author_does],
    ],
    Permission.CONTRIBUTION_WRITE: [[is_in_team, is_active, cohort_is_open]],
    Permission.COURSE_READ: [
        [takes_part], [trains_the_cohort], [coordinates_the_county], [coordinates_a_part],
    ],
    Permission.DEADLINE_EXTEND: [
        [trains_the_cohort, is_not_ones_own], [coordinates_the_county, is_not_ones_own],
    ],
    Permission.DRAFT_READ: [[owns_it], [holds_the_pen], [is_in_team, shares_the_authority]],
    Permission.DRAFT_WRITE: [
        [owns_it, is_active, cohort_is_open],
        [is_in_team, holds_the_pen, is_active, cohort_is_open],
    ],
    Permission.HANDOVER_NOTE_WRITE: [[owns_it, is_in_team]],
    Permission.HOME_READ: [[is_somebody]],
    Permission.INVITATION_CREATE: [[coordinates_the_county], [coordinates_the_organization]],
    Permission.ITEM_EXCUSE: [[coordinates_the_county]],
    Permission.OWN_LINE_WRITE: [
        [owns_it, is_active], [is_in_team, is_active], [was_in_team, is_active],
    ],
    Permission.PARTICIPANT_READ: [[coordinates_the_county], [coordinates_the_organization]],
    Permission.PEN_TAKE: [[is_in_team, is_active, cohort_is_open]],
    Permission.PLAN_READ: [
        [is_in_team], [coordinates_the_county], [coordinates_the_organization],
    ],
    Permission.PROGRESS_WRITE: [[owns_it, is_active, cohort_is_open]],
    Permission.QUEUE_READ: [[trains_any_cohort]],
    Permission.REFLECTION_READ: [[wrote_it]],
    Permission.REFLECTION_WRITE: [[wrote_it]],
    Permission.REVIEW_WRITE: [[trains_the_cohort, is_not_ones_own]],
    Permission.SECTION_ASSIGN: [[is_in_team, holds_the_pen, is_active, cohort_is_open]],
    Permission.SECTION_WRITE: [
        [is_in_team, holds_the_pen, is_active, cohort_is_open],
        [is_in_team, shares_the_authority, is_active, cohort_is_open],
    ],
    Permission.SHOWN_VERSION_READ: [
        [is_in_team, was_shown], [is_in_team, holds_the_pen], [is_in_team, shares_the_authority],
    ],
    Permission.SHOWN_WORK_READ: [
        [takes_part], [trains_the_cohort], [coordinates_the_county], [coordinates_a_part],
    ],
    Permission.SIGN_OFF_WRITE: [[was_asked, is_active, cohort_is_open]],
    Permission.SECRECY_HANDLE: [[is_secrecy_officer]],
    Permission.SECRECY_READ: [[is_secrecy_officer], [wrote_it, trains_the_cohort]],
    Permission.SECRECY_UNDERTAKE: [[trains_any_cohort]],
    Permission.SUBMISSION_CREATE: [
        [owns_it, is_active, cohort_is_open],
        [is_in_team, holds_the_pen, is_active, cohort_is_open],
    ],
    Permission.SUBMISSION_READ: [
        [owns_it], [is_in_team], [was_in_team], [trains_the_cohort],
    ],
    Permission.SUBMISSION_REGISTER: [
        [trains_the_cohort, is_not_ones_own], [coordinates_the_county, is_not_ones_own],
    ],
    Permission.SUBMISSION_WITHDRAW: [
        [owns_it, is_active, cohort_is_open],
        [is_in_team, holds_the_pen, is_active, cohort_is_open],
    ],
    # the last survey is asked when the cohort is over: the survey's own dates say when
    Permission.SURVEY_ANSWER: [[owns_it, is_active]],
    Permission.SURVEY_READ: [[trains_the_cohort], [coordinates_the_county]],
    Permission.TEAM_READ: [[coordinates_the_county], [coordinates_the_organization]],
    Permission.TEAM_WORD_WRITE: [[is_in_team, is_active, cohort_is_open]],
    Permission.THREAD_ANSWER: [[trains_the_cohort, is_not_ones_own]],
    Permission.THREAD_READ: [
        [owns_it], [is_in_team], [was_in_team], [trains_the_cohort],
    ],
    Permission.THREAD_WRITE: [
        [owns_it, is_active, cohort_is_open], [is_in_team, is_active, cohort_is_open],
    ],
    Permission.WORK_READ: [[owns_it], [is_in_team]],
    Permission.WORK_SHOW: [[owns_it, is_active], [is_in_team, holds_the_pen, is_active]],
}


AFTER_THE_UNDERTAKING = frozenset({
    Permission.DEADLINE_EXTEND, Permission.QUEUE_READ, Permission.REVIEW_WRITE,
    Permission.SECRECY_READ, Permission.SHOWN_WORK_READ, Permission.SUBMISSION_READ,
    Permission.SUBMISSION_REGISTER, Permission.THREAD_ANSWER, Permission.THREAD_READ,
})
"""What trainers are given when they have undertaken to keep what is secret, not before: all that
shows what somebody else wrote."""


def needs_undertaking(identity: Identity, context: Context, permission: Permission) -> bool:
    """Return whether `identity` has `permission` as a trainer alone, and it is one of those that
    come after the undertaking."""
    if permission not in AFTER_THE_UNDERTAKING or not identity.is_trainer:
        return False
    without_the_role = replace(identity, trains=frozenset())
    return not permits(without_the_role, context, permission)


def permits(identity: Identity | None, context: Context, permission: Permission) -> bool:
    """Return whether `identity` has `permission` on what `context` is about."""
    if identity is None:
        return False
    return any(
        clause and all(predicate(identity, context.scope) for predicate in clause)
        for clause in POLICY.get(permission, ())
    )
