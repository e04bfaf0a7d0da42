"""A participant does all of it with the keyboard: no pointer, and no address is typed after the
first page."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_story import NORA, PASSWORD, Teller, world  # noqa: F401 - a fixture

FAR = 250
"""More presses than any page of the story has places to stop at."""


class Keys:
    """A pair of hands on a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, target: Locator) -> None:
        """Press Tab until `target` has the focus, and see that one sees it."""
        for _ in range(FAR):
            if target.evaluate("(element) => element === document.activeElement"):
                assert target.evaluate("(element) => element.matches(':focus-visible')")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by Tab")

    def enter(self, target: Locator) -> None:
        """Follow a link or press a button, and wait for where it leads."""
        self.to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self.to(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def day(self, target: Locator) -> None:
        """Some day: an arrow in each of the date's three parts."""
        self.to(target)
        for _ in range(3):
            self.page.keyboard.press("ArrowUp")
            self.page.keyboard.press("Tab")
        assert target.input_value()

    def tick(self, target: Locator) -> None:
        self.to(target)
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def choose(self, target: Locator) -> None:
        """Choose one of a group of radio buttons: Tab leads to the group, arrows within it."""
        name = target.get_attribute("name")
        for _ in range(FAR):
            if self.page.evaluate("document.activeElement?.name") == name:
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(12):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} cannot be chosen")


def test_the_keyboard_alone_completes_the_story(browser, world, mailbox):  # noqa: F811
    live, course, cohort_id = world
    mailbox.messages.clear()
    teller = Teller(browser, live, course, cohort_id, mailbox, True)
    teller.invite()
    teller.accept().context.close()
    module = course.modules[0]
    own = next(one for one in module.assignments if not one.is_joint)
    page = teller.somebody()
    keys = Keys(page)
    main = page.locator("main")

    page.goto("/logga-in")
    keys.write(page.locator("[name=email]"), NORA)
    keys.write(page.locator("[name=password]"), PASSWORD)
    keys.enter(main.get_by_role("button", name="Logga in", exact=True))
    keys.enter(main.locator(".next .btn"))
    for lesson in module.lessons:
        expect(page.locator("h1")).to_have_text(lesson.title)
        for exercise in lesson.exercises:
            form = page.locator(f"form[action$='{exercise.id}']")
            for number in range(len(exercise.items)):
                keys.choose(form.locator("fieldset").nth(number).locator("input").first)
            keys.enter(form.locator("button"))
        keys.enter(main.get_by_role("button", name="Markera som klar och fortsätt"))
    for question in module.check.questions:
        right = question.options[question.right].text
        group = page.locator("fieldset", has_text=question.text)
        keys.choose(group.get_by_label(right, exact=True))
    keys.enter(main.get_by_role("button", name="Kontrollera mina svar"))
    expect(main).to_contain_text("Klar")

    keys.enter(page.locator("header .name"))
    keys.enter(main.get_by_role("link", name=re.compile(re.escape(own.title))).first)
    keys.enter(main.get_by_role("link", name="Skriv", exact=True))
    fields = main.locator(
        "form[data-autosave] :is(textarea, input:not([type=hidden], [type=radio]))"
    )
    expect(fields.first).to_be_visible()
    folded = main.locator("form details:not([open]):has(textarea, input) > summary")
    while folded.count():
        keys.to(folded.first)
        page.keyboard.press("Enter")
    for number in range(fields.count()):
        if fields.nth(number).get_attribute("type") == "date":
            keys.day(fields.nth(number))
        else:
            keys.write(fields.nth(number), "Skrivet utan mus.")
    keys.enter(main.get_by_role("button", name="Spara och kontrollera"))
    keys.tick(page.locator("[name=attest]"))
    keys.enter(page.get_by_role("button", name=re.compile("^Skicka in")))
    expect(main).to_contain_text("inskickad")

    keys.enter(page.locator("nav.wide").get_by_role("link", name="Mina reflektioner"))
    keys.enter(main.get_by_role("link", name="Skriv ny reflektion"))
    keys.write(main.locator("textarea").first, "En tanke till mig själv.")
    keys.enter(main.get_by_role("button", name="Spara", exact=True))
    expect(main).to_contain_text("En tanke till mig själv.")
    keys.enter(page.locator("nav.wide").get_by_role("button", name="Logga ut"))
    expect(page.locator("nav").get_by_role("link", name="Logga in")).to_be_visible()
