"""Small pieces that a course is built of."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from courses.catalog.addresses import Addresses
from courses.catalog.assignments import Field, Section
from courses.catalog.course import SECRECY_PREFIX
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.figures import FIGURE
from courses.catalog.items import Exercise, ExerciseItem
from courses.catalog.markdown_course import FACT
from courses.catalog.rendering import EXERCISE

_WORD = re.compile(r"[^\W_]+(?:[-'’.:/][^\W_]+)*")
_ADDRESS = re.compile(r"\]\([^)\n]{0,2000}\)")


def count_words(body: str) -> int:
    """How many words a reader meets: markers and addresses are not read."""
    for marker in (FIGURE, EXERCISE, FACT):
        body = marker.sub("", body)
    return len(_WORD.findall(_ADDRESS.sub("]", body)))


def is_gate(criterion: dict[str, Any]) -> bool:
    """Whether this is the secrecy criterion, which stops a hand-in."""
    return str(criterion["title"]).startswith(SECRECY_PREFIX)


def criteria_digest(draft: Draft) -> str:
    """Says which wording of the criteria an assignment was read by."""
    texts = {"": draft.data["criteria"]}
    for code, translation in draft.translations.items():
        texts[code] = translation.data.get("criteria", ())
    return sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def exercise(data: dict[str, Any]) -> Exercise:
    """Build an exercise; each answer gets its place among the choices."""
    choices = data["choices"]
    return Exercise(
        **{
            **data,
            "items": tuple(
                ExerciseItem(
                    **item,
                    right=choices.index(item["answer"]) if item["answer"] in choices else None,
                )
                for item in data["items"]
            ),
        }
    )


def section(data: dict[str, Any]) -> Section:
    """Build a section; what its kind does not have stays at its default."""
    kind = data["kind"]
    return Section(
        id=data["id"],
        kind=kind,
        label=data["label"],
        hint=data["hint"],
        required=data["required"],
        max_chars=data["max"] if kind in ("text", "short") else None,
        options=data.get("options", ()),
        fields=tuple(Field(**one) for one in data.get("fields", ())),
        min_rows=data.get("min", 0),
        max_rows=data["max"] if kind == "rows" else 0,
    )


def linker(draft: CourseDraft, addresses: Addresses) -> Callable[[str], str]:
    """Return what turns an item's id into its address."""
    known: dict[str, str] = {}
    for module in draft.modules:
        place = module.module.data["slug"]
        known[module.module.id] = addresses("module", place, "")
        for lesson in module.lessons:
            known[lesson.id] = addresses("lesson", place, lesson.data["slug"])
        for one in module.assignments:
            known[one.id] = addresses(one.data["kind"], place, one.data["slug"])
        if module.check:
            known[module.check.id] = addresses("check", place, "")
    return lambda item_id: known.get(item_id, "#")
