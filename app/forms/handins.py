"""The check page: what the answers lack, what the guard found, what must be ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.forms import guarding
from app.forms.answer_fields import field_id
from app.forms.assignments import lack_target
from app.forms.lacks import lack_message
from courses.catalog import Assignment, Section
from courses.queries.files import InFile
from courses.rules.answers import shortfalls
from courses.rules.answers_guard import counted, findings_in
from courses.rules.file_guard import Placed
from courses.rules.masking import is_marked
from courses.rules.secrecy import Passage, standing


@dataclass(frozen=True, kw_only=True)
class Found(guarding.Passage):
    """A passage, and the section that it stands in."""

    section: Section


@dataclass(frozen=True)
class Problem:
    """Why it cannot be handed in yet. `target` is the field to mend, on the writing page when
    `is_in_draft`."""

    text: str
    target: str
    is_in_draft: bool
    section_id: str = ""
    """Where in the draft it is."""


class HandInForm:
    """The answers of a draft under the eyes of the guard, and what was ticked."""

    def __init__(
        self,
        assignment: Assignment,
        answers: Mapping[str, Any],
        *,
        known: tuple[str, ...],
        in_files: Sequence[InFile] = (),
        stopped: Sequence[Passage] = (),
        is_masked: bool = False,
        posted: Mapping[str, str] | None = None,
        on_paper: bool = False,
    ) -> None:
        self.has_attested = bool(posted and posted.get("attest"))
        self.has_checked = bool(posted and posted.get("checked"))
        self.is_sent = posted is not None
        self.lacking = shortfalls(assignment.sections, answers, on_paper=on_paper)
        self._assignment = assignment
        self.in_files = in_files
        self.stopped = standing(answers, stopped)
        self.masked = [
            one for one in assignment.sections if is_masked and is_marked(answers.get(one.id))
        ]
        self.found = [
            Found(section=section, finding=one.finding, before=one.before, after=one.after)
            for one in findings_in(assignment.sections, answers, known=known)
            if (section := assignment.section(one.section_id))
        ]

    def target(self, section: Section) -> str:
        """Where the section is on the writing page."""
        return field_id(section)

    @property
    def stops(self) -> list[Found]:
        """What must be taken out."""
        return [one for one in self.found if one.finding.blocks]

    @property
    def shown(self) -> dict[str, int]:
        """How many passages were shown of each kind: what the trail may know of them."""
        return counted(
            [*(one.finding.kind for one in self.found), *(one.kind for one in self._places)]
        )

    @property
    def warnings(self) -> list[Found | Placed]:
        return [
            *(one for one in self.found if not one.finding.blocks),
            *(one for one in self._places if not one.blocks),
        ]

    @property
    def _places(self) -> list[Placed]:
        return [place for one in self.in_files for place in one.places]

    @property
    def problems(self) -> list[Problem]:
        """What stops the hand-in; the ticks count once the form has been sent."""
        problems = [
            Problem(lack_message(section, one), lack_target(section, one), True, section.id)
            for one in self.lacking
            if (section := self._assignment.section(one.section_id))
        ]
        problems += [
            Problem(
                _("Ta bort det som stoppades i ”%(label)s”: ”%(words)s”", label=section.label,
                  words=one.text),
                field_id(section), True,
            )
            for one in self.stopped
            if (section := self._assignment.section(one.section))
        ]
        problems += [
            Problem(
                _("Skriv om ”%(label)s”: där står ord som stoppades.", label=section.label),
                field_id(section), True, section.id,
            )
            for section in self.masked
        ]
        stopped = {one.section.id: one.section for one in self.stops}
        problems += [
            Problem(
                _("Ta bort personnumret i ”%(label)s”.", label=section.label),
                field_id(section), True, section.id,
            )
            for section in stopped.values()
        ]
        problems += [
            Problem(_("Ta bort personnumret i filen ”%(name)s”.", name=one.name), "filer", False)
            for one in self.in_files
            if any(place.blocks for place in one.places)
        ]
        if self.is_sent and self.warnings and not self.has_checked:
            problems.append(
                Problem(_("Kontrollera ställena som kan peka ut någon."), "checked", False)
            )
        if self.is_sent and not self.has_attested:
            problems.append(
                Problem(_("Intyga att texten inte handlar om någon enskild person."), "attest",
                        False)
            )
        return problems
