"""A participant's year on a line of 256 kbit/s that loses one request in ten: everything that
is done is done once, and nothing that was written is gone. And what each page weighs there.
"""

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import LONG
from tests.browser.test_story import NORA, Teller, world  # noqa: F401 - a fixture
from tests.browser.test_weight import FIRST_VIEW, REPEAT_VIEW, Meter
from tests.weak_line import WeakLine

TRIES = 8


class Patient(Teller):
    """Somebody who tries again when the browser says that the page did not come."""

    def open(self, page, path):
        self._until_it_comes(lambda: page.goto(path), page)

    def follow(self, page, button):
        tries = [button.click, *[page.reload] * TRIES]  # reloading sends the form once more

        def press():
            with page.expect_navigation():
                tries.pop(0)()

        self._until_it_comes(press, page)

    def _until_it_comes(self, attempt, page):
        for _ in range(TRIES):
            try:
                attempt()
            except Error as error:
                if "net::ERR_EMPTY_RESPONSE" not in str(error):
                    raise
                page.wait_for_timeout(500)  # until the browser shows its own page about it
            else:
                return
        raise AssertionError(f"nothing came in {TRIES} tries")


@pytest.mark.parametrize("seed", range(1, 5) if LONG else [1])
def test_the_participants_story_on_a_weak_line(
    browser, world, mailbox, seed, record_property, capsys  # noqa: F811
):
    live, course, cohort_id = world
    mailbox.messages.clear()
    teller = Teller(browser, live, course, cohort_id, mailbox, True)
    teller.invite()
    module = course.modules[0]
    own = next(one for one in module.assignments if not one.is_joint)
    teller.accept().context.close()

    with WeakLine(live.port, seed=seed) as line:
        patient = Patient(browser, live, course, cohort_id, mailbox, True)
        patient.url = line.url
        nora = patient.somebody(NORA)
        patient.read(nora)
        patient.hand_in(nora, f"/uppgift/{own.slug}", "Skrivet i bilen vid Vojmsjön.")
        patient.open(nora, f"/uppgift/{own.slug}/versioner/1")
        expect(nora.locator("main")).to_contain_text("Skrivet i bilen vid Vojmsjön.")
        patient.open(nora, f"/uppgift/{own.slug}/versioner")
        expect(nora.locator("main tbody tr")).to_have_count(1)
        lost, whole = line.lost, line.lost + line.passed
    record_property(f"svagt nät, omgång {seed}: tappade / alla", f"{lost} / {whole}")
    with capsys.disabled():
        print(f"\n256 kbit/s: {lost} of {whole} requests lost, everything done once")
    assert lost > whole / 25


def test_what_each_page_weighs(demo, visitor, capsys, record_property):
    """The table of first and repeat views, as Chromium counts what comes over the network."""
    paths = demo.paths["participant"]
    rows, heavy = [], []
    for name, path in paths.items():
        page = visitor.page("participant")
        meter = Meter(page)
        first, requests, _ = meter.visit(path)
        again, _, _ = meter.visit(path)
        page.context.close()
        visitor.contexts.remove(page.context)
        rows.append((name, first, first * 8 / 256_000, again, again * 8 / 256_000, requests))
        if first > FIRST_VIEW or again > REPEAT_VIEW:
            heavy.append(name)
        record_property(f"{name}: första gången / igen (byte)", f"{first} / {again}")
    with capsys.disabled():
        print(f"\n{'page':<14}{'first':>9}{'seconds':>9}{'again':>9}{'seconds':>9}{'requests':>9}")
        for name, first, slow, again, slow_again, requests in rows:
            print(f"{name:<14}{first:>9}{slow:>9.1f}{again:>9}{slow_again:>9.1f}{requests:>9}")
    assert not heavy
