"""Lay a translation over the original, field by field: what is not translated stays."""

from collections.abc import Mapping, Sequence
from typing import Any

Data = Mapping[str, Any]

BY_ID = (
    *("sections", "criteria", "questions", "fields", "chapters", "layout"),
    *("scales", "groups", "surveys", "points"),
)


def overlay(original: Data, translation: Data) -> dict[str, Any]:
    """The original's keys with the translation's texts where there are any."""
    result = dict(original)
    for name, value in translation.items():
        if name == "id" or name not in original:
            continue
        result[name] = _value(name, original[name], value)
    return result


def _value(name: str, original: Any, translation: Any) -> Any:
    if name == "exercises":
        return tuple(_by_id(original, translation, _exercise))
    if name in BY_ID:
        return tuple(_by_id(original, translation, overlay))
    if name == "options" and original and isinstance(original[0], dict):
        return tuple(
            {**option, "text": text}
            for option, text in zip(original, translation, strict=False)
        ) + tuple(original[len(translation) :])
    if name in ("breaks", "catch_up", "items", "parts", "dates"):
        return tuple(_in_order(original, translation))
    if name in ("meetings", "milestones", "requirements"):
        return tuple(overlay(row, translation.get(row["id"], {})) for row in original)
    if isinstance(original, dict):
        return overlay(original, translation)
    if isinstance(original, tuple) and name != "words" and len(original) != len(translation):
        return original
    return translation


def _by_id(original: Sequence[Data], translation: Sequence[Data], lay: Any) -> list[Any]:
    texts = {row["id"]: row for row in translation}
    return [lay(row, texts.get(row["id"], {})) for row in original]


def _in_order(original: Sequence[Data], translation: Sequence[Data]) -> list[Any]:
    texts = list(translation) + [{}] * (len(original) - len(translation))
    return [overlay(row, text) for row, text in zip(original, texts, strict=False)]


def _exercise(original: Data, translation: Data) -> dict[str, Any]:
    """Answers follow their choices into the other language."""
    result = overlay(original, {k: v for k, v in translation.items() if k != "items"})
    renamed = dict(zip(original["choices"], result["choices"], strict=False))
    given = translation.get("items", ())
    items = []
    for row, text in zip(
        original["items"], [*given, *[{}] * (len(original["items"]) - len(given))], strict=False
    ):
        answer = text.get("answer") or renamed.get(row["answer"], row["answer"])
        items.append({**overlay(row, text), "answer": answer})
    result["items"] = tuple(items)
    return result
