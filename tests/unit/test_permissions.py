"""The policy as a table: for each permission, who has it on what is Nora's or her team's.

Nora and her teammates are in cohort 1 and team 11, of municipality 101; Nora (21) holds the pen.

Long because it is one table: who has each permission, read from top to bottom.
"""

from dataclasses import dataclass, replace

import pytest

from courses.identity import Identity, Place
from courses.permissions import (
    AFTER_THE_UNDERTAKING,
    POLICY,
    Own,
    Permission,
    Scope,
    needs_undertaking,
    permits,
)
from courses.permissions.predicates import trains_any_cohort, trains_the_cohort

COHORT, ELSEWHERE = 1, 2
NORR, SODER, POLICE = 101, 102, 103
TEAM, SOUTH = 11, 12
NORA, MATE, OFFICER, SVEN, STRANGER, FORMER = 21, 22, 23, 24, 25, 26

ELSEWHERES = 31
"""The place of the cohort's coordinator, who takes part in another cohort."""


def takes_part(
    enrollment_id, *, cohort=COHORT, works_for=NORR, team=TEAM, is_active=True, left=()
):
    place = Place(
        enrollment_id=enrollment_id, cohort_id=cohort, organization_id=works_for,
        home_team_id=team, team_ids=frozenset({team}), is_active=is_active,
        former_team_ids=frozenset(left),
    )
    return Identity(user_id=enrollment_id, name="", places=(place,))


def works(**roles):
    return Identity(user_id=99, name="", **roles)


PEOPLE = {
    "nora": takes_part(NORA),
    "nora, paused": takes_part(NORA, is_active=False),
    "teammate": takes_part(MATE),
    "teammate as trainer": replace(takes_part(MATE), trains=frozenset({COHORT})),
    "police teammate": takes_part(OFFICER, works_for=POLICE),
    "former teammate": takes_part(FORMER, team=SOUTH, left=(TEAM,)),
    "former teammate, paused": takes_part(FORMER, team=SOUTH, left=(TEAM,), is_active=False),
    "participant of Söder": takes_part(SVEN, works_for=SODER, team=SOUTH),
    "participant elsewhere": takes_part(STRANGER, cohort=ELSEWHERE, works_for=SODER, team=13),
    "trainer": works(trains=frozenset({COHORT})),
    "trainer elsewhere": works(trains=frozenset({ELSEWHERE})),
    "county coordinator": works(coordinates_everything=True),
    "coordinator of the cohort": replace(  # who has taken part in another one
        takes_part(ELSEWHERES, cohort=ELSEWHERE, team=14), coordinates=frozenset({COHORT})
    ),
    "coordinator elsewhere": works(coordinates=frozenset({ELSEWHERE})),
    "coordinator of Norr": works(coordinates_for=frozenset({(COHORT, NORR)})),
    "coordinator of Norr everywhere": works(coordinates_for=frozenset({(None, NORR)})),
    "coordinator of Söder": works(coordinates_for=frozenset({(COHORT, SODER)})),
    "coordinator of Norr elsewhere": works(coordinates_for=frozenset({(ELSEWHERE, NORR)})),
    "administrator": works(is_administrator=True),
    "editor": works(is_editor=True),
    "secrecy officer": works(is_secrecy_officer=True),
    "nobody": works(),
}
SELF = {"nora", "nora, paused"}
MATES = {"teammate", "teammate as trainer"}
TEAMMATES = SELF | MATES | {"police teammate"}
FORMERLY = {"former teammate", "former teammate, paused"}
OF_THE_COHORT = TEAMMATES | FORMERLY | {"participant of Söder"}
TRAINERS = {"trainer", "teammate as trainer"}
COUNTY = {"county coordinator", "coordinator of the cohort"}
OF_NORR = {"coordinator of Norr", "coordinator of Norr everywhere"}
COORDINATORS = COUNTY | OF_NORR | {"coordinator of Söder", "coordinator of Norr elsewhere"}

HERS = Scope(cohort_id=COHORT, organization_id=NORR, enrollment_id=NORA)
HIS = replace(HERS, enrollment_id=MATE)
JOINT = Scope(
    cohort_id=COHORT, organization_id=NORR, team_id=TEAM, pen_enrollment_ids=frozenset({NORA})
)
OFFICERS_PEN = replace(JOINT, pen_enrollment_ids=frozenset({OFFICER}))
STRANGERS_PEN = replace(JOINT, pen_enrollment_ids=frozenset({SVEN}))
SHARED = replace(JOINT, shares_drafts_across_authorities=True)
MATES_GIFT = replace(JOINT, enrollment_id=MATE, author_organization_id=NORR)
OFFICERS_GIFT = replace(JOINT, enrollment_id=OFFICER, author_organization_id=POLICE)
SVENS_OLD_GIFT = replace(JOINT, enrollment_id=SVEN, author_organization_id=SODER)
SVENS_OLD_PEN = replace(SVENS_OLD_GIFT, pen_enrollment_ids=frozenset({SVEN}))
ENDED, JOINT_ENDED = replace(HERS, is_open=False), replace(JOINT, is_open=False)
WHOLE = Scope(cohort_id=COHORT)
COORDINATORS_OWN = replace(HERS, enrollment_id=ELSEWHERES)
TO_POLICE = replace(JOINT, shown_to_id=POLICE)
TO_SODER = replace(JOINT, shown_to_id=SODER)

P = Permission
TABLE = [
    (P.ADMIN_READ, Scope(), {"administrator"}),
    (P.ADMIN_WRITE, Scope(), {"administrator"}),
    (P.APPROVED_WORK_READ, JOINT, COUNTY | OF_NORR),
    (P.CERTIFICATE_ISSUE, WHOLE, COUNTY),
    (P.CERTIFICATE_READ, HERS, SELF),
    (P.COHORT_CREATE, Scope(), {"county coordinator"}),
    (P.COHORT_EDIT, WHOLE, COUNTY),
    (P.COHORT_READ, WHOLE, COUNTY | OF_NORR | {"coordinator of Söder"}),
    (P.CONTENT_EDIT, Scope(), {"editor"}),
    (P.CONTENT_PREVIEW, Scope(), {"editor", "coordinator elsewhere"} | COORDINATORS),
    (P.CONTENT_PUBLISH, Scope(), {"editor"}),
    (P.CONTRIBUTION_READ, OFFICERS_GIFT, TEAMMATES),
    (P.CONTRIBUTION_READ, MATES_GIFT, SELF | MATES),
    (P.CONTRIBUTION_READ, SVENS_OLD_GIFT, SELF | MATES),
    (P.CONTRIBUTION_READ, SVENS_OLD_PEN, MATES | SELF),
    (P.CONTRIBUTION_READ, replace(MATES_GIFT, enrollment_id=OFFICER), TEAMMATES),
    (P.CONTRIBUTION_READ, replace(MATES_GIFT, organization_id=SODER), SELF | MATES),
    (
        P.CONTRIBUTION_READ,
        replace(SVENS_OLD_GIFT, organization_id=SODER), SELF,
    ),
    (P.CONTRIBUTION_READ, replace(MATES_GIFT, shares_drafts_across_authorities=True), TEAMMATES),
    (P.CONTRIBUTION_WRITE, JOINT, TEAMMATES - {"nora, paused"}),
    (P.CONTRIBUTION_WRITE, JOINT_ENDED, set()),
    (
        P.COURSE_READ, WHOLE,
        COUNTY | OF_NORR | OF_THE_COHORT | {"coordinator of Söder", "trainer"},
    ),
    *(
        (permission, scope, people)
        for permission in (P.DEADLINE_EXTEND, P.SUBMISSION_REGISTER)
        for scope, people in (
            (HERS, TRAINERS | COUNTY), (HIS, {"trainer"} | COUNTY), (JOINT, {"trainer"} | COUNTY),
            (COORDINATORS_OWN, TRAINERS | {"county coordinator"}),
        )
    ),
    (P.DRAFT_COPY_READ, HERS, SELF | TRAINERS),
    (P.DRAFT_COPY_READ, JOINT, SELF | MATES | {"trainer"} | FORMERLY),
    (P.DRAFT_COPY_READ, OFFICERS_PEN, TEAMMATES | {"trainer"} | FORMERLY),
    (P.DRAFT_COPY_READ, SHARED, TEAMMATES | {"trainer"} | FORMERLY),
    (P.DRAFT_READ, HERS, SELF),
    (P.DRAFT_READ, JOINT, SELF | MATES),
    (P.DRAFT_READ, OFFICERS_PEN, TEAMMATES),
    (P.DRAFT_READ, SHARED, TEAMMATES),
    (P.DRAFT_WRITE, HERS, {"nora"}),
    (P.DRAFT_WRITE, ENDED, set()),
    (P.DRAFT_WRITE, JOINT, {"nora"}),
    (P.DRAFT_WRITE, STRANGERS_PEN, set()),
    (P.DRAFT_WRITE, JOINT_ENDED, set()),
    (P.HANDOVER_NOTE_WRITE, replace(HERS, team_id=TEAM), SELF),
    (P.HANDOVER_NOTE_WRITE, replace(HERS, enrollment_id=SVEN, team_id=TEAM), set()),
    (P.HOME_READ, Scope(), PEOPLE.keys()),
    (P.INVITATION_CREATE, HERS, COUNTY | OF_NORR),
    (P.ITEM_EXCUSE, HERS, COUNTY),
    (P.OWN_LINE_WRITE, HERS, {"nora"}),
    (P.OWN_LINE_WRITE, JOINT, TEAMMATES - {"nora, paused"} | {"former teammate"}),
    (P.PARTICIPANT_READ, HERS, COUNTY | OF_NORR),
    (P.PEN_TAKE, JOINT, MATES | {"nora"}),
    (P.PEN_TAKE, OFFICERS_PEN, MATES | {"nora"}),
    (P.PEN_TAKE, SHARED, TEAMMATES - {"nora, paused"}),
    (P.PEN_TAKE, replace(JOINT, organization_id=None), TEAMMATES - {"nora, paused"}),
    (P.PEN_TAKE, JOINT_ENDED, set()),
    (P.PEN_TAKE, replace(JOINT_ENDED, organization_id=None), set()),
    (P.PLAN_READ, JOINT, TEAMMATES | COUNTY | OF_NORR),
    (P.PROGRESS_WRITE, HERS, {"nora"}),
    (P.PROGRESS_WRITE, ENDED, set()),
    (P.QUEUE_READ, Scope(), TRAINERS | {"trainer elsewhere"}),
    (P.REFLECTION_READ, Scope(user_id=NORA), SELF),
    (P.REFLECTION_WRITE, Scope(user_id=NORA), SELF),
    (P.REVIEW_WRITE, HERS, TRAINERS),
    (P.REVIEW_WRITE, HIS, {"trainer"}),
    (P.REVIEW_WRITE, JOINT, {"trainer"}),
    (P.SHOWN_VERSION_READ, JOINT, TEAMMATES),
    (P.SHOWN_VERSION_READ, TO_POLICE, TEAMMATES),
    (P.SHOWN_VERSION_READ, TO_SODER, TEAMMATES - {"police teammate"}),
    (P.SHOWN_VERSION_READ, replace(SHARED, shown_to_id=SODER), TEAMMATES),
    (P.SHOWN_VERSION_READ, replace(OFFICERS_PEN, shown_to_id=SODER), TEAMMATES),
    (P.SHOWN_VERSION_READ, replace(STRANGERS_PEN, shown_to_id=SODER), SELF | MATES),
    (P.SHOWN_VERSION_READ, replace(JOINT, organization_id=None, shown_to_id=SODER), SELF),
    (
        P.SHOWN_WORK_READ, WHOLE,
        COUNTY | OF_NORR | OF_THE_COHORT | {"coordinator of Söder", "trainer"},
    ),
    (P.SIGN_OFF_WRITE, JOINT, set()),
    (P.SIGN_OFF_WRITE, TO_POLICE, {"police teammate"}),
    (P.SIGN_OFF_WRITE, TO_SODER, set()),
    (P.SIGN_OFF_WRITE, replace(JOINT, shown_to_id=NORR), {"nora"} | MATES),
    (P.SIGN_OFF_WRITE, replace(TO_POLICE, is_open=False), set()),
    (P.SECTION_ASSIGN, JOINT, {"nora"}),
    (P.SECTION_ASSIGN, STRANGERS_PEN, set()),
    (P.SECTION_ASSIGN, JOINT_ENDED, set()),
    (P.SECTION_WRITE, JOINT, {"nora"} | MATES),
    (P.SECTION_WRITE, OFFICERS_PEN, TEAMMATES - {"nora, paused"}),
    (P.SECTION_WRITE, STRANGERS_PEN, {"nora"} | MATES),
    (P.SECTION_WRITE, SHARED, TEAMMATES - {"nora, paused"}),
    (P.SECTION_WRITE, JOINT_ENDED, set()),
    (P.SECTION_WRITE, replace(OFFICERS_PEN, is_open=False), set()),
    (P.SECRECY_HANDLE, HERS, {"secrecy officer"}),
    (P.SECRECY_READ, replace(WHOLE, user_id=99), {"trainer", "secrecy officer"}),
    (P.SECRECY_READ, WHOLE, {"secrecy officer"}),
    (P.SECRECY_UNDERTAKE, Scope(), TRAINERS | {"trainer elsewhere"}),
    (P.SUBMISSION_CREATE, HERS, {"nora"}),
    (P.SUBMISSION_CREATE, ENDED, set()),
    (P.SUBMISSION_CREATE, JOINT, {"nora"}),
    (P.SUBMISSION_CREATE, STRANGERS_PEN, set()),
    (P.SUBMISSION_CREATE, JOINT_ENDED, set()),
    (P.SUBMISSION_READ, HERS, SELF | TRAINERS),
    (P.SUBMISSION_READ, JOINT, TEAMMATES | FORMERLY | {"trainer"}),
    (P.SUBMISSION_WITHDRAW, HERS, {"nora"}),
    (P.SUBMISSION_WITHDRAW, JOINT, {"nora"}),
    (P.SUBMISSION_WITHDRAW, STRANGERS_PEN, set()),
    (P.SUBMISSION_WITHDRAW, ENDED, set()),
    (P.SUBMISSION_WITHDRAW, JOINT_ENDED, set()),
    (P.SURVEY_ANSWER, HERS, {"nora"}),
    (P.SURVEY_ANSWER, ENDED, {"nora"}),
    (P.SURVEY_READ, WHOLE, COUNTY | TRAINERS),
    (P.TEAM_READ, JOINT, COUNTY | OF_NORR),
    (P.TEAM_WORD_WRITE, JOINT, TEAMMATES - {"nora, paused"}),
    (P.TEAM_WORD_WRITE, JOINT_ENDED, set()),
    (P.THREAD_ANSWER, HERS, TRAINERS),
    (P.THREAD_ANSWER, HIS, {"trainer"}),
    (P.THREAD_READ, HERS, SELF | TRAINERS),
    (P.THREAD_READ, HIS, MATES | {"trainer"}),
    (P.THREAD_READ, JOINT, TEAMMATES | FORMERLY | {"trainer"}),
    (P.THREAD_WRITE, HERS, {"nora"}),
    (P.THREAD_WRITE, ENDED, set()),
    (P.THREAD_WRITE, JOINT, TEAMMATES - {"nora, paused"}),
    (P.THREAD_WRITE, JOINT_ENDED, set()),
    (P.WORK_READ, HERS, SELF),
    (P.WORK_READ, JOINT, TEAMMATES),
    (P.WORK_SHOW, HERS, {"nora"}),
    (P.WORK_SHOW, JOINT, {"nora"}),
    (P.WORK_SHOW, STRANGERS_PEN, set()),
]


@dataclass(frozen=True)
class About:
    READ = Permission.HOME_READ
    scope: Scope


def who_has(permission, scope):
    return {name for name, one in PEOPLE.items() if permits(one, About(scope), permission)}


@pytest.mark.parametrize("permission, scope, people", TABLE)
def test_who_has_a_permission(permission, scope, people):
    assert who_has(permission, scope) == people


def test_every_permission_stands_in_the_policy_and_in_the_table():
    assert set(Permission) == POLICY.keys() == {permission for permission, _, _ in TABLE}


def test_every_predicate_counts(monkeypatch):
    """Whichever is taken out of whichever clause, the table notices."""
    unnoticed = []
    for permission, clauses in list(POLICY.items()):
        for clause in clauses:
            for predicate in clause:
                rest = [one for one in clause if one is not predicate] or [lambda *_: True]
                changed = [rest if one is clause else one for one in clauses]
                with monkeypatch.context() as patch:
                    patch.setitem(POLICY, permission, changed)
                    if all(who_has(p, scope) == people for p, scope, people in TABLE):
                        unnoticed.append((permission, predicate.__name__))
    assert unnoticed == [(Permission.HOME_READ, "is_somebody")]  # which is always true


@pytest.mark.parametrize("permission", Permission)
def test_who_is_not_logged_in_may_do_nothing(permission):
    assert not permits(None, Own(), permission)


def test_a_clause_without_predicates_grants_nothing(monkeypatch):
    monkeypatch.setitem(POLICY, Permission.HOME_READ, [[]])

    assert not permits(PEOPLE["nora"], Own(), Permission.HOME_READ)


def test_what_the_policy_does_not_list_is_denied(monkeypatch):
    monkeypatch.delitem(POLICY, Permission.HOME_READ)

    assert not permits(PEOPLE["nora"], Own(), Permission.HOME_READ)


WITHOUT_THE_UNDERTAKING = {P.COURSE_READ, P.SURVEY_READ, P.SECRECY_UNDERTAKE}
"""What trainers may do before it: it shows nothing that one person wrote."""


def test_whatever_trainers_are_given_comes_after_the_undertaking_or_says_why_not():
    as_trainers = {
        permission
        for permission, clauses in POLICY.items()
        if any({trains_the_cohort, trains_any_cohort} & set(clause) for clause in clauses)
    }
    assert as_trainers == AFTER_THE_UNDERTAKING | WITHOUT_THE_UNDERTAKING


def test_whoever_may_as_somebody_else_needs_no_undertaking():
    mate = PEOPLE["teammate as trainer"]
    assert not needs_undertaking(mate, About(JOINT), P.SUBMISSION_READ)
    assert not needs_undertaking(mate, About(HERS), P.COURSE_READ)
    assert needs_undertaking(mate, About(HERS), P.SUBMISSION_READ)
