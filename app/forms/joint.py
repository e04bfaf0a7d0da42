"""Who writes which section, and until when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from courses.catalog import Section
from courses.queries.assignment_pages import Member
from courses.queries.joint_parts import SectionState
from courses.rules.answers import is_iso_date


@dataclass
class SectionRow:
    """One section with who is to write it and the team's own date for it."""

    section: Section
    writer: str
    due: str
    errors: list[str] = field(default_factory=list)

    @property
    def writer_id(self) -> str:
        return f"vem-{self.section.id}"

    @property
    def due_id(self) -> str:
        return f"nar-{self.section.id}"


class WritersForm:
    """A row for each section. What is neither a member nor a day is refused."""

    def __init__(
        self,
        sections: Sequence[SectionState],
        members: Sequence[Member],
        posted: Mapping[str, str] | None = None,
    ) -> None:
        self.members = members
        self.rows = [
            SectionRow(
                section=one.section,
                writer=str(one.writer_id or "") if posted is None
                else posted.get(f"vem-{one.section.id}", ""),
                due=(one.due_on.isoformat() if one.due_on else "") if posted is None
                else posted.get(f"nar-{one.section.id}", "").strip(),
            )
            for one in sections
        ]

    def __iter__(self) -> Iterator[SectionRow]:
        return iter(self.rows)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The id of each field that is wrong, and what is wrong."""
        return [(one.due_id, said) for one in self.rows for said in one.errors]

    def validate(self) -> bool:
        """Whether it can be saved."""
        for one in self.rows:
            day = date.fromisoformat(one.due) if is_iso_date(one.due) else None
            if one.due and (day is None or not 2000 <= day.year < 2100):
                one.errors.append(_("Skriv datumet som 2027-03-09"))
        known = {str(one.enrollment_id) for one in self.members}
        for one in self.rows:
            if one.writer not in known:
                one.writer = ""
        return not self.errors

    @property
    def wanted(self) -> dict[str, tuple[int | None, date | None]]:
        """Section → member's place and date."""
        return {
            one.section.id: (
                int(one.writer) if one.writer else None,
                date.fromisoformat(one.due) if one.due else None,
            )
            for one in self.rows
        }
