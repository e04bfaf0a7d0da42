"""The overview takes little longer for many; that it asks no more often, test_budgets says."""

import time
from datetime import date

from sqlalchemy import func, insert, select

from courses.models import Completion, CompletionEvent, Enrollment, ModuleProgress, User
from courses.vocabulary import CompletionKind, Role, Sector
from tests.factories import LONG_AGO, make_cohort, make_role, make_team


def fill(session, course, cohort, count, *, teams=32):
    """Many participants, a third of whom are late, written without the ORM."""
    places = [make_team(session, cohort, name=f"Team nr {n}") for n in range(teams)]
    start = (session.scalar(select(func.max(User.id))) or 0) + 1000
    ids = range(start, start + count)
    session.execute(insert(User), [
        {"id": i, "email": f"p{i}@example.org", "own_name": f"Person {i}", "created_at": LONG_AGO,
         "activated_at": LONG_AGO, "version": 1}
        for i in ids
    ])
    session.execute(insert(Enrollment), [
        {"id": i, "user_id": i, "cohort_id": cohort.id, "sector": list(Sector)[i % 7],
         "organization_id": places[i % teams].organization_id,
         "home_team_id": places[i % teams].id, "created_at": LONG_AGO, "version": 1}
        for i in ids
    ])
    session.execute(insert(CompletionEvent), [
        {"id": i, "enrollment_id": i, "item_id": "U1", "kind": CompletionKind.DONE,
         "at": LONG_AGO, "content_digest": "x"} for i in ids if i % 3
    ])
    session.execute(insert(Completion), [
        {"enrollment_id": i, "item_id": "U1", "at": LONG_AGO, "event_id": i}
        for i in ids if i % 3
    ])
    session.execute(insert(ModuleProgress), [
        {"enrollment_id": i, "module_id": module.id, "done": 4, "required": 4,
         "completed_at": LONG_AGO if i % 2 else None}
        for i in ids for module in course.modules
    ])
    session.commit()


def test_two_thousand_take_at_most_three_times_as_long_as_two_hundred(login, session, course):
    paths = []
    for count in (200, 2000):
        cohort = make_cohort(session, course, due={"U1": date(2026, 2, 1)})
        fill(session, course, cohort, count)
        paths.append(f"/samordna/{cohort.id}")
    browser = login(make_role(session, Role.COORDINATOR))

    def seconds(path):
        taken = []
        for _ in range(9):
            start = time.process_time()
            assert browser.get(path).status_code == 200
            taken.append(time.process_time() - start)
        return min(taken)

    small, large = map(seconds, paths)
    assert large <= 3 * small
