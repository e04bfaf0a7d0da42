"""The courses that Stegvis ships are sound, and quick to load."""

import re
import time
from html.parser import HTMLParser

import pytest

from courses.catalog import Severity, check_content, load_course, load_files
from courses.catalog.files import read_folder
from tests.unit.courses.catalog import CONTENT

COURSES = sorted(path.parent for path in CONTENT.glob("*/course.toml"))
CONTENT_BUDGET = 1.5


def test_the_process_leader_training_is_there():
    assert "processledarutbildning" in [folder.name for folder in COURSES]


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
class TestCourse:
    def test_it_has_no_errors(self, folder):
        errors = [one for one in check_content(folder) if one.severity is Severity.ERROR]

        assert errors == [], "\n".join(map(str, errors))

    def test_it_takes_the_time_it_says_and_is_written_plainly(self, folder):
        watched = ("Lästiden", "Delen «", "Texten har LIX", "säger inte vart", "inte plats")
        told = [
            str(one) for one in check_content(folder)
            if any(word in one.message for word in watched)
        ]

        assert told == []

    def test_its_id_is_the_name_of_its_folder(self, folder):
        assert load_course(folder).id == folder.name

    def test_it_loads_within_its_budget(self, folder):
        files = read_folder(folder)
        load_files(files)
        began = time.process_time()
        load_files(files)

        assert time.process_time() - began < CONTENT_BUDGET

    def test_every_text_renders_without_leftovers(self, folder):
        loaded = load_course(folder)
        for language in loaded.languages:
            for name, html in texts(loaded.course(language)):
                assert "[[" not in html, name
                assert "item:" not in html, name
                assert 'href="#"' not in html, name
                assert "<h1" not in html, name
                ids = re.findall(r' id="([^"]+)"', html)
                assert len(ids) == len(set(ids)), name
                Balanced(name).feed(html)

    def test_every_footnote_has_its_source(self, folder):
        loaded = load_course(folder)
        for language in loaded.languages:
            for lesson in loaded.course(language).lessons:
                cited = set(re.findall(r'href="#(kalla-[^"]+)"', lesson.html))
                assert cited == {source.anchor for source in lesson.sources}, lesson.id
                listed = [(source.name, source.url) for source in lesson.sources]
                assert len(listed) == len(set(listed)), lesson.id
                back = [note for source in lesson.sources for note in source.notes]
                assert all(source.notes for source in lesson.sources), lesson.id
                assert sorted(back) == sorted(re.findall(r' id="(fn-[^"]+)"', lesson.html))


def texts(course):
    for name in course.texts:
        yield name, course.text_html(name)
    for module in course.modules:
        yield module.id, module.intro_html + module.content_note_html
    for lesson in course.lessons:
        yield lesson.id, lesson.content_note_html + lesson.html
    for one in course.assignments:
        yield one.id, one.brief_html
        yield one.id, one.regional_html + one.alone_html


class Balanced(HTMLParser):
    """Fails when an element is closed that is not open."""

    def __init__(self, name):
        super().__init__()
        self.name, self.open = name, []

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, self.name
        assert self.open.pop() == tag, self.name
