"""Typst, as all our PDF documents use it: the shipped typeface, accessible and archivable."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"

# How Typst says, per character, that a PDF/UA or PDF/A file could not show it.
UNSHOWN = re.compile(r'(?:the text|disallowed codepoint) `"(.+?)"`')

# Typst's compiler is not made to be entered twice, and a web process has several threads.
_compiling = Lock()


class UnprintableText(ValueError):
    """A text holds characters that the shipped typeface lacks; they are its argument."""


class PanickedTemplate(ValueError):
    """A template gave up by itself; its word is the argument."""


def typeset(
    template: str, data: Any, *, dated: date, file_format: Literal["pdf", "png"] = "pdf"
) -> bytes:
    """Return the document: the same data gives the same bytes.

    Raises UnprintableText when it could not be shown whole, PanickedTemplate when the template
    says so.
    """
    import typst

    try:
        with _compiling:
            result = _compiler(template).compile(
                format=file_format,
                sys_inputs={"data": json.dumps(composed(data), ensure_ascii=False)},
                pdf_standards=["ua-1", "a-2a"] if file_format == "pdf" else [],
                # The file's own date: with the clock in it, no two files would be alike.
                timestamp=datetime.combine(dated, time(12), tzinfo=UTC),
            )
    except typst.TypstError as error:
        raise _explained(error) from error
    # One page in memory is one piece of bytes; several pictures would be a list.
    found = cast("bytes", result)
    # Without a newline at the end, a signature added later breaks PDF/A-2a (6.1.9).
    return found if file_format == "png" or found.endswith(b"\n") else found + b"\n"


def composed(value: Any) -> Any:
    """Return the texts with letter and accent as one character, as the typeface has them."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).replace("\N{NON-BREAKING HYPHEN}", "-")
    if isinstance(value, dict):
        return {key: composed(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [composed(part) for part in value]
    return value


@cache
def _compiler(template: str) -> typst.Compiler:
    """Return the compiler, which sees the shipped typeface and no other."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=fonts)


def _explained(error: typst.TypstError) -> Exception:
    """Return the error in the caller's terms, or as it was when the fault is ours."""
    panicked = re.search(r'panicked with: "?([a-z-]+)', error.message)
    if panicked:
        return PanickedTemplate(panicked[1])
    missing = [
        re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), one)
        for one in UNSHOWN.findall(error.diagnostic)
    ]
    return UnprintableText("".join(dict.fromkeys(missing))) if missing else error
