"""What is asked of a page that is open in the browser; each returns sentences, none when well."""

from pathlib import Path

from playwright.sync_api import Page

# words that stand in nearly every sentence of the one language and never in the other
SWEDISH = ("logga", "skicka", "och", "för", "är", "inte", "din", "ditt", "på", "som", "till", "av")
ENGLISH = ("the", "and", "you", "your", "of", "with", "is", "are", "this", "not")
FORBIDDEN = ("underkänd", "användare", "klicka här", "slutför", "riskdeltagare")

AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.flatMap(v => v.nodes.map(n =>
    `axe ${v.id}: ${n.target.join(" ")}: ${n.failureSummary.split("\\n").slice(1).join("; ")}`));
}"""

# the visible words, and those that are only spoken, outside elements marked as another language;
# with each how many words of that language make it foreign: a course text may name a book
WORDS = """(language) => {
  const own = element => element.closest("[lang]").lang.startsWith(language);
  const texts = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!["SCRIPT", "STYLE", "NOSCRIPT", "TEXTAREA"].includes(parent.tagName) && own(parent))
      texts.push([walker.currentNode.data, parent.closest(".text, .prose, .words") ? 3 : 1]);
  }
  for (const name of ["aria-label", "alt", "title", "placeholder"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (own(element)) texts.push([element.getAttribute(name), 1]);
  return texts.map(([text, least]) => [text.trim(), least]).filter(([text]) => text);
}"""

PRIMARY = """() => [...document.querySelectorAll(".btn")]
  .filter(e => !["btn2", "btnw", "exit"].some(name => e.classList.contains(name)))
  .filter(e => e.checkVisibility()).map(e => e.textContent.trim())"""


def accessibility(page: Page, node_modules: Path) -> list[str]:
    """What axe finds."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    return page.evaluate(AXE)


def one_primary_button(page: Page) -> list[str]:
    """More than one button that asks to be pressed first."""
    buttons = page.evaluate(PRIMARY)
    return [f"more than one primary button: {buttons}"] if len(buttons) > 1 else []


def language(page: Page, expected: str) -> list[str]:
    """A wrong `lang`, or words of the other language that are not marked as such."""
    problems = []
    declared = page.get_attribute("html", "lang")
    if declared != expected:
        problems.append(f"html lang is {declared}, not {expected}")
    foreign = SWEDISH if expected == "en" else ENGLISH
    for text, least in page.evaluate(WORDS, expected):
        words = {word.strip(".,:;!?()\"'”“»«") for word in text.lower().split()}
        if len(mixed := words.intersection(foreign)) >= least:
            problems.append(f"not {expected} ({', '.join(sorted(mixed))}): {text[:120]}")
    return problems


def forbidden_words(page: Page) -> list[str]:
    """Words that Stegvis never says."""
    text = page.inner_text("body").lower()
    return [f"forbidden word: {word}" for word in FORBIDDEN if word in text]


def headings(page: Page) -> list[str]:
    """Not exactly one h1."""
    number = page.locator("h1").count()
    return [] if number == 1 else [f"{number} h1"]


def sideways_scroll(page: Page) -> list[str]:
    """A page that is wider than its window."""
    wide = page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
    return [f"scrolls sideways by {wide} px at {page.viewport_size['width']}"] if wide > 0 else []
