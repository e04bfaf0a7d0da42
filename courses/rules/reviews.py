"""Whose turn it is to read, and what an answer must hold before it is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from courses.errors import Reason
from courses.rules.calendar import DayRange
from courses.rules.identity_guard import find
from courses.vocabulary import Level, Outcome, SubmissionState

CLAIM = timedelta(minutes=30)
"""How long a trainer has a text to themselves; begins again when they save."""
WORKING_DAYS_TO_COMPLETE = 15
UNWRITTEN = " …"
"""What the course's phrases end with where the trainer writes on."""
OPEN = (SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW)
"""States in which a round waits for an answer."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a trainer says about one round, whole or half written."""

    levels: Mapping[str, str] = field(default_factory=dict)
    """Criterion id → level."""
    comments: Mapping[str, str] = field(default_factory=dict)
    """Criterion id → text."""
    overall: str = ""
    outcome: str = ""
    due_on: date | None = None

    def content(self) -> dict[str, Any]:
        """Return it as a draft stores it."""
        return {
            "levels": dict(self.levels),
            "comments": dict(self.comments),
            "overall": self.overall,
            "outcome": self.outcome,
            "due_on": self.due_on.isoformat() if self.due_on else "",
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> "Answer":
        """Return what a draft holds."""
        due_on = content.get("due_on")
        return cls(
            levels=content.get("levels", {}),
            comments=content.get("comments", {}),
            overall=content.get("overall", ""),
            outcome=content.get("outcome", ""),
            due_on=date.fromisoformat(due_on) if due_on else None,
        )


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why an answer cannot be sent. `at` is `levels`, `overall`, `outcome`, `due_on` or
    `comment-` and a criterion; `criterion` says which level is missing."""

    reason: Reason
    at: str
    criterion: str | None = None


def holder(claimed_by: int | None, claimed_until: datetime | None, now: datetime) -> int | None:
    """Return who has the text to themselves now, if anybody has."""
    return claimed_by if claimed_until is not None and claimed_until > now else None


def problems(
    answer: Answer,
    criteria: Mapping[str, tuple[str, ...]],
    *,
    today: date,
    breaks: Collection[DayRange] = (),
) -> list[Problem]:
    """Return what keeps `answer` from being sent; `criteria` gives each its possible levels,
    and `breaks` are days on which nothing may be due."""
    found = [
        Problem(reason=Reason.CRITERIA_MISSING, at="levels", criterion=criterion)
        for criterion, levels in criteria.items()
        if answer.levels.get(criterion) not in levels
    ]
    texts = {f"comment-{name}": text for name, text in answer.comments.items()}
    texts["overall"] = answer.overall
    found += [
        Problem(reason=Reason.PERSONAL_NUMBER, at=at)
        for at, text in texts.items()
        if any(one.blocks for one in find(text))
    ]
    found += [
        Problem(reason=Reason.PHRASE_UNFINISHED, at=at)
        for at, text in texts.items()
        if any(line.rstrip().endswith(UNWRITTEN) for line in text.splitlines())
    ]
    if answer.outcome not in list(Outcome):
        return [*found, Problem(reason=Reason.OUTCOME_MISSING, at="outcome")]
    returns = answer.outcome == Outcome.RETURN
    must_return = Level.REVISE in answer.levels.values()
    if not found and returns != must_return:
        found.append(Problem(reason=Reason.OUTCOME_CONTRADICTS, at="outcome"))
    if returns and not any(text.strip() for text in (answer.overall, *answer.comments.values())):
        found.append(Problem(reason=Reason.COMMENT_MISSING, at="overall"))
    if not returns:
        return found
    if answer.due_on is None or answer.due_on < today:
        found.append(Problem(reason=Reason.DUE_IN_THE_PAST, at="due_on"))
    elif any(first <= answer.due_on <= last for first, last in breaks):
        found.append(Problem(reason=Reason.DUE_IN_A_BREAK, at="due_on"))
    return found
