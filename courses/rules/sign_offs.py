"""Whether every authority in a team approves of the text as it stands."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar

from courses.rules.answers import SectionLike

S = TypeVar("S", bound=SectionLike)


class SignOffWord(StrEnum):
    """Where an authority stands to the text as it is now."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    NOT_YET = "not_yet"
    """Somebody there says that something is missing."""
    CHANGED = "changed"
    """It was asked about a text that has changed since."""
    APPROVED = "approved"
    WAIVED = "waived"

    @property
    def lets_through(self) -> bool:
        """Whether the text may be handed in as far as this authority is concerned."""
        return self in (SignOffWord.APPROVED, SignOffWord.WAIVED)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody answered about a version. The last one of each person holds."""

    shown_id: int
    enrollment_id: int
    is_approved: bool
    line: str = ""
    name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AskedVersion:
    """A version that an authority was shown."""

    id: int
    organization_id: int | None
    """None: the whole team was."""
    is_current: bool
    """Whether the text still says the same."""


def text_digest(answers: Mapping[str, Any]) -> str:
    """Return what two answers have in common when they say exactly the same."""
    whole = json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(whole.encode()).hexdigest()


def changed_sections(
    sections: Iterable[S], old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[S]:
    """Return the sections that do not say the same in both, in their order."""
    return [one for one in sections if old.get(one.id, "") != new.get(one.id, "")]


def last_said(answers: Iterable[Said], shown_id: int) -> list[Said]:
    """Return what each person said last of a version; `answers` in order of time."""
    return list({one.enrollment_id: one for one in answers if one.shown_id == shown_id}.values())


def sign_off_word(
    organization_id: int,
    versions: Sequence[AskedVersion],
    answers: Sequence[Said],
    *,
    waived: Collection[int],
    members: Collection[int],
) -> SignOffWord:
    """Return where an authority stands. One who says *not yet* outweighs one who approves, as
    long as that person is among the team's `members`."""
    if organization_id in waived:
        return SignOffWord.WAIVED
    asked = [one for one in versions if one.organization_id == organization_id]
    current = next((one for one in asked if one.is_current), None)
    if current is None:
        return SignOffWord.CHANGED if asked else SignOffWord.NOT_ASKED
    said = last_said(answers, current.id)
    if any(not one.is_approved and one.enrollment_id in members for one in said):
        return SignOffWord.NOT_YET
    return SignOffWord.APPROVED if any(s.is_approved for s in said) else SignOffWord.ASKED
