import pytest

from courses.rules.language import written_in


@pytest.mark.parametrize("text,language", [
    ("Vi träffas varje månad och går igenom läget.", "sv"),
    ("We meet every month and go through what has happened.", "en"),
    ("Alla barn", "sv"),
    ("", "sv"),
    ("Boken heter ”The Macho Paradox” och är på engelska, men vi läser den som den är.", "sv"),
])
def test_the_common_words_decide(text, language):
    assert written_in(text) == language
