"""How hard a text is to read."""

import pytest

from courses.catalog.plain_language import link_texts, lix, sentences


def cut(text):
    return [(one.line, one.text) for one in sentences(enumerate(text.split("\n"), start=1))]


def test_sentences_end_where_a_new_one_begins():
    text = "Hon kom kl. 12.30 t.ex. i går. Gick sedan!\n”Vart?” 3 av 4 visste."

    assert cut(text) == [
        (1, "Hon kom kl. 12.30 t.ex. i går."), (1, "Gick sedan!"), (2, "”Vart?”"),
        (2, "3 av 4 visste."),
    ]


def test_a_sentence_begins_on_the_line_of_its_first_word():
    assert cut("Ett. Två är\nlång. Tre.\n\nFyra.") == [
        (1, "Ett."), (1, "Två är lång."), (2, "Tre."), (4, "Fyra."),
    ]


def test_headings_tables_and_markers_are_no_sentences():
    text = (
        "## Rubrik\n\n[[figure:bro]]\n\nTabell: Broar\n\n| a | b |\n|---|---|\n\n"
        '!!! example "Påhittat"\n    En text.[[fact:A1]] Till.\n\n- punkt ett\n- punkt två'
    )

    assert [text for _, text in cut(text)] == ["En text.", "Till.", "punkt ett", "punkt två"]


def test_markup_and_addresses_are_not_read():
    assert cut("En **fet** [länk](https://example.org/a.B).") == [(1, "En fet länk.")]


@pytest.mark.parametrize(
    "text, expected",
    [("", 0), ("Vi ser en bro.", 4), ("Bibliotekschefen kom. Hon gick.", 2 + 25)],
)
def test_lix_is_sentence_length_and_long_words(text, expected):
    found = list(sentences(enumerate([text])))

    assert lix(found) == pytest.approx(expected)


def test_what_a_link_says():
    assert link_texts("Se [Läs mer →](item:L1), ![bild](x.svg) och [**här**](y).") == [
        "läs mer", "här",
    ]
