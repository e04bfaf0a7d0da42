"""The database counts what the rule says: nobody is ready who has not met the requirements."""

from random import Random

from courses.models import Completion, CompletionEvent
from courses.queries.issuing import ready_enrollments
from courses.rules.requirements import is_met
from courses.vocabulary import CompletionKind
from tests.factories import LONG_AGO, make_cohort, make_enrollment


def complete(session, enrollment, item):
    event = CompletionEvent(
        enrollment_id=enrollment.id, item_id=item, kind=CompletionKind.DONE, at=LONG_AGO,
        content_digest="0",
    )
    session.add(event)
    session.flush()
    session.add(
        Completion(enrollment_id=enrollment.id, item_id=item, at=LONG_AGO, event_id=event.id)
    )


def test_the_query_and_the_rule_agree(session, course):
    random = Random(7)  # noqa: S311 - the same cases every time
    items = list(course.items)[:6]
    compared = 0
    for _ in range(12):
        lines = [
            {"id": f"r{n}", "kind": random.choice(("all", "at_least")),
             "items": random.sample(items, random.randrange(1, 4)), "count": 1}
            for n in range(random.randrange(0, 3))
        ]
        cohort = make_cohort(session, course, requirement_set=lines)
        expected = set()
        for _ in range(8):
            enrollment = make_enrollment(session, cohort)
            done = random.sample(items, random.randrange(0, len(items) + 1))
            for item in done:
                complete(session, enrollment, item)
            if is_met(lines, done):
                expected.add(enrollment.id)
        assert set(ready_enrollments(session, cohort)) == expected
        compared += len(expected)
    assert compared > 5
