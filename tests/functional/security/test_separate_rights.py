"""Who answers what people wrote, and who writes what they read, are different people."""

import pytest

from courses.identity import Identity
from courses.permissions import POLICY, Permission, Scope
from tests.functional.test_matrix import ROUTES

EDITING = {Permission.CONTENT_EDIT, Permission.CONTENT_PREVIEW, Permission.CONTENT_PUBLISH}
HERE = Scope(cohort_id=1, organization_id=1, enrollment_id=1, user_id=1)
THE_TEAM = Scope(cohort_id=1, organization_id=1, team_id=1, pen_enrollment_ids=frozenset({1}))
SOMEBODY = {"user_id": 99, "name": "Någon"}
EDITOR = Identity(**SOMEBODY, is_editor=True)
TRAINER = Identity(**SOMEBODY, trains=frozenset({1}))
NOBODY_IN_PARTICULAR = Identity(**SOMEBODY)


def granted(identity, scope):
    return {
        permission for permission, clauses in POLICY.items()
        if any(all(asks(identity, scope) for asks in clause) for clause in clauses)
    }


@pytest.mark.parametrize("scope", [HERE, THE_TEAM, Scope(cohort_id=1), Scope()])
def test_an_editor_may_edit_and_nothing_else_that_not_everybody_may(scope):
    assert granted(EDITOR, scope) - granted(NOBODY_IN_PARTICULAR, scope) <= EDITING


@pytest.mark.parametrize("scope", [HERE, THE_TEAM, Scope(cohort_id=1), Scope()])
def test_no_permission_of_a_trainer_opens_the_editors_room(scope):
    assert not granted(TRAINER, scope) & EDITING


def test_the_two_have_something_to_keep_apart():
    assert granted(EDITOR, Scope()) >= EDITING
    assert granted(TRAINER, HERE) >= {Permission.QUEUE_READ, Permission.REVIEW_WRITE}


def test_an_editor_has_no_address_of_a_review_and_a_trainer_none_of_the_editors_room():
    """That the table of addresses holds, `test_matrix` shows by opening each."""
    rooms = {"reviews": "editor", "editing": "trainer"}
    for room, stranger in rooms.items():
        rows = {
            name: row for name, row in ROUTES.items()
            if name.startswith(f"{room}.")
        }
        assert len(rows) > 10
        for name, row in rows.items():
            assert stranger not in row.ok | row.forbidden, name
