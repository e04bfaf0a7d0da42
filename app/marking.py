"""A text in which passages were stopped, line by line, with those passages marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.answers import ReadSection
from courses.catalog import Section
from courses.queries.threads import Talk
from courses.rules.secrecy import Part, Passage, marked_parts, masked_text, texts


@dataclass(frozen=True)
class MarkedSection:
    """A section as lines, each cut in parts that are marked or not."""

    section: Section
    lines: Sequence[Sequence[Part]]


def marked_sections(
    sections: Iterable[ReadSection], passages: Iterable[dict[str, str]]
) -> list[MarkedSection]:
    """Return the sections with the words of the passages marked wherever they stand."""
    words = [Passage.from_stored(one).text for one in passages]
    return [
        MarkedSection(
            one.section,
            [
                marked_parts(line, words)
                for text in texts(one.value)
                for line in text.splitlines()
                if line.strip()
            ],
        )
        for one in sections
    ]


def stopped_files(passages: Iterable[dict[str, str]]) -> list[str]:
    """Return the names of the files that were stopped."""
    return [one["file"] for one in passages if "file" in one]


def without_stopped(talk: Talk, passages: Sequence[Passage]) -> Talk:
    """Return what was said with the stopped words taken out, for those who may not read them."""
    words = [one.text for one in passages]
    if not words:
        return talk
    return replace(
        talk, entries=[replace(one, text=masked_text(one.text, words)) for one in talk.entries]
    )
