"""A later version beside the last one that was answered: what is new, and what stands."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from app.pages.answers import read_sections, wording_of
from app.pages.comparing import ComparedSection, compared
from courses.catalog import Assignment
from courses.models import SubmissionRound
from courses.queries.files import File
from courses.queries.reviews import ReviewPage, Round
from courses.rules.second_round import Earlier, earlier_answers


@dataclass(frozen=True, kw_only=True)
class SinceLast:
    """What a trainer is shown of round two: each section's changes, each criterion's answer."""

    base: Round
    """The version that was answered last, of those before this one."""
    changes: Mapping[str, ComparedSection]
    """By section."""
    earlier: Mapping[str, Earlier]
    """By criterion."""
    files_differ: bool

    @property
    def number(self) -> int:
        """Of the version that was answered last."""
        return self.base.round.number


def since_last(
    page: ReviewPage, current: Round, assignment_id: str, files: defaultdict[int, list[File]]
) -> SinceLast | None:
    """Return how `current` differs from what was answered last; None when nothing was, or when
    one of the two has no text because it was presented orally."""
    number = current.round.number
    base = next((one for one in page.earlier if one.said and one.round.number < number), None)
    if base is None or base.latest is None:
        return None
    if base.round.presented_on or current.round.presented_on:
        return None
    changes = changes_between(base.round, current.round, assignment_id)
    criteria = {one.id: one for one in _assignment(current.round, assignment_id).criteria}
    before = {one.id: one for one in _assignment(base.round, assignment_id).criteria}
    differ = _hashes(files[base.round.id]) != _hashes(files[current.round.id])
    review = base.latest.review
    return SinceLast(
        base=base, changes=changes, files_differ=differ,
        earlier=earlier_answers(
            criteria.values(), review.levels, review.comments,
            changed=[name for name, one in changes.items() if one.is_changed],
            reworded=[name for name, one in criteria.items() if before.get(name) != one],
            files_differ=differ,
        ),
    )


def changes_between(
    old: SubmissionRound, new: SubmissionRound, assignment_id: str
) -> dict[str, ComparedSection]:
    """Return section id → how `new` differs from `old`, each read in its own wording."""
    before, now = (
        read_sections(*wording_of(one.edition_digest, assignment_id), one.answers)
        for one in (old, new)
    )
    return compared(now, before)


def _assignment(one: SubmissionRound, assignment_id: str) -> Assignment:
    return wording_of(one.edition_digest, assignment_id)[0]


def _hashes(files: list[File]) -> list[str]:
    return sorted(one.sha256 for one in files)
