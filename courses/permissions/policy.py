"""Who may do what: one table. What it does not list is denied.

A permission is granted when every predicate of any one of its clauses holds.
"""

from dataclasses import replace

from courses.identity import Identity
from courses.permissions.permission import Permission
from courses.permissions.predicates import (
    Predicate,
    belongs_to_no_municipality,
    cohort_is_open,
    coordinates_a_part,
    coordinates_anything,
    coordinates_everything,
    coordinates_the_county,
    coordinates_the_organization,
    holds_the_pen,
    is_active,
    is_administrator,
    is_editor,
    is_in_team,
    is_not_ones_own,
    is_secrecy_officer,
    is_somebody,
    owns_it,
    shared_the_authority,
    shares_the_authority,
    takes_part,
    trains_any_cohort,
    trains_the_cohort,
    was_asked,
    was_in_team,
    was_shown,
    works_where_the_author_does,
    wrote_it,
)
from courses.permissions.scope import Context

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
    Permission.DRAFT_COPY_READ: [
        [owns_it], [holds_the_pen], [is_in_team, shares_the_authority],
        [shared_the_authority], [trains_the_cohort],
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
    # the holder reads the draft: nobody comes to read it by taking the pen
    Permission.PEN_TAKE: [
        [is_in_team, shares_the_authority, is_active, cohort_is_open],
        [is_in_team, belongs_to_no_municipality, is_active, cohort_is_open],
    ],
    Permission.PLAN_READ: [
        [is_in_team], [coordinates_the_county], [coordinates_the_organization],
    ],
    Permission.PROGRESS_WRITE: [[owns_it, is_active, cohort_is_open]],
    Permission.QUEUE_READ: [[trains_any_cohort]],
    Permission.REFLECTION_READ: [[wrote_it]],
    Permission.REFLECTION_WRITE: [[wrote_it]],
    Permission.REVIEW_WRITE: [[trains_the_cohort, is_not_ones_own]],
    Permission.SECRECY_HANDLE: [[is_secrecy_officer]],
    Permission.SECRECY_READ: [[is_secrecy_officer], [wrote_it, trains_the_cohort]],
    Permission.SECRECY_UNDERTAKE: [[trains_any_cohort]],
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
    Permission.DEADLINE_EXTEND, Permission.DRAFT_COPY_READ, Permission.QUEUE_READ,
    Permission.REVIEW_WRITE, Permission.SECRECY_READ, Permission.SHOWN_WORK_READ,
    Permission.SUBMISSION_READ, Permission.SUBMISSION_REGISTER, Permission.THREAD_ANSWER,
    Permission.THREAD_READ,
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
