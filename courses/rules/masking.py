"""What stands instead of stopped words for those who did not write the text that was stopped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from courses.errors import Reason, Refused
from courses.rules.secrecy import Passage, is_own_words, masked_text, texts

HIDDEN = "[stoppat]"
"""Stands in the text itself, in every language: whoever writes there meets it in the field."""


@dataclass(frozen=True)
class Mask:
    """The passages that somebody may not read; without any it changes nothing."""

    passages: tuple[Passage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.passages)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.passages if one.text)

    @property
    def files(self) -> frozenset[str]:
        """Digests of the files that were stopped."""
        return frozenset(one.sha256 for one in self.passages if one.sha256)

    def over(self, value: Any) -> Any:
        """Return a text, or everything that is text in a mapping or a list, with the words
        replaced."""
        if not self._words:
            return value
        if isinstance(value, str):
            return masked_text(value, self._words, HIDDEN)
        if isinstance(value, Mapping):
            return {name: self.over(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.over(one) for one in value]
        return value

    def hides(self, value: Any) -> bool:
        """Whether something of it is replaced."""
        return bool(self._words) and self.over(value) != value

    def kept(self, value: Any, stands: Any) -> Any:
        """Return what is to be kept when somebody to whom `stands` was shown masked sends
        `value`: what stands, if they changed nothing. Refused while the mark is left in what
        they wrote, also when the stop has been lifted since: it would take the place of words
        that others still read."""
        hides = self.hides(stands)
        if hides and _plain(value) == _plain(self.over(stands)):
            return stands
        if is_marked(value) and (hides or not is_marked(stands)):
            raise Refused(Reason.STILL_MASKED)
        return value

    def kept_answers(
        self, answers: Mapping[str, Any], stands: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the same for each part of what is sent."""
        return {name: self.kept(value, stands.get(name)) for name, value in answers.items()}


UNMASKED = Mask()


def is_marked(value: Any) -> bool:
    """Whether the mark stands in an answer."""
    return any(HIDDEN in text for text in texts(value))


def mask_over(
    hidden: Iterable[tuple[str, Passage]], known: Iterable[Passage], assignment_id: str = ""
) -> Mask:
    """Return the mask over passages, each with the assignment in which it was stopped, but those
    that the reader knows. In other assignments short ones are no sign of the same words."""
    read = set(known)
    return Mask(
        tuple(
            dict.fromkeys(
                one
                for stopped_in, one in hidden
                if one not in read and (stopped_in == assignment_id or is_own_words(one))
            )
        )
    )


def _plain(value: Any) -> Any:
    """A value as it is but for spaces, of which forms make more or less."""
    if isinstance(value, str):
        return " ".join(value.split())
    return [
        {name: _plain(text) for name, text in row.items() if text.strip()} for row in value or ()
    ] or ""
