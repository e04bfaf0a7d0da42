import re

import pytest

from courses.catalog import render_course_text


def html(text, **options):
    return render_course_text(text, **options).html


def test_headings_get_ids_that_swedish_letters_survive_in():
    title = "Så gör vi: åä & ö"
    rendered = render_course_text(f"## {title}\n\ntext\n\n### Mer\n\n## {title}")

    assert '<h2 id="avsnitt-sa-gor-vi-aa-o">Så gör vi: åä &amp; ö</h2>' in rendered.html
    assert '<h3 id="avsnitt-mer">Mer</h3>' in rendered.html
    assert [part.title for part in rendered.parts] == ["Så gör vi: åä & ö"] * 2
    assert len({part.anchor for part in rendered.parts}) == 2


def test_a_fact_becomes_the_number_of_its_source_each_time():
    rendered = render_course_text(
        "Ett[[fact:A1]]. Två[[fact:B-2]]. Tre[[fact:A1]].", numbers={"A1": 1, "B-2": 2}
    )

    assert (
        '<sup class="fn"><a aria-label="Källa 1" href="#kalla-1" id="fn-1">1</a></sup>'
        in rendered.html
    )
    assert 'href="#kalla-2" id="fn-2">2</a>' in rendered.html
    assert 'href="#kalla-1" id="fn-1-2">1</a>' in rendered.html
    assert rendered.notes == {1: ("fn-1", "fn-1-2"), 2: ("fn-2",)}


def test_the_places_of_a_source_are_numbered_as_they_are_read():
    text = html("- a[[fact:A]]\n- b[[fact:A]]\n\nc[[fact:A]]\n\n1. d[[fact:A]]", numbers={"A": 1})

    assert re.findall(r'id="(fn-[^"]+)"', text) == ["fn-1", "fn-1-2", "fn-1-3", "fn-1-4"]


def test_a_source_cited_for_two_facts_in_one_place_is_named_once_there():
    text = html(
        "Ett[[fact:A]][[fact:B]][[fact:C]]. Två[[fact:C]] och[[fact:A]].",
        numbers={"A": 1, "B": 2, "C": 1},
    )

    assert re.findall(r"href=\"#kalla-(\d)", text) == ["1", "2", "1", "1"]
    assert text.endswith("</sup>.</p>")
    assert "</sup>. Två" in text


def test_the_second_text_counts_its_citations_from_one_again():
    for _ in range(2):
        assert 'id="fn-1">' in html("Ett[[fact:A1]].", numbers={"A1": 1})


def test_a_source_is_named_in_the_text_s_language():
    assert 'aria-label="Source 1"' in html("[[fact:A1]]", numbers={"A1": 1}, language="en")


def test_the_text_is_cut_at_exercises_that_stand_alone():
    rendered = render_course_text("Före\n\n[[exercise:X-1]]\n\nMellan\n\n[[exercise:Y]]")

    assert rendered.pieces == (("<p>Före</p>\n", "X-1"), ("<p>Mellan</p>\n", "Y"), ("", None))


def test_links_to_items_get_addresses_and_others_stay():
    text = html("[a](item:L1) [b](https://b.se)", link=lambda item: f"/till/{item}")

    assert text == '<p><a href="/till/L1">a</a> <a href="https://b.se">b</a></p>'


def test_asides_have_a_role_and_a_title():
    assert html('!!! example "Påhittat: Granåsa"\n    Text.') == (
        '<div class="admonition example" role="note">\n'
        '<p class="admonition-title">Påhittat: Granåsa</p>\n<p>Text.</p>\n</div>'
    )


@pytest.mark.parametrize(
    "kind, language, title",
    [("task", "sv", "Gör så här"), ("task", "en", "Do this"), ("note", "sv", "Att tänka på")],
)
def test_an_aside_without_a_title_gets_one_in_the_text_s_language(kind, language, title):
    assert f">{title}</p>" in html(f"!!! {kind}\n    Text.", language=language)


def test_a_table_has_scopes_a_caption_and_can_be_scrolled():
    text = html("Före\n\nTabell: *Broar* i A\n\n| Bro | År |\n|---|---|\n| B | 1 |")

    assert text.startswith(
        '<p>Före</p>\n<div aria-label="Broar i A" class="scroll" role="region" tabindex="0">'
        "<table>\n<caption><em>Broar</em> i A</caption>\n<thead>"
    )
    assert '<th scope="col">Bro</th>' in text


def test_a_line_of_hyphens_makes_no_heading():
    assert "<h2" not in html("Text\n---\nMer")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "Se <b onclick=alert(1)>här</b>.",
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        "<!-- dolt",
        '!!! note "<script>1</script>"\n    text',
        "| <i>a</i> |\n|---|\n| <img src=x onerror=alert(1)> |",
    ],
)
def test_html_is_shown_as_it_is_written(text):
    found = html(text)

    assert "&lt;" in found
    assert not re.search(r"<(script|b|meta|i|img|!)\b", found)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScript:x", "java&#115;cript:x", "data:text/html,x", "//e.org",
     "/\\\\e.org", "<vbscript:x>"],
)
def test_a_link_leads_to_pages_and_addresses_only(address):
    found = html(f"[a [b] c]({address}) [d\n]({address})\n\n[e][f]\n\n[f]: {address}")

    assert "href" not in found


def test_addresses_of_pages_mail_and_telephones_are_links():
    found = html(
        "[a](https://example.org) [b](mailto:a@example.org) [c](tel:112) [d](#e) [f](/stod) "
        "<https://example.org> <a@example.org>"
    )

    assert found.count("<a href=") == 7
