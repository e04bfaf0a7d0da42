"""The courses on offer: Markdown and TOML under content/, checked as a whole and immutable."""

from courses.catalog.addresses import Addresses, site_address
from courses.catalog.assignments import Assignment, Criterion, Field, Section
from courses.catalog.beside import Beside, BesideKind, Milestone, contribution_id, half_day_id
from courses.catalog.contents import Entry, EntryKind, Folder
from courses.catalog.course import (
    CertificateTexts,
    Course,
    HelpLine,
    Owner,
    Page,
    Requirement,
)
from courses.catalog.editions import DamagedEdition, EditionStore, pack, pack_files, unpack
from courses.catalog.effort import Effort, effort_of
from courses.catalog.figures import Figure
from courses.catalog.files import Files, as_written, fingerprint, is_text_path, read_folder
from courses.catalog.items import (
    Exercise,
    ExerciseItem,
    Item,
    KnowledgeCheck,
    Lesson,
    Minutes,
    Module,
    Option,
    Question,
    Word,
)
from courses.catalog.loader import LoadedCourse, check_content, examine, load_course, load_files
from courses.catalog.loose_leaf import moved
from courses.catalog.outline import outline, requirement_set
from courses.catalog.plan_template import (
    LawList,
    LawPoint,
    PlanChapter,
    PlanDate,
    PlanField,
    PlanLayout,
    PlanPart,
    PlanTemplate,
)
from courses.catalog.planning import Dates, Meeting, end_after, new_dates, planned_dates
from courses.catalog.problems import ContentError, Place, Problem, Severity
from courses.catalog.rendering import Part, Prose, render_course_text, render_user_text
from courses.catalog.reused_ids import reused_from, reused_ids
from courses.catalog.search import (
    Answer,
    Passage,
    Result,
    SearchIndex,
    Shown,
    Thing,
    ThingKind,
)
from courses.catalog.sources import Fact, Source
from courses.catalog.summary import FactUse, ModuleSummary, fact_uses, module_summaries
from courses.catalog.surveys import (
    Readiness,
    ReadinessPoint,
    Scale,
    Survey,
    SurveyGroup,
    SurveyQuestion,
)
from courses.catalog.workbench import Workbench, lay_over, open_draft
from courses.catalog.year import Break, CatchUp, MeetingPart, MeetingPlan, Plan

__all__ = [
    "Addresses",
    "Answer",
    "Assignment",
    "Beside",
    "BesideKind",
    "Break",
    "CatchUp",
    "CertificateTexts",
    "ContentError",
    "Course",
    "Criterion",
    "DamagedEdition",
    "Dates",
    "EditionStore",
    "Effort",
    "Entry",
    "EntryKind",
    "Exercise",
    "ExerciseItem",
    "Fact",
    "FactUse",
    "Field",
    "Figure",
    "Files",
    "Folder",
    "HelpLine",
    "Item",
    "KnowledgeCheck",
    "LawList",
    "LawPoint",
    "Lesson",
    "LoadedCourse",
    "Meeting",
    "MeetingPart",
    "MeetingPlan",
    "Milestone",
    "Minutes",
    "Module",
    "ModuleSummary",
    "Option",
    "Owner",
    "Page",
    "Part",
    "Passage",
    "Place",
    "Plan",
    "PlanChapter",
    "PlanDate",
    "PlanField",
    "PlanLayout",
    "PlanPart",
    "PlanTemplate",
    "Problem",
    "Prose",
    "Question",
    "Readiness",
    "ReadinessPoint",
    "Requirement",
    "Result",
    "Scale",
    "SearchIndex",
    "Section",
    "Severity",
    "Shown",
    "Source",
    "Survey",
    "SurveyGroup",
    "SurveyQuestion",
    "Thing",
    "ThingKind",
    "Word",
    "Workbench",
    "as_written",
    "check_content",
    "contribution_id",
    "effort_of",
    "end_after",
    "examine",
    "fact_uses",
    "fingerprint",
    "half_day_id",
    "is_text_path",
    "lay_over",
    "load_course",
    "load_files",
    "module_summaries",
    "moved",
    "new_dates",
    "open_draft",
    "outline",
    "pack",
    "pack_files",
    "planned_dates",
    "read_folder",
    "render_course_text",
    "render_user_text",
    "requirement_set",
    "reused_from",
    "reused_ids",
    "site_address",
    "unpack",
]
