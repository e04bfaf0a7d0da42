"""Advice to authors: it is told, and it stops nothing."""

from datetime import date

import pytest

from courses.catalog import load_course
from tests.unit.courses.catalog.broken.case import (
    ALONE_EN,
    FRAMES,
    LESSON,
    LESSON_EN,
    START,
    line_of,
)


def test_a_passed_review_date_is_told_only_when_the_day_is_known(folder):
    def told(today):
        problems = load_course(folder, today=today).warnings
        return [(one.file, one.line) for one in problems if "granskats" in one.message]

    assert told(None) == []
    assert told(date(2027, 11, 1)) == []
    assert told(date(2027, 11, 2)) == [("facts.toml", line) for line in (8, 16, 24)]


def test_a_help_line_checked_half_a_year_ago_is_told(folder):
    problems = load_course(folder, today=date(2027, 5, 22)).warnings

    assert [(one.file, one.line) for one in problems if "Provlinjen" in one.message] == [
        ("support.toml", 9)
    ]


def test_missing_english_is_told(folder):
    (folder / LESSON_EN).unlink()

    found = [one for one in load_course(folder).warnings if "engelska" in one.message]

    assert (LESSON_EN, 1) in [(one.file, one.line) for one in found]
    assert (f"{START}/lessons/2-ramar.en.md", 5) in [(one.file, one.line) for one in found]


def test_a_translation_that_leaves_keys_out_is_told_which(folder, edit):
    edit(ALONE_EN, 'regional = "Choose a bridge in the *county*."\n', "")

    assert any(
        one.file == ALONE_EN and "Inte på engelska: regional" in one.message
        for one in load_course(folder).warnings
    )


def test_reading_minutes_far_from_the_text_are_told(folder, edit):
    edit(LESSON, "reading = 1,", "reading = 9,")

    found = [one for one in load_course(folder).warnings if "Lästiden" in one.message]

    assert [(one.file, one.line) for one in found] == [(LESSON, 5)]
    assert "reading = 1" in found[0].remedy


def test_a_part_of_more_than_eight_minutes_is_told_at_its_heading(folder, edit):
    edit(LESSON, "## Öva på det", "## Öva på det\n\n" + "ord " * 1041)

    found = [one for one in load_course(folder).warnings if "Delen" in one.message]

    assert [(one.file, one.line) for one in found] == [
        (LESSON, line_of(folder / LESSON, "## Öva"))
    ]


def test_a_lesson_that_is_too_short_is_told(loaded):
    assert any("55 ord" in one.message for one in loaded.warnings)


class TestPlainLanguage:
    def said(self, folder, word):
        found = [one for one in load_course(folder).warnings if word in one.message]
        return [(one.file, one.line) for one in found]

    def test_a_text_as_hard_as_an_authoritys_is_told(self, folder, edit):
        hard = "Myndighetsgemensamma samverkansöverenskommelser förutsätter styrdokument. " * 30
        edit(FRAMES, "En ram håller ihop.", hard)

        assert self.said(folder, "LIX") == [(FRAMES, 10)]

    def test_a_sentence_of_more_than_forty_words_is_told_on_its_line(self, folder, edit):
        edit(FRAMES, "En ram håller ihop.", "Kort.\nEn " + "ord " * 40 + "slut.")

        assert self.said(folder, "Meningen") == [(FRAMES, line_of(folder / FRAMES, "ord ord"))]

    @pytest.mark.parametrize("text", ["här", "Klicka här", "läs mer", "Här."])
    def test_a_link_that_does_not_say_where_it_leads_is_told(self, folder, edit, text):
        edit(LESSON, "[om ramar]", f"[{text}]")

        assert self.said(folder, "säger inte") == [(LESSON, line_of(folder / LESSON, "(item:"))]

    @pytest.mark.parametrize("text", ["here", "click here", "Read more"])
    def test_nor_in_english(self, folder, edit, text):
        edit(LESSON_EN, "[about frames]", f"[{text}]")

        assert [file for file, _ in self.said(folder, "säger inte")] == [LESSON_EN]

    def test_a_plain_course_gets_no_advice(self, loaded):
        words = ("LIX", "Meningen", "säger inte vart")
        assert not [one for one in loaded.warnings if any(word in one.message for word in words)]
