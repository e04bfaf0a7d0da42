"""A team of the demonstration in the middle of writing: who writes what, what has been shared,
a section that somebody has open. What they write is about routines, never about anybody."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.models import Enrollment, Team
from courses.services.contributions import (
    merge_contribution,
    save_contribution,
    share_contribution,
)
from courses.services.joint_sections import JointWork, assign_sections, open_section
from courses.services.section_comments import add_comment, resolve_comment

TEAM, ASSIGNMENT = "Sorsele", "GU4"
HOLDER, AT_WORK = "Karin Påhitt", "Anders Låtsas"
WRITERS = {"luckor": (AT_WORK, 1), "risker": ("Gunnel Övning", 2), "overlamning": (HOLDER, None)}
"""Section → who is to write it, and in how many days: before the assignment is to be handed in."""
SHARED = (
    ("Yngve Påhitt", "luckor",
     "Från polisens håll: vi möter oro på helgkvällar, när de flesta av kommunens insatser är "
     "stängda. Vi vet inte vart vi ska hänvisa efter klockan sex."),
    ("Elle Máret Påhitt", "",
     "Tänk på att de som bor längst från centralorten sällan kommer till möten på dagtid. Det "
     "gäller flera av avsnitten."),
)
OWN = ("risker", "Att den som sammankallar slutar innan ersättaren har fått gå bredvid.")
COMMENTS = (
    ("Gunnel Övning", "luckor", "Är hemtjänstens kvällspass med här? De åker långt.", False),
    ("Hilding Exempel", "luckor", "Bra att ni nämner helgerna.", True),
)
OPEN_FOR = timedelta(days=30)
"""As long as a demonstration lasts: it is to be seen that somebody writes."""


def write_together(
    session: Session,
    course: Course,
    team: Team,
    assignment: Assignment,
    people: Mapping[str, Enrollment],
    now: datetime,
) -> None:
    """Let the team be in the middle of the assignment, which it has begun to write."""

    def work(name: str, hours: int) -> JointWork:
        at = now - timedelta(hours=hours)
        return JointWork(
            team=team, enrollment=people[name], course=course, assignment=assignment, now=at,
            today=at.date(),
        )

    assign_sections(
        session, work(HOLDER, 30),
        {
            section_id: (
                people[name].id, now.date() + timedelta(days=days) if days else None
            )
            for section_id, (name, days) in WRITERS.items()
        },
    )
    gifts = []
    for hours, (name, section_id, text) in zip((26, 20), SHARED, strict=True):
        by = work(name, hours)
        own = save_contribution(session, by, section_id, text, version=0)
        gifts.append(
            share_contribution(session, by, section_id, version=own.version, has_checked=True)
        )
    merge_contribution(session, work(HOLDER, 6), SHARED[0][1], gifts[0].id)
    save_contribution(session, work(HOLDER, 5), *OWN, version=0)
    for hours, (name, section_id, text, is_done) in zip((4, 3), COMMENTS, strict=True):
        said = add_comment(session, work(name, hours), section_id, text, has_checked=True)
        if is_done:
            resolve_comment(session, work(HOLDER, 2), section_id, said.id)
    row = open_section(session, work(AT_WORK, 1), "ansvar")
    row.open_until = now + OPEN_FOR
    session.flush()
