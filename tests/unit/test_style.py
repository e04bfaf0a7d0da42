"""The style sheet keeps its weight and its colours their contrast (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
TEMPLATES = APP / "templates"
CSS = (APP / "static" / "app.css").read_text()
ROOTS = re.findall(r":root\{([^}]*--bg:#[^}]*)\}", CSS)
THEMES = dict(zip(("light", "dark"), ROOTS, strict=False))  # the third is paper
TEXT, EDGE = 4.5, 3.0
PAIRS = [
    *((text, ground, TEXT) for text in ("ink", "ink-2", "ink-off", "link", "brand", "visited")
      for ground in ("bg", "surface", "sunken")),
    *((text, ground, TEXT) for text in ("ink", "ink-2", "link", "visited")
      for ground in ("ok-t", "warn-t", "info-t", "brand-tint")),
    *((text, f"{text}-t", TEXT) for text in ("ok", "warn", "err", "info")),
    *((text, ground, TEXT) for text in ("ok", "warn", "err", "info")
      for ground in ("bg", "surface")),
    ("brand", "brand-tint", TEXT),
    ("on-brand", "brand", TEXT), ("on-brand", "brand-h", TEXT), ("on-hdr", "hdr", TEXT),
    ("bg", "err", TEXT), ("bg", "ink", TEXT),
    *(("ctl", ground, EDGE) for ground in ("bg", "surface", "sunken")),
    *(("f1", ground, EDGE) for ground in ("bg", "surface", "sunken")),
    ("brand", "track", EDGE), ("err", "bg", EDGE), ("ok", "ok-t", EDGE), ("warn", "warn-t", EDGE),
]


def tokens(theme):
    return dict(re.findall(r"--([\w-]+):(#[0-9A-Fa-f]{3,6})", THEMES[theme]))


def luminance(colour):
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    channels = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("upper, lower, least", PAIRS)
def test_colours_that_meet_can_be_told_apart(theme, upper, lower, least):
    colours = tokens(theme)
    assert contrast(colours[upper], colours[lower]) >= least


def test_the_themes_have_the_same_tokens():
    assert tokens("light").keys() == tokens("dark").keys()


def test_the_focus_ring_in_the_header_is_seen():
    assert all(contrast("#FFC83D", tokens(theme)["hdr"]) >= EDGE for theme in THEMES)


def test_every_colour_that_is_used_is_defined():
    defined = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= defined


def test_what_serves_only_without_scripts_is_shown_only_there():
    assert "@media(scripting:enabled){.nojs{display:none}}" in CSS


def test_what_is_hidden_is_hidden_whatever_its_class_says():
    assert "[hidden]{display:none!important}" in CSS


def test_the_sheet_stays_within_its_weight():
    assert len(CSS.encode()) <= 20_000


#: What draws answers, a table of many columns among them; a page draws them itself or by these.
DRAWN = re.compile(r"\b(?:answers?|changed_section|review_criteria|sent_copy|side_by_side)\(")
PIECES = re.compile(r"macros/|/_")


def test_every_page_that_draws_answers_prints_their_tables_without_shrinking_them():
    pages = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in TEMPLATES.rglob("*.html")
    }

    assert [
        name
        for name, text in sorted(pages.items())
        if not PIECES.search(name) and DRAWN.search(text) and "asset('work.css')" not in text
    ] == []
