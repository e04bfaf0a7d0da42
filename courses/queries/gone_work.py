"""Work on an assignment that the cohort's edition no longer has, or has at another address."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.models import Draft, Edition, Enrollment, Submission, Team, owned_by


def kept_assignment(
    session: Session,
    owner: Enrollment | Team,
    slug: str,
    course: Course,
    course_of: Callable[[str], Course],
) -> tuple[Course, Assignment] | None:
    """Return the assignment that had this address in an earlier edition, if `owner` has written
    or handed in something there, and the course to read it in: the cohort's own, `course`, or
    else the newest edition that had it. Two statements, and only when an address leads nowhere.
    """
    mine = owned_by(owner)
    touched = set(
        session.scalars(
            select(Submission.assignment_id).filter_by(**mine).union(
                select(Draft.assignment_id).filter_by(**mine)
            )
        )
    )
    if not touched:
        return None
    for digest in session.scalars(
        select(Edition.digest)
        .where(Edition.course_id == course.id, Edition.digest != course.digest)
        .order_by(Edition.number.desc())
    ):
        earlier = course_of(digest)
        found = earlier.assignment_by_slug(slug)
        if found is not None and found.id in touched and found.is_handed_in:
            now = next((one for one in course.assignments if one.id == found.id), None)
            return (course, now) if now else (earlier, found)
    return None
