"""Everything that is checked once all files of a course have been read."""

from datetime import date, timedelta

from courses.catalog.checks_body import check_lesson_texts, check_texts
from courses.catalog.checks_course import check_meetings, check_pages, check_surveys
from courses.catalog.checks_figures import check_figures
from courses.catalog.checks_items import check_assignment, check_knowledge_check, check_lesson
from courses.catalog.checks_plain import check_plain_language
from courses.catalog.checks_plan import check_plan_template
from courses.catalog.checks_plan_layout import check_plan_layout
from courses.catalog.checks_references import check_ids, check_listing, check_plan
from courses.catalog.checks_translation import check_translations
from courses.catalog.drafts import CourseDraft
from courses.catalog.files import Files
from courses.catalog.problems import Problems

SUPPORT_DAYS = 180


def check_course(draft: CourseDraft, files: Files, problems: Problems, today: date | None) -> None:
    """Note every error and warning that a single file does not show by itself."""
    check_ids(draft, problems)
    check_listing(draft, problems)
    check_plan(draft, problems)
    for module in draft.modules:
        for lesson in module.lessons:
            check_lesson(lesson, problems)
            check_lesson_texts(lesson, draft, files, problems)
        if module.check:
            check_knowledge_check(module.check, draft, problems)
        for assignment in module.assignments:
            check_assignment(assignment, problems)
    check_texts(draft, files, problems)
    check_figures(draft, problems)
    check_plain_language(draft, problems)
    check_pages(draft, files, problems)
    check_meetings(draft, problems)
    check_surveys(draft, problems)
    check_plan_template(draft, problems)
    check_plan_layout(draft, problems)
    check_translations(draft, files, problems)
    if today:
        _check_dates(draft, problems, today)


def _check_dates(draft: CourseDraft, problems: Problems, today: date) -> None:
    """A date that passes is something to know, never something that stops a publish."""
    facts = draft.facts.data["facts"] if draft.facts else ()
    for place, fact in enumerate(facts):
        if draft.facts and fact["review_by"] < today:
            problems.warning(
                draft.facts.source.file,
                draft.facts.source.line("facts", place, "review_by"),
                f"Fakta «{fact['id']}» skulle ha granskats {fact['review_by']}.",
                "Kontrollera källan, ändra as_of och sätt ett nytt review_by.",
            )
    lines = draft.support.data["lines"] if draft.support else ()
    for place, line in enumerate(lines):
        if draft.support and line["checked"] < today - timedelta(days=SUPPORT_DAYS):
            problems.warning(
                draft.support.source.file,
                draft.support.source.line("lines", place, "checked"),
                f"Stödlinjen «{line['name']}» kontrollerades senast {line['checked']}.",
                "Ring eller läs på webbplatsen, och ändra checked.",
            )
