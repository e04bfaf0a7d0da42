"""What the demonstration's people ask their trainers, and what the trainers do for them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.texts import answers
from courses.catalog import Course
from courses.models import Cohort, Draft, Enrollment
from courses.rules.talking import wrong_with_date
from courses.services.draft_readings import answer_draft, reading_numbered, send_draft
from courses.services.extensions import ask_for_time, extend
from courses.services.handing_in_for import OnBehalf, hand_in_for
from courses.services.threads import send_message, thread_of

QUESTIONS = (
    ("Karin Påhitt", "U3", "Räcker det att jag beskriver ett av samtalen, eller ska båda vara "
     "med?", "Ett räcker. Välj det som du lärde dig mest av."),
    ("Gunnel Övning", "U3", "Jag hittar inte mallen för reflektionen. Var ligger den?", ""),
)
"""Who asks, about what, and what a trainer answered."""
MORE_TIME = ("Hilding Exempel", "U2", "Kollegan som skulle läsa är borta den här veckan.")
GIVEN = ("Petra Låtsas", "U1", "Kom med i omgången senare än de andra.")
DRAFT, DRAFT_READ = ("David Övning", "U3"), ("Oskar Påhitt", "U1")
ADVICE = "En god början. Skriv mer om vad du har mandat till, så blir resten lättare."
REGISTERED = ("Tora Låtsas", "U2", "Nätet låg nere i flera dagar. Texten kom på papper.",
              "Deltagaren, med sin underskrift på pappret")


def add_talk(
    session: Session, course: Course, cohort: Cohort, people: Mapping[str, Enrollment],
    trainers: list[int], now: datetime,
) -> None:
    """Let somebody ask, get an answer, more time or advice, and be handed in for."""
    _questions(session, course, people, trainers[0], now)
    day = _later_day(course, cohort, now)
    if day is not None:
        name, item, line = MORE_TIME
        at = now - timedelta(hours=20)
        ask_for_time(
            session, owner=people[name], course=course, assignment=course.items[item],
            wanted_on=day, line=line, by=people[name].user_id, now=at, today=at.date(),
        )
        name, item, reason = GIVEN
        extend(
            session, owner=people[name], course=course, assignment=course.items[item],
            due_on=day, reason=reason, by=trainers[0], now=now, today=now.date(),
        )
    for (name, item), is_read in ((DRAFT, False), (DRAFT_READ, True)):
        _draft(session, course, people[name], item, trainers[1] if is_read else None, now)
    _registered(session, course, cohort, people, trainers[1], now - timedelta(hours=3))


def _questions(
    session: Session, course: Course, people: Mapping[str, Enrollment], trainer: int,
    now: datetime,
) -> None:
    for name, item, text, said in QUESTIONS:
        thread = thread_of(session, people[name], item)
        asked = send_message(
            session, thread, text=text, has_checked=True, known=course.function_numbers,
            by=people[name].user_id, from_trainer=False, seen=0, now=now - timedelta(days=2),
        )
        if said:
            send_message(
                session, thread, text=said, has_checked=True, known=course.function_numbers,
                by=trainer, from_trainer=True, seen=asked.id, now=now - timedelta(days=1),
            )


def _draft(
    session: Session, course: Course, owner: Enrollment, item: str, reader: int | None,
    now: datetime,
) -> None:
    assignment = course.items[item]
    draft = session.scalars(
        select(Draft).filter_by(enrollment_id=owner.id, assignment_id=item)
    ).one()
    at = now - timedelta(days=3)
    sent = send_draft(
        session, owner=owner, enrollment=owner, team_name=None, course=course,
        assignment=assignment, version=draft.version, has_attested=True, has_checked=True,
        by=owner.user_id, now=at, today=at.date(),
    )
    if reader is not None:
        thread, reading = reading_numbered(session, owner, item, sent.number)
        answer_draft(
            session, thread, reading, comments={}, overall=ADVICE, has_checked=True,
            course=course, by=reader, now=now - timedelta(days=1),
        )


def _registered(
    session: Session, course: Course, cohort: Cohort, people: Mapping[str, Enrollment], by: int,
    now: datetime,
) -> None:
    name, item, reason, attested_by = REGISTERED
    assignment = course.items[item]
    hand_in_for(
        session, enrollment=people[name], team_name="Åsele",
        course=course, assignment=assignment, by=by, now=now, today=now.date(),
        what=OnBehalf(
            answers=answers(assignment, cohort.starts_on), reason=reason,
            attested_by=attested_by, has_attested=True, has_checked=True,
        ),
    )


def _later_day(course: Course, cohort: Cohort, now: datetime) -> date | None:
    """A day some weeks ahead on which something can be due."""
    days = (now.date() + timedelta(days=21 + n) for n in range(60))
    return next(
        (
            day for day in days
            if wrong_with_date(
                day, now_due=None, starts_on=cohort.starts_on, ends_on=cohort.ends_on,
                breaks=course.break_weeks, today=now.date(),
            ) is None
        ),
        None,
    )
