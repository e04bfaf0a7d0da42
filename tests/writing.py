"""Writing and handing in, the way the pages do it."""

from app import clock
from courses.models import Draft, owned_by
from courses.services.progress import record_completion
from tests.factories import answers_to, user_of


def fields_of(assignment, answers=None) -> dict[str, str]:
    """Return the fields of the writing form with `answers` in them."""
    fields = {}
    for section_id, value in (answers_to(assignment) if answers is None else answers).items():
        if isinstance(value, str):
            fields[f"a-{section_id}"] = value
            continue
        for place, row in enumerate(value):
            for name, text in row.items():
                fields[f"a-{section_id}-{place}-{name}"] = text
    return fields


def make_draft(session, owner, assignment, answers=None, *, by=None) -> Draft:
    """What `owner` has written; everything is filled in unless `answers` say otherwise."""
    draft = Draft(
        **owned_by(owner), assignment_id=assignment.id,
        answers=answers_to(assignment) if answers is None else answers,
        updated_at=clock.now(), updated_by=by.id if by else owner.user_id,
    )
    session.add(draft)
    session.flush()
    return draft


def finish_first_lessons(session, enrollment, course) -> None:
    """Do what comes before any hand-in."""
    for item_id in course.hand_in_first:
        record_completion(
            session, enrollment=enrollment, item_id=item_id, course=course,
            actor_id=user_of(session, enrollment).id, now=clock.now(),
        )
