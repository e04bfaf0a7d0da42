"""Where two readers of one round stand, and what each may see of the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from courses.models import LoneReading, Reading, SecondReader, SubmissionRound, User
from courses.queries.masked_rows import copy_under
from courses.queries.reviews import ReviewContext
from courses.queries.teams import trainers_of
from courses.rules.masking import Mask
from courses.rules.reviews import Answer


@dataclass(frozen=True, kw_only=True)
class OneReading:
    """What one reader said when they had finished."""

    reading: Reading
    by: str

    @property
    def answer(self) -> Answer:
        return Answer.from_content(self.reading.content)


@dataclass(frozen=True, kw_only=True)
class SecondReading:
    """A round that two are to read."""

    second_id: int | None
    """Who reads it second; None: nobody has been named."""
    second: str
    lone: LoneReading | None
    """Why one trainer alone answers it."""
    lone_by: str
    done: Mapping[int, OneReading]
    """Reader → what they said; only of those who have finished."""

    def reads_second(self, user_id: int) -> bool:
        return user_id == self.second_id

    def first(self, claimed_by: int | None) -> OneReading | None:
        """Return the finished reading of whoever reads first: the one who has the text, or the
        one whose answer it became."""
        others = [one for key, one in self.done.items() if key != self.second_id]
        answered = [one for one in others if one.reading.review_id]
        mine = [one for one in others if one.reading.reader_id == claimed_by]
        return next(iter([*answered, *mine]), None)

    def pair(self, claimed_by: int | None) -> tuple[OneReading, OneReading] | None:
        """Return both readings, the first one first, once both have finished."""
        first = self.first(claimed_by)
        second = self.done.get(self.second_id or 0)
        return (first, second) if first and second else None

    def may_compare(self, user_id: int, claimed_by: int | None) -> bool:
        """Whether somebody sees what both said: the two themselves, and when the answer has
        gone every trainer of the cohort."""
        pair = self.pair(claimed_by)
        if pair is None:
            return False
        return pair[0].reading.review_id is not None or user_id in (
            pair[0].reading.reader_id, pair[1].reading.reader_id,
        )

    def may_decide(self, user_id: int) -> bool:
        """Whether what somebody writes now is the answer, and not their own reading."""
        mine = self.done.get(user_id)
        return self.lone is not None or bool(mine and mine.reading.joint_at)


def second_reading(
    session: Session, context: ReviewContext, round_: SubmissionRound
) -> SecondReading:
    """Return where the two readers of a round stand."""
    own, teams, second, by, recorder = (
        aliased(SecondReader), aliased(SecondReader), aliased(User), aliased(User), aliased(User),
    )
    rows = session.execute(
        select(second.id, second.name, LoneReading, recorder.name, Reading, by.name)
        .select_from(SubmissionRound)
        .outerjoin(own, own.submission_id == SubmissionRound.submission_id)
        .outerjoin(teams, teams.team_id == context.submission.team_id)
        .outerjoin(second, second.id == func.coalesce(own.reader_id, teams.reader_id))
        .outerjoin(LoneReading, LoneReading.round_id == SubmissionRound.id)
        .outerjoin(recorder, recorder.id == LoneReading.recorded_by)
        .outerjoin(
            Reading,
            and_(Reading.round_id == SubmissionRound.id, Reading.done_at.is_not(None)),
        )
        .outerjoin(by, by.id == Reading.reader_id)
        .where(SubmissionRound.id == round_.id)
        .order_by(Reading.id)
    ).all()
    second_id, name, lone, lone_by, _reading, _by = rows[0]
    return SecondReading(
        second_id=second_id, second=name or "", lone=lone, lone_by=lone_by or "",
        done={
            reading.reader_id: OneReading(reading=reading, by=person)
            for *_rest, reading, person in rows if reading is not None
        },
    )


def reading_under(mask: Mask, found: SecondReading) -> SecondReading:
    """Return the same without words of other rounds that were stopped."""
    return replace(
        found, lone=found.lone and copy_under(mask, found.lone, "reason"),
        done={
            key: replace(one, reading=copy_under(mask, one.reading, "content"))
            for key, one in found.done.items()
        },
    )


def who_may_read_second(
    session: Session, context: ReviewContext, claimed_by: int | None
) -> Sequence[User]:
    """Return the trainers who may be named: all of the cohort but the one who reads first."""
    found = trainers_of(session, context.submission.cohort_id)
    return [one for one in found if one.id != claimed_by]
