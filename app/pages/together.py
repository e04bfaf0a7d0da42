"""What the team says of one joint assignment, for the pages of that assignment."""

from collections.abc import Mapping
from typing import Any

from flask_login import current_user

from app import db
from courses.queries.assignment_pages import comes_first
from courses.queries.masked_rows import facts_under
from courses.queries.shown_versions import readable
from courses.queries.team_facts import TeamStory, team_story
from courses.queries.team_work import TeamWork, team_work
from courses.queries.work_context import WorkContext
from courses.rules.sign_offs import text_digest


def story_of(context: WorkContext) -> TeamStory:
    """Return what is stored of the joint work, with the members and what comes first: one
    statement."""
    return team_story(
        db.session(), context.owner, reader=context.enrollment, items=comes_first(context)
    )


def team_says(
    context: WorkContext, story: TeamStory, answers: Mapping[str, Any] | None = None
) -> TeamWork:
    """Return it as the one who is logged in may read it; asks no database. `answers` are those
    of the draft, where they are at hand; from masked ones nothing is told."""
    facts = facts_under(context.mask, story.facts[context.assignment.id], context.enrollment.id)
    return team_work(
        context, facts, story.members,
        readable=readable(current_user.identity, context, facts.shown),
        digest=text_digest(answers)
        if answers and context.draft and not context.mask
        else None,
    )
