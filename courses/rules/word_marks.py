"""The marks in an assignment's Word document: where a text belongs, in plain letters."""

import re

_MARK = re.compile(r"[\s*]*\[\s*([A-Za-z0-9_-]+)(?:\s*\.\s*([A-Za-z0-9._-]+))?\s*\]")


def mark(assignment_id: str, section_id: str | None = None) -> str:
    """Return the mark of a section, or of the assignment as a whole."""
    return f"[{assignment_id}.{section_id}]" if section_id else f"[{assignment_id}]"


def marked(text: str) -> tuple[str, str | None] | None:
    """Return the assignment and the section that a line is marked with; None without a mark."""
    found = _MARK.match(text)
    return (found[1], found[2]) if found else None
