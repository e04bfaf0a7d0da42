"""The forms of a team's plan: a chapter to edit, and what is checked before it is issued."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.forms.assignments import AnswersForm
from app.forms.guarding import Passage
from courses.queries.plan_assembly import AssembledChapter, Assembly
from courses.queries.plan_sections import ChapterSections
from courses.rules.answers_guard import findings_in
from courses.rules.plans import PREFACE

LANGUAGES = ("sv", "en")


def labelled(shown: ChapterSections) -> ChapterSections:
    """Return the sections with a name on the team's own words, which no assignment gives."""
    return ChapterSections(
        tuple(
            replace(one, label=_("Egen inledning till kapitlet")) if one.id == PREFACE else one
            for one in shown.sections
        )
    )


def posted_chapter(
    one: AssembledChapter, original: ChapterSections, posted: MultiDict[str, str]
) -> AnswersForm:
    """Return the form as it was sent."""
    return AnswersForm.posted(labelled(one.shown), original, posted)


@dataclass(frozen=True, kw_only=True)
class Found(Passage):
    """A passage, and the chapter that it stands in."""

    chapter: AssembledChapter


class IssueForm:
    """What keeps a plan from being issued, and what was ticked."""

    def __init__(
        self,
        found: Assembly,
        *,
        known: tuple[str, ...],
        posted: Mapping[str, Any] | None = None,
    ) -> None:
        self.is_sent = posted is not None
        self.has_checked = bool(posted and posted.get("checked"))
        self.has_attested = bool(posted and posted.get("attest"))
        language = posted.get("language", "sv") if posted else "sv"
        self.language = language if language in LANGUAGES else "sv"
        self.found = [
            Found(
                chapter=chapter, finding=one.finding, before=one.before, after=one.after
            )
            for chapter in found.chapters
            for one in findings_in(chapter.shown.sections, chapter.answers, known=known)
        ]
        self._plan = found

    @property
    def stops(self) -> list[Found]:
        """What must be taken out."""
        return [one for one in self.found if one.blocks]

    @property
    def warnings(self) -> list[Found]:
        """What is asked about once."""
        return [one for one in self.found if not one.blocks]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Why it cannot be issued, with the id of what it is about on the page."""
        problems = []
        if not self._plan.filled:
            said = _("Planen är tom. Det finns ingen godkänd gemensam text än.")
            problems.append((said, "plan"))
        problems += [
            (_("Ta bort personnumret i kapitlet ”%(title)s”.", title=one.chapter.chapter.title),
             f"kapitel-{one.chapter.chapter.id}")
            for one in self.stops
        ]
        problems += [
            (_("Gå igenom kapitlet ”%(title)s”: en text som det bygger på har stoppats.",
               title=one.chapter.title), f"kapitel-{one.chapter.id}")
            for one in self._plan.chapters
            if one.stopped
        ]
        problems += [
            (_("I kapitlet ”%(title)s” står ord kvar som stoppades. Ta bort dem.",
               title=one.chapter.title), f"kapitel-{one.chapter.id}")
            for one in self._plan.chapters
            if one.quotes_stopped
        ]
        if self.is_sent and self.warnings and not self.has_checked:
            problems.append((_("Kontrollera ställena som kan peka ut någon."), "checked"))
        if self.is_sent and not self.has_attested:
            problems.append(
                (_("Intyga att planen inte handlar om någon enskild person."), "attest")
            )
        return problems
