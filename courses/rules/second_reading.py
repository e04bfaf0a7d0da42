"""Two readers of one text: what they agree on, and where the joint answer begins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from courses.rules.reviews import Answer

READERS = 2


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One criterion as the two readers left it."""

    criterion: str
    first: str
    """The first reader's level."""
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def compare(first: Answer, second: Answer, criteria: Iterable[str]) -> list[Compared]:
    """Return every criterion, those on which the readers differ first, else as they come."""
    found = [
        Compared(
            criterion=one, first=first.levels.get(one, ""), second=second.levels.get(one, "")
        )
        for one in criteria
    ]
    return sorted(found, key=lambda one: not one.differs)


def joint_start(first: Answer, second: Answer, criteria: Iterable[str]) -> Answer:
    """Return the joint answer as far as the readers agree: the levels that are the same, with
    what one of them alone wrote there. What both wrote, somebody has to choose from."""
    agreed = [one.criterion for one in compare(first, second, criteria) if not one.differs]
    comments: dict[str, str] = {}
    for criterion in agreed:
        said = {one.comments.get(criterion, "").strip() for one in (first, second)} - {""}
        if len(said) == 1:
            comments[criterion] = said.pop()
    return Answer(
        levels={one: first.levels[one] for one in agreed if one in first.levels},
        comments=comments, overall=first.overall, due_on=first.due_on,
    )


def with_comment(answer: Answer, criterion: str | None, text: str) -> Answer:
    """Return `answer` with `text` after what stands there about a criterion, or about the whole
    when `criterion` is None. What stands there already is not written twice."""
    before = answer.overall if criterion is None else answer.comments.get(criterion, "")
    if not text.strip() or text.strip() in before:
        return answer
    after = f"{before.rstrip()}\n\n{text.strip()}" if before.strip() else text.strip()
    if criterion is None:
        return replace(answer, overall=after)
    return replace(answer, comments={**answer.comments, criterion: after})


def without_level(answer: Answer, criteria: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the criteria that a reader has not settled yet."""
    return [one for one, levels in criteria.items() if answer.levels.get(one) not in levels]
