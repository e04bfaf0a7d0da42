"""Who sees a text, in words: what the line says is what the policy grants."""

from dataclasses import replace

import pytest

from app.who_sees import WORDS, who_sees
from courses.onlookers import Onlooker, onlookers
from courses.permissions import POLICY, Permission, Scope
from courses.permissions.predicates import is_editor

OWN = Scope(cohort_id=1, organization_id=101, enrollment_id=21)
JOINT = Scope(cohort_id=1, organization_id=101, team_id=11, pen_enrollment_ids=frozenset({21, 22}))
GIFT = replace(JOINT, enrollment_id=23, author_organization_id=103)
REGIONAL = replace(JOINT, organization_id=None)
READ, HANDED_IN = Permission.DRAFT_READ, Permission.SUBMISSION_READ
APPROVED = Permission.APPROVED_WORK_READ
IN = Onlooker


@pytest.fixture(autouse=True)
def words(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    "permission, scope, kinds",
    [
        (READ, OWN, {IN.WRITER}),
        (HANDED_IN, OWN, {IN.WRITER, IN.TRAINER}),
        (READ, JOINT, {IN.PEN, IN.TEAM_AT_THE_AUTHORITY}),
        (READ, REGIONAL, {IN.PEN}),
        (READ, replace(JOINT, shares_drafts_across_authorities=True),
         {IN.PEN, IN.TEAM, IN.TEAM_AT_THE_AUTHORITY}),
        (HANDED_IN, JOINT, {IN.PEN, IN.TEAM, IN.TEAM_AT_THE_AUTHORITY, IN.TRAINER}),
        (APPROVED, JOINT, {IN.COORDINATOR_OF_THE_ORGANIZATION, IN.COORDINATOR_OF_THE_COHORT,
                           IN.COORDINATOR_OF_THE_COUNTY}),
        (Permission.CONTRIBUTION_READ, GIFT,
         {IN.WRITER, IN.PEN, IN.TEAM_AT_THE_AUTHORITY, IN.TEAM_AT_THE_AUTHORS}),
        (Permission.CONTRIBUTION_READ, replace(GIFT, author_organization_id=101),
         {IN.WRITER, IN.PEN, IN.TEAM_AT_THE_AUTHORITY}),
        (Permission.ADMIN_READ, Scope(), {IN.ADMINISTRATOR}),
    ],
)
def test_it_asks_the_policy_for_each_kind_of_person(permission, scope, kinds):
    assert onlookers(permission, scope) == kinds


def said(kind, scope=None):
    return " ".join(f"{one.when} {one.readers}." for one in who_sees(kind, scope))


def test_the_line_says_it_in_words():
    assert said("own", OWN) == (
        "Nu: bara du. När du har skickat in: du och omgångens utbildare."
    )
    assert said("joint", JOINT) == (
        "Nu: den som är skrivansvarig och ersättaren och de i teamet som arbetar i kommunen. "
        "När ni har skickat in: hela teamet och omgångens utbildare. När den är godkänd "
        "dessutom: kommunens eller myndighetens samordnare och länets samordnare."
    )
    assert said("contribution", GIFT) == (
        "Nu: bara du. När du har delat: du, den som är skrivansvarig och ersättaren, de i teamet "
        "som arbetar i kommunen och de i teamet som arbetar där du arbetar."
    )
    assert said("own notes", OWN) == "Nu: bara du."
    assert said("reflection", Scope(user_id=7)) == "Alltid: bara du."
    assert said("feedback", Scope(cohort_id=1, enrollment_id=21)) == (
        "Nu: bara du. När du har skickat återkopplingen: deltagaren och omgångens utbildare."
    )
    assert said("message") == (
        "Nu: bara du. När du har skickat: administratörerna och de som läser utbildningens "
        "brevlåda."
    )


def test_another_policy_makes_another_line(monkeypatch):
    monkeypatch.setitem(POLICY, READ, [*POLICY[READ], [is_editor]])

    assert said("own", OWN).startswith("Nu: du och redaktionen.")


def test_a_policy_without_readers_says_so(monkeypatch):
    monkeypatch.setitem(POLICY, READ, [])

    assert said("own", OWN).startswith("Nu: ingen.")


def test_every_kind_of_person_has_a_word():
    assert set(WORDS) == set(Onlooker) - {Onlooker.WRITER}
