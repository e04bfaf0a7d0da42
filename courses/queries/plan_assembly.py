"""The chapters of a team's plan as they stand, and the approved texts that they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course, PlanChapter, PlanTemplate
from courses.errors import NotFound
from courses.models import PlanChapter as StoredChapter
from courses.models import Submission, SubmissionRound, User, not_sealed
from courses.queries.masks import mask_of, stops_in_team
from courses.queries.plan_sections import ChapterSections, chapter_sections
from courses.queries.plans import PlanContext
from courses.rules.masking import UNMASKED, Mask
from courses.rules.plans import came_since, compiled, parts_of, quotes, sources_of
from courses.rules.secrecy import passages_of
from courses.vocabulary import SubmissionState


@dataclass(frozen=True, kw_only=True)
class PlanSource:
    """An approved round that the plan is made of."""

    assignment_id: str
    title: str
    round: SubmissionRound


@dataclass(frozen=True, kw_only=True)
class AssembledChapter:
    """A chapter as it stands: as the approved texts say, or as the team has edited it."""

    number: int
    chapter: PlanChapter
    fresh: Mapping[str, Any]
    """What the approved texts say."""
    sources: Mapping[str, str]
    """Assignment → reference of what they are."""
    stored: StoredChapter | None
    edited_by: str | None
    stopped: list[str]
    """References of what it was edited from that has been stopped for secrecy since."""
    quotes_stopped: bool
    """Whether words stand in it that were stopped in some text of the team."""
    shown: ChapterSections
    mask: Mask = UNMASKED
    """Over what the reader did not write of what was stopped."""

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """Part → what stands in it, as the reader may read it."""
        written: Mapping[str, Any] = self.mask.over(
            self.stored.answers if self.stored else self.fresh
        )
        return written

    @property
    def version(self) -> int:
        """0 before it has been edited."""
        return self.stored.version if self.stored else 0

    @cached_property
    def newer(self) -> list[str]:
        """References of what has been approved since it was edited."""
        return came_since(self.stored.sources, self.sources) if self.stored else []

    @property
    def is_filled(self) -> bool:
        return any(self.answers.values())


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """The whole plan as it stands, with the texts that it came from."""

    chapters: tuple[AssembledChapter, ...]
    sources: tuple[PlanSource, ...]
    missing: tuple[str, ...]
    """Titles of the assignments that are not approved."""

    def chapter(self, chapter_id: str) -> AssembledChapter:
        """Return the chapter; NotFound when the plan has no such one."""
        for one in self.chapters:
            if one.chapter.id == chapter_id:
                return one
        raise NotFound

    @property
    def filled(self) -> frozenset[str]:
        """The chapters that say something."""
        return frozenset(one.chapter.id for one in self.chapters if one.is_filled)


def assembly(session: Session, context: PlanContext) -> Assembly:
    """Return the chapters as they stand, in three statements. A text that has been stopped for
    secrecy is no part of them."""
    template, regional = context.template, context.is_regional
    rounds = {
        row.assignment_id: row.SubmissionRound
        for row in session.execute(
            select(Submission.assignment_id, SubmissionRound)
            .join(SubmissionRound, SubmissionRound.submission_id == Submission.id)
            .where(
                Submission.team_id == context.team.id,
                Submission.assignment_id.in_(template.assignment_ids),
                Submission.state == SubmissionState.APPROVED,
                SubmissionRound.number == Submission.round,
                not_sealed(),
            )
        )
    }
    stored = {
        row.PlanChapter.chapter_id: (row.PlanChapter, row.name)
        for row in session.execute(
            select(StoredChapter, User.name)
            .join(User, User.id == StoredChapter.updated_by)
            .where(StoredChapter.team_id == context.team.id)
        )
    }
    stops = stops_in_team(session, context.team.id)
    stopped = {row.reference for row in stops}
    passages = passages_of(row.passages for row in stops)
    mask = mask_of(stops, context.places)
    approved = {name: one.answers for name, one in rounds.items()}
    references = {name: one.reference for name, one in rounds.items()}
    chapters = []
    for number, chapter in enumerate(template.chapters, start=1):
        row, by = stored.get(chapter.id, (None, None))
        fresh = compiled(chapter, approved, is_regional=regional)
        written = row.answers if row else fresh
        parts = parts_of(chapter, approved, is_regional=regional)
        parts += tuple(p for p in chapter.every_part if p.id in written and p not in parts)
        chapters.append(
            AssembledChapter(
                number=number, chapter=chapter, fresh=fresh, stored=row, edited_by=by,
                sources=sources_of(chapter, references, is_regional=regional),
                stopped=[one for one in (row.sources if row else {}).values() if one in stopped],
                quotes_stopped=quotes(written, passages), mask=mask,
                shown=chapter_sections(context.course, chapter.id, parts, written),
            )
        )
    titles = {one.id: one.title for one in _parts_in_order(context.course, template)}
    return Assembly(
        chapters=tuple(chapters),
        sources=tuple(
            PlanSource(assignment_id=name, title=title, round=rounds[name])
            for name, title in titles.items()
            if name in rounds
        ),
        missing=tuple(title for name, title in titles.items() if name not in rounds),
    )


def sections_in(course: Course, one: AssembledChapter) -> ChapterSections:
    """Return a chapter's sections as `course`, an edition in another language, words them."""
    parts = [part for part in one.chapter.every_part if one.shown.section(part.id)]
    return chapter_sections(course, one.chapter.id, parts, one.answers)


def reworded(found: Assembly, course: Course) -> Assembly:
    """Return the same plan with the headings and labels of `course`, an edition in another
    language."""
    template = course.plan_template
    if template is None:
        raise NotFound
    return replace(
        found,
        chapters=tuple(
            replace(
                one,
                chapter=template.chapter(one.chapter.id) or one.chapter,
                shown=sections_in(course, one),
            )
            for one in found.chapters
        ),
        sources=tuple(
            replace(one, title=course.items[one.assignment_id].title) for one in found.sources
        ),
        missing=tuple(
            one.title
            for one in _parts_in_order(course, template)
            if one.id not in {source.assignment_id for source in found.sources}
        ),
    )


def _parts_in_order(course: Course, template: PlanTemplate) -> list[Assignment]:
    """The assignments that the plan is made of, in the order in which the course comes to them."""
    return [one for one in course.assignments if one.id in template.assignment_ids]
