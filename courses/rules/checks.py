"""Knowledge checks and exercises: judging answers, and the order in which options are shown.

An answer is kept as the place of the chosen option in the course's own order, which is the same
in every language; forms that show another order send that place, not the shown one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

MARK = "_asked"


@dataclass(frozen=True)
class Questions:
    """What is asked. `rights`: question → the right option, None where there is none;
    `options`: question → how many there are to choose from."""

    rights: Mapping[str, int | None]
    options: Mapping[str, int]

    @cached_property
    def mark(self) -> str:
        """A mark of what is asked, the same in every language. Kept answers that carry another
        one answer other questions, and are not shown against these."""
        asked = sorted((key, right, self.options[key]) for key, right in self.rights.items())
        return sha256(repr(asked).encode()).hexdigest()[:16]

    def right_in(self, answers: Mapping[str, int]) -> set[str]:
        """Return the questions answered right. One without a right answer never is."""
        return {
            key
            for key, right in self.rights.items()
            if right is not None and answers.get(key) == right
        }

    def missing_in(self, answers: Mapping[str, int]) -> list[str]:
        """Return the questions without an answer, in order."""
        return [key for key in self.rights if key not in answers]

    def valid_in(self, chosen: Mapping[str, str]) -> dict[str, int]:
        """Return those of the answers sent that choose an option that exists."""
        return {
            key: int(chosen[key])
            for key, count in self.options.items()
            if chosen.get(key, "").isdecimal() and int(chosen[key]) < count
        }

    def kept_in(self, stored: Mapping[str, Any] | None) -> dict[str, int]:
        """Return the answers in a stored response, or none when it answers something else."""
        if stored is None or stored.get(MARK) != self.mark:
            return {}
        return {key: stored[key] for key in self.rights if key in stored}

    def to_keep(self, answers: Mapping[str, int]) -> dict[str, Any]:
        """Return the answers as they are stored."""
        return {**answers, MARK: self.mark}


def shuffled(count: int, seed: str) -> list[int]:
    """Return 0 … count - 1 in an order that depends on `seed` alone."""
    return sorted(range(count), key=lambda place: sha256(f"{seed}/{place}".encode()).digest())
