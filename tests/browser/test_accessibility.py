"""Every page of the demonstration, looked at as different people with different screens."""

from itertools import product

import pytest

from tests.browser import looking
from tests.browser.conftest import LONG, Look

ROLES = (
    "public", "participant", "certificate_holder", "trainer", "county_coordinator",
    "municipal_coordinator", "editor", "administrator", "secrecy_officer",
)  # fmt: skip
LOOKS = (
    [Look(*grid) for grid in product(("sv", "en"), ("light", "dark"), (360, 1280))]
    if LONG
    else [Look("sv", "light", 1280), Look("en", "dark", 360)]
)
NARROW = {"width": 320, "height": 800}
"""The narrowest window: no page scrolls sideways in it."""


def in_language(path: str, language: str) -> str:
    if language == "sv":
        return path
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def of(pages: dict[str, list[str]], role: str) -> list[str]:
    """Return the pages of a role."""
    assert pages.get(role), f"the demonstration has no {role}"
    return pages[role]


def none(problems: list[str]) -> None:
    """Fail with a line for each problem."""
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("role", ROLES)
def test_pages_can_be_used_by_everybody(
    role, look, visitor, pages, node_modules, record_property
):
    paths = of(pages, role)
    page = visitor.page(role, look)
    problems = []
    titles = {}
    for path in paths:
        page.goto(in_language(path, look.language))
        found = [
            *looking.accessibility(page, node_modules),
            *looking.one_primary_button(page),
            *looking.language(page, look.language),
            *looking.headings(page),
        ]
        if look.language == "sv":
            found += looking.forbidden_words(page)
        page.set_viewport_size(NARROW)
        found += looking.sideways_scroll(page)
        page.set_viewport_size({"width": look.width, "height": NARROW["height"]})
        if (first := titles.setdefault(page.title(), path)) != path:
            found.append(f"the same title as {first}: {page.title()}")
        problems += [f"{path}: {problem}" for problem in found]
    record_property(f"sidor utan anmärkning från axe, {look}", len(paths))
    none(problems)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_errors_can_be_used_by_everybody(look, visitor, node_modules):
    page = visitor.page("public", look)
    page.goto(in_language("/logga-in", look.language))
    page.click("form button.btn")
    assert page.locator(".errsum, [role=alert]").count() > 0
    problems = looking.accessibility(page, node_modules)
    page.goto(in_language("/finns-inte", look.language))
    problems += looking.accessibility(page, node_modules)
    problems += looking.language(page, look.language)
    none(problems)


def test_the_keyboard_reaches_the_content_first(visitor):
    page = visitor.page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == "#innehall"
    page.keyboard.press("Enter")
    assert page.url.endswith("#innehall")
