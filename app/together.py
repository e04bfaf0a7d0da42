"""What the team says of one joint assignment, for the pages of that assignment."""

from collections.abc import Sequence
from typing import Any

from flask_login import current_user

from app import db
from courses.queries.shown_versions import readable
from courses.queries.team_facts import team_facts
from courses.queries.team_work import Belonging, TeamWork, team_work
from courses.queries.work_context import WorkContext
from courses.rules.sign_offs import text_digest


def team_says(
    context: WorkContext, members: Sequence[Belonging], answers: dict[str, Any] | None = None
) -> TeamWork:
    """Return it as the one who is logged in may read it, in one statement; `answers` are those
    of the draft, where they are at hand."""
    facts = team_facts(db.session(), context.owner)[context.assignment.id]
    return team_work(
        context, facts, members,
        readable=readable(current_user.identity, context, facts.shown),
        digest=text_digest(answers) if answers else None,
    )
