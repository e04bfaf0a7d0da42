"""What an editor is shown of two texts."""

from hypothesis import given
from hypothesis import strategies as st

from courses.rules.line_diff import MOST, line_diff

texts = st.lists(st.text("ab å", max_size=3), max_size=30).map("\n".join)


def changes(difference):
    return [(line.change, line.number, line.text) for piece in difference.pieces for line in piece]


def test_a_changed_line_stands_as_removed_and_added_with_what_is_around_it():
    old = "ett\ntvå\ntre\nfyra\nfem\nsex\nsju"

    found = line_diff(old, old.replace("fyra", "4"))

    assert changes(found) == [
        ("same", 2, "två"), ("same", 3, "tre"), ("removed", 4, "fyra"), ("added", 4, "4"),
        ("same", 5, "fem"), ("same", 6, "sex"),
    ]
    assert (found.added, found.removed, found.left_out) == (1, 1, 0)


def test_the_words_that_differ_in_a_long_line_are_cut_out():
    old = "Tänk dig ett rum i ett kommunhus en tisdag i november."

    (piece,) = line_diff(old, old.replace("ett rum", "en sal")).pieces

    assert piece[0].pieces == (
        ("Tänk dig ", False), ("ett", True), (" ", False), ("rum", True),
        (" i ett kommunhus en tisdag i november.", False),
    )
    assert [text for text, is_other in piece[1].pieces if is_other] == ["en", "sal"]


def test_lines_with_little_in_common_are_not_cut():
    (piece,) = line_diff("Tänk dig ett rum.", "Något helt annat, som är nytt.").pieces

    assert all(line.pieces == () for line in piece)


def test_places_far_apart_are_pieces_of_their_own():
    old = "\n".join(map(str, range(40)))

    found = line_diff(old, old.replace("3\n", "tre\n", 1).replace("\n39", "\nsista"))

    assert len(found.pieces) == 2


def test_equal_texts_differ_nowhere():
    assert line_diff("ett\ntvå", "ett\ntvå").pieces == ()


def test_what_nobody_would_read_is_left_out_and_counted():
    found = line_diff("", "\n".join(map(str, range(MOST + 50))))

    assert found.added == MOST
    assert found.left_out == 50


@given(texts, texts)
def test_no_difference_is_hidden(old, new):
    found = changes(line_diff(old, new))

    before, after = old.splitlines(), new.splitlines()
    for piece in line_diff(old, new).pieces:
        assert all(not line.pieces or "".join(p for p, _ in line.pieces) == line.text
                   for line in piece)
    for change, number, text in found:
        assert text == (before if change == "removed" else after)[number - 1]
    kept = [line for n, line in enumerate(before, 1) if ("removed", n, line) not in found]
    assert len(kept) + sum(1 for change, *_ in found if change == "added") == len(after)
