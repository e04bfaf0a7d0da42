"""Figures: a drawing with its words beside it."""

import re
from xml.etree import ElementTree as etree

import pytest

from courses.catalog import Severity, check_content, load_course

SVG = "01-start/figures/bron.svg"
TOML = "01-start/figures/bron.toml"
TOML_EN = "01-start/figures/bron.en.toml"
FRAMES = "01-start/lessons/2-ramar.md"
FRAMES_EN = "01-start/lessons/2-ramar.en.md"


def said(folder, severity=Severity.ERROR):
    return [one for one in check_content(folder) if one.severity is severity]


class TestShown:
    def test_a_figure_stands_in_the_text_with_its_caption_and_its_words(self, loaded):
        html = loaded.course("sv").items["P1.2"].html

        figure = etree.fromstring(  # noqa: S314 - our own text
            re.search(r"<figure.*?</figure>", html, re.DOTALL)[0]
        )

        assert figure.get("id") == "figur-bron"
        svg = figure.find("svg")
        assert svg.attrib == {
            "viewBox": "0 0 340 130", "role": "img",
            "aria-label": "Från den ena sidan till den andra",
        }
        assert figure.find("figcaption/p").text == "Från den ena sidan till den andra"
        assert figure.find("figcaption/details/summary").text == "Figuren i ord"
        assert "till den högra & tillbaka" in figure.find("figcaption/details/p").text

    def test_its_texts_are_in_their_places_a_list_as_lines(self, loaded):
        svg = loaded.course("sv").figures["bron"].svg

        assert '<text class="f-strong f-mid" x="55" y="49">Här</text>' in svg
        assert (
            '<tspan x="170" dy="0">Bron bär,</tspan><tspan x="170" dy="13">om den är hel</tspan>'
            in svg
        )
        assert "xmlns" not in svg
        assert "<!--" not in svg

    def test_it_is_translated(self, loaded):
        english = loaded.course("en")

        assert english.figures["bron"].in_language == "en"
        assert "The bridge holds" in english.figures["bron"].svg
        assert "The figure in words" in english.page("broblad").html

    def test_in_a_text_of_another_language_it_says_which_its_own_is(self, loaded):
        untranslated = loaded.course("en").items["P1.2"]

        assert untranslated.in_language == "sv"
        assert '<figure class="fig" id="figur-bron" lang="en">' in untranslated.html
        assert ' lang="' not in loaded.course("sv").items["P1.2"].html

    def test_its_texts_cannot_become_elements(self, folder, edit):
        edit(TOML, 'har = "Här"', 'har = "<script>&"')

        assert "&lt;script&gt;&amp;" in load_course(folder).course("sv").figures["bron"].svg

    def test_it_belongs_to_the_digest_of_the_lesson_that_shows_it(self, folder, edit):
        before = load_course(folder).course("sv").items
        edit(TOML_EN, 'har = "Here"', 'har = "Over here"')
        after = load_course(folder).course("sv").items

        assert before["P1.2"].digest != after["P1.2"].digest
        assert before["P1.1"].digest == after["P1.1"].digest

    def test_a_figure_does_not_count_as_words(self, folder, edit):
        before = load_course(folder).course("sv").items["P1.2"].word_count
        edit(FRAMES, "[[figure:bron]]\n\n", "")

        assert load_course(folder).course("sv").items["P1.2"].word_count == before


@pytest.mark.parametrize(
    "head",
    ['<!DOCTYPE svg [<!ENTITY a "b">]>', '<?xml-stylesheet href="x.css"?>'],
)
def test_what_stands_before_a_drawing_is_refused(folder, head):
    path = folder / SVG
    path.write_text(head + path.read_text())

    assert [one.file for one in said(folder)][:1] == [SVG]


def test_a_drawing_without_texts_and_texts_without_a_drawing_are_told(folder):
    (folder / SVG).rename(folder / "01-start/figures/vagen.svg")

    assert [(one.file, one.message.partition(":")[0]) for one in said(folder)][:2] == [
        (TOML, "Figuren saknar bild"),
        ("01-start/figures/vagen.svg", "Figuren saknar texter"),
    ]


def test_a_figure_that_nobody_shows_is_a_warning(folder, edit):
    edit(FRAMES, "[[figure:bron]]\n\n", "")
    for name in ("broblad.md", "broblad.en.md"):
        edit(f"pages/{name}", "[[figure:bron]]\n", "")

    assert said(folder) == []
    assert any("visas inte i någon lektion" in one.message
               for one in said(folder, Severity.WARNING))


def test_a_text_too_long_for_the_drawing_is_a_warning(folder, edit):
    edit(TOML, '"om den är hel"', '"' + "om den är hel " * 5 + '"')

    found = [one for one in said(folder, Severity.WARNING) if "inte plats" in one.message]

    assert [(one.file, one.line) for one in found] == [(TOML, 8)]
