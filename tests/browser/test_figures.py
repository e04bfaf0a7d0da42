"""Every figure of every course, drawn as on a telephone: no word leaves its figure, its box or
runs into another."""

from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from config import ROOT
from courses.catalog import load_course
from tests.browser import looking
from tests.browser.conftest import Look

STATIC = ROOT / "app" / "static"
COURSES = [*sorted(p.parent for p in (ROOT / "content").glob("*/course.toml")),
           ROOT / "tests" / "content" / "provkurs"]
ADDRESS = "http://figures.test"
LOOKS = [Look(language, scheme, 360) for language in ("sv", "en") for scheme in ("light", "dark")]

# The ink of a line is lower than its box, which has room for accents and descenders.
GEOMETRY = """() => {
  const lines = svg => [...svg.querySelectorAll("text")].flatMap(text =>
    text.querySelector("tspan") ? [...text.querySelectorAll("tspan")] : [text]);
  const inked = element => {
    const {left, right, top, bottom} = element.getBoundingClientRect();
    const air = (bottom - top) * 0.2;
    return {left, right, top: top + air, bottom: bottom - air, says: element.textContent};
  };
  const said = [];
  for (const figure of document.querySelectorAll("figure")) {
    const svg = figure.querySelector("svg"), frame = svg.getBoundingClientRect();
    const words = lines(svg).map(inked);
    const rects = [...svg.querySelectorAll("rect")].map(one => one.getBoundingClientRect());
    words.forEach((word, place) => {
      const outside = box => word.left < box.left - 1 || word.right > box.right + 1
        || word.top < box.top - 1 || word.bottom > box.bottom + 1;
      if (outside(frame)) said.push(`${figure.id}: «${word.says}» leaves the figure`);
      const x = (word.left + word.right) / 2, y = (word.top + word.bottom) / 2;
      const around = box => box.left < x && x < box.right && box.top < y && y < box.bottom;
      const box = rects.filter(around).at(-1);  // the one drawn last lies on top
      if (box && outside(box)) said.push(`${figure.id}: «${word.says}» leaves its box`);
      for (const other of words.slice(place + 1))
        if (word.left < other.right && other.left < word.right
            && word.top < other.bottom && other.top < word.bottom)
          said.push(`${figure.id}: «${word.says}» runs into «${other.says}»`);
    });
    for (const word of words)
      if (!word.says.trim()) said.push(`${figure.id}: an empty line`);
  }
  return said;
}"""


def sheet(folder: Path, language: str) -> str:
    """A page with all figures of the course, their words unfolded."""
    course = load_course(folder).course(language)
    figures = "\n".join(one.html(language) for one in course.figures.values())
    return (
        f'<!doctype html><html lang="{language}"><head><title>{escape(course.title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" '
        f'href="app.css"></head><body><main class="wrap"><h1>{escape(course.title)}</h1>'
        f"{figures.replace('<details>', '<details open>')}</main></body></html>"
    )


@pytest.fixture
def open_sheet(browser: Browser):
    """Open the sheet of a course in a browser that reaches no network."""
    contexts = []

    def opened(folder: Path, look: Look) -> Page:
        context = browser.new_context(
            viewport={"width": look.width, "height": 800}, color_scheme=look.scheme
        )
        contexts.append(context)

        def serve(route: Route) -> None:
            name = route.request.url.removeprefix(f"{ADDRESS}/")
            if name:
                route.fulfill(path=STATIC / name)
            else:
                body = sheet(folder, look.language)
                route.fulfill(body=body, content_type="text/html; charset=utf-8")

        context.route("**/*", serve)
        page = context.new_page()
        page.goto(f"{ADDRESS}/")
        page.evaluate("() => document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_words_stay_in_their_places(folder, language, open_sheet, record_property):
    page = open_sheet(folder, Look(language, "light", 360))

    problems = page.evaluate(GEOMETRY)

    record_property(f"figurer mätta, {folder.name}, {language}", page.locator("figure").count())
    assert problems == [], "\n".join(problems)
    assert looking.sideways_scroll(page) == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_figures_can_be_used_by_everybody(folder, look, open_sheet, node_modules):
    page = open_sheet(folder, look)

    assert looking.accessibility(page, node_modules) == []
