"""What has changed between two versions of a text, word by word."""

import random
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.rules.word_diff import word_diff

texts = st.lists(
    st.sampled_from(["vi", "träffas", "varje", "månad", "och", "då", "en", "ny.", "-"])
    | st.text("abå", min_size=1, max_size=2),
    max_size=40,
).flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", "  ", "\n", "\n\n"]), min_size=len(words), max_size=len(words)
    ).map(lambda gaps: "".join(w + g for w, g in zip(words, gaps, strict=True)))
)


def pieces(old, new):
    return [(one.change, one.text) for one in word_diff(old, new).pieces]


def words(comparison, *changes):
    return [w for one in comparison.pieces if one.change in changes for w in one.text.split()]


def test_words_that_came_and_went_stand_where_they_stood():
    old = "Vi tänker träffas varje månad."

    assert pieces(old, "Vi har beslutat att träffas varje månad.") == [
        ("same", "Vi "), ("removed", "tänker "), ("added", "har beslutat att "),
        ("same", "träffas varje månad."),
    ]


def test_what_is_gone_stands_together_before_what_has_come_in_its_place():
    found = pieces("a b c d e", "a x y e")

    assert found == [
        ("same", "a "), ("removed", "b c d "), ("added", "x y "), ("same", "e"),
    ]


def test_a_word_alone_between_long_changes_is_no_crumb_to_read():
    old, new = "a b c d jag e f g h", "i j k l jag m n o p"

    assert pieces(old, new) == [("removed", old), ("added", new)]
    assert pieces("a b jag e", "i j jag m")[2] == ("same", "jag ")


@pytest.mark.parametrize("old,new", [("", ""), ("samma ord", "samma ord"), ("a b", "a\n\nb  ")])
def test_spaces_are_no_change(old, new):
    assert not word_diff(old, new).is_changed


def test_all_is_new_or_all_is_gone():
    assert pieces("", "ny text") == [("added", "ny text")]
    assert pieces("gammal text", " ") == [("removed", "gammal text")]


def test_words_are_counted():
    found = word_diff("ett två tre", "ett fyra fem sex tre")

    assert (found.removed, found.added) == (1, 3)


@given(texts, texts)
@settings(max_examples=400)
def test_both_texts_can_be_read_out_of_it(old, new):
    found = word_diff(old, new)

    kept = "".join(one.text for one in found.pieces if one.change != "removed")
    assert kept == new.lstrip()
    assert words(found, "same", "removed") == old.split()
    assert found.is_changed == (old.split() != new.split())


@given(texts)
def test_pieces_of_one_kind_never_stand_beside_each_other(text):
    found = word_diff(text, text[::-1])

    kinds = [one.change for one in found.pieces]
    assert all(a != b for a, b in pairwise(kinds))
    assert "added removed" not in " ".join(kinds)


@given(texts, st.data())
def test_a_word_put_in_is_the_only_change(text, data):
    place = data.draw(st.integers(0, len(text.split())))
    new = text.split()
    new.insert(place, "NYTT")

    found = word_diff(text, " ".join(new))

    assert (words(found, "added"), words(found, "removed")) == (["NYTT"], [])


def _long(kind):
    rng = random.Random(5)  # noqa: S311 (no secret)
    few, many = ["och", "att", "vi", "det"], [f"ord{n}" for n in range(3_000)]
    if kind == "edited":
        old = [rng.choice(many) for _ in range(20_000)]
        new = [word for word in old if rng.random() > 0.05]
        return old, [rng.choice(many) if rng.random() < 0.05 else word for word in new]
    if kind == "few words":
        return [rng.choice(few) for _ in range(20_000)], [rng.choice(few) for _ in range(20_000)]
    if kind == "turned round":
        old = [f"ord{n}" for n in range(20_000)]
        return old, old[::-1]
    if kind == "nested":
        old = [f"ord{n}" for n in range(10_000)]
        return old + old[::-1], old[::-1] + old
    return [rng.choice(many) for _ in range(20_000)], [rng.choice(many) for _ in range(20_000)]


@pytest.mark.parametrize("kind", ["edited", "few words", "turned round", "nested", "unlike"])
def test_twenty_thousand_words_take_no_time(kind):
    old, new = (" ".join(words) for words in _long(kind))
    start = perf_counter()

    found = word_diff(old, new)

    assert perf_counter() - start < 3  # a tenth of it on a machine of one's own
    assert words(found, "same", "added") == new.split()
    assert words(found, "same", "removed") == old.split()
