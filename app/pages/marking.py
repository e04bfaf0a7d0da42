"""A text in which passages were stopped, line by line, with those passages marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.pages.answers import ReadSection
from courses.catalog import Section
from courses.queries.threads import Talk
from courses.rules.masking import Mask
from courses.rules.secrecy import Part, Passage, marked_parts, texts


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
    return talk_under(Mask(tuple(passages)), talk)


def talk_under(mask: Mask, talk: Talk, reader_id: int = 0) -> Talk:
    """Return what was said without what is hidden; what the reader said stands as it is."""
    if not mask:
        return talk
    return replace(
        talk, unsent=talk.unsent if reader_id else mask.over(talk.unsent),
        entries=[
            one if one.by_id == reader_id else replace(one, text=mask.over(one.text))
            for one in talk.entries
        ],
    )
