"""The dates of a cohort: written, and added to when a new edition holds more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Dates
from courses.models import Cohort, CohortDeadline, CohortMeeting, CohortModule


def write_dates(session: Session, cohort: Cohort, dates: Dates) -> None:
    """Give the cohort these dates; it must have none of them yet."""
    cohort.ends_on = dates.ends_on
    for module_id, day in dates.opens.items():
        session.add(CohortModule(cohort_id=cohort.id, module_id=module_id, opens_on=day))
    for item_id, day in dates.due.items():
        session.add(CohortDeadline(cohort_id=cohort.id, item_id=item_id, due_on=day))
    for meeting_id, meeting in dates.meetings.items():
        session.add(
            CohortMeeting(
                cohort_id=cohort.id, meeting_id=meeting_id, starts_at=meeting.starts_at,
                ends_at=meeting.ends_at, place=meeting.place, link=meeting.link,
            )
        )
    session.flush()


def add_dates(session: Session, cohort: Cohort, dates: Dates) -> None:
    """Give the cohort those of the dates that it has none for. What stands there stays."""
    opens, due, meetings = (
        set(session.scalars(select(column).where(table.cohort_id == cohort.id)))
        for table, column in (
            (CohortModule, CohortModule.module_id),
            (CohortDeadline, CohortDeadline.item_id),
            (CohortMeeting, CohortMeeting.meeting_id),
        )
    )
    write_dates(
        session, cohort,
        Dates(
            ends_on=cohort.ends_on,
            opens={key: day for key, day in dates.opens.items() if key not in opens},
            due={key: day for key, day in dates.due.items() if key not in due},
            meetings={key: one for key, one in dates.meetings.items() if key not in meetings},
        ),
    )
