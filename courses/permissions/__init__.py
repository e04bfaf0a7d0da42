"""Who may do what.

`permission` has the names, `scope` what a permission is asked about, `predicates` the questions
and `policy` the table that grants. What the table does not list is denied.
"""

from courses.permissions.member import as_member
from courses.permissions.permission import Permission
from courses.permissions.policy import AFTER_THE_UNDERTAKING, POLICY, needs_undertaking, permits
from courses.permissions.scope import Context, Own, Scope

__all__ = [
    "AFTER_THE_UNDERTAKING",
    "POLICY",
    "Context",
    "Own",
    "Permission",
    "Scope",
    "as_member",
    "needs_undertaking",
    "permits",
]
