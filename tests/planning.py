"""A team whose joint assignments are approved, and what stands on the pages of its plan."""

import re

from app import clock
from courses.models import MunicipalPlan, Submission
from courses.vocabulary import SubmissionState
from tests.factories import make_submission

PARTS = ("GU4", "GU5", "GU6", "GU7", "GU8")


def approve(session, cohort, team, course, *names, by, answers=None, rounds=1) -> list[Submission]:
    """Let the team have these joint assignments approved."""
    return [
        make_submission(
            session, cohort, team, course.items[name], SubmissionState.APPROVED,
            submitted_by=by, answers=(answers or {}).get(name), rounds=rounds,
        )
        for name in names
    ]


def mark_in(page: str) -> str:
    """Return the mark of what a check page has shown."""
    return re.search(r'name="mark" value="(\w+)"', page)[1]


def make_plan(session, team, by, *, number=1, **fields) -> MunicipalPlan:
    """An issued edition that nobody has drawn."""
    defaults = {
        "fields": {"title": "Handlingsplan", "issued_on": "2026-11-01", "sources": []},
        "pdf": b"%PDF-", "pdf_sha256": "0" * 64, "docx": b"PK", "docx_sha256": "0" * 64,
        "edition_digest": "0" * 64, "issued_at": clock.now(),
    }
    plan = MunicipalPlan(
        team_id=team.id, number=number, issued_by=by.id, **defaults | fields
    )
    session.add(plan)
    session.flush()
    return plan
