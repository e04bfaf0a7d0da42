"""What a trainer has beside a text: its sections, its files, what is new in it, and the dates."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from app import clock, db, editions
from app.pages.answers import ReadSection, read_sections, wording_of
from app.pages.second_reading import two_of
from app.pages.second_round import SinceLast, since_last
from courses.catalog import Assignment
from courses.queries.files import File, round_files
from courses.queries.reviews import ReviewContext, ReviewPage, Round
from courses.queries.second_reading import SecondReading
from courses.rules.calendar import DayRange, working_days_after
from courses.rules.reviews import WORKING_DAYS_TO_COMPLETE
from courses.services.reviews import rests


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the answer: the round, its files, and what is new in it."""

    current: Round | None
    files: defaultdict[int, list[File]]
    """By round, of all that the page shows."""
    since: SinceLast | None
    two: SecondReading | None

    @property
    def standing(self) -> dict[str, str]:
        """Criterion id → level, of what was met last time and has not changed."""
        earlier = self.since.earlier if self.since else {}
        return {name: one.level for name, one in earlier.items() if one.stands}


def beside_text(context: ReviewContext, page: ReviewPage, current: Round | None) -> Beside:
    """Return what the page needs beside the text of `current`."""
    shown = [one.round for one in (page.current, *page.earlier) if one]
    files = round_files(db.session(), shown)
    return Beside(
        current=current, files=files, two=two_of_round(context, current),
        since=since_last(page, current, context.submission.assignment_id, files)
        if current else None,
    )


def two_of_round(context: ReviewContext, round_: Round | None) -> SecondReading | None:
    """Return where the two readers of a round stand; None when one reads it."""
    return two_of(context, round_, assignment_of(context, round_) if round_ else None)


def assignment_of(context: ReviewContext, round_: Round) -> Assignment:
    """Return the assignment in the wording that the round answered."""
    return wording_of(round_.round.edition_digest, context.submission.assignment_id)[0]


def sections_of(context: ReviewContext, round_: Round) -> list[ReadSection]:
    """Return the round's text, section by section; nothing of what was presented orally."""
    if round_.round.presented_on:
        return []
    words = wording_of(round_.round.edition_digest, context.submission.assignment_id)
    return read_sections(*words, round_.round.answers)


def rests_of(context: ReviewContext) -> list[DayRange]:
    """Return the days on which the cohort rests: nothing is to be handed in then."""
    course = editions.course(context.edition_digest)
    return rests(db.session(), context.submission, course)


def usual_date(context: ReviewContext) -> date:
    """Return the day by which more is asked for unless the trainer says otherwise."""
    return working_days_after(
        clock.today(), WORKING_DAYS_TO_COMPLETE, without=rests_of(context)
    )
