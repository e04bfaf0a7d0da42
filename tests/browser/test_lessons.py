"""A lesson is resumed where one was, and left in a hurry without a trace on the screen."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore, pack_files
from courses.models import Edition, Enrollment, LessonPlace, Reflection
from courses.services.progress import record_completion
from tests.browser import looking
from tests.factories import make_cohort, make_enrollment, make_user

PASSWORD = "granar vid sjön i november"
NORA = "nora.norr@stegvis.example"
AWAY = re.compile("smhi")


@pytest.fixture
def lesson(empty):
    course = EditionStore(empty.config.data_dir / "editions").published(
        "processledarutbildning"
    ).course("sv")
    found = next(one for one in course.lessons if one.sensitive and len(one.parts) > 3)
    return f"/modul/{course.module_of(found.id).slug}/{found.slug}", found


@pytest.fixture
def database(empty):
    database = Database(empty.config.database_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def reader(browser, empty, database, lesson):
    """A page of somebody who takes part and has logged in."""
    course = EditionStore(empty.config.data_dir / "editions").published(
        "processledarutbildning"
    ).course("sv")
    with database.session(writes=True) as session, session.begin():
        user = make_user(session, email=NORA, password_hash=passwords.hash_password(PASSWORD))
        make_enrollment(session, make_cohort(session, course), user=user)
    context = browser.new_context(base_url=empty.url, locale="sv-SE")
    context.route(AWAY, lambda route: route.fulfill(body="<title>Väder</title>Sol"))
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto("/logga-in")
    page.fill("[name=email]", NORA)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Logga in").click()
    yield page
    context.close()


def all_of(database, model):
    with database.session(writes=False) as session:
        return session.scalars(select(model)).all()


def test_reading_on_moves_the_place_and_the_first_page_leads_there(reader: Page, database, lesson):
    path, found = lesson
    part = found.parts[2]
    reader.goto(path)
    with reader.expect_response(lambda answer: answer.url.endswith("/plats")) as told:
        reader.locator(f"#{part.anchor}").evaluate("it => scrollTo(0, it.offsetTop)")
    assert told.value.status == 204

    reader.goto("/hem")
    expect(reader.locator(".next")).to_contain_text(f"Du var vid ”{part.title}”.")
    reader.locator(".next .btn").click()
    reader.wait_for_url(f"**{path}#{part.anchor}")
    assert [one.part for one in all_of(database, LessonPlace)] == [part.anchor]


def test_what_has_changed_is_read_with_the_keyboard_alone(
    reader: Page, database, empty, lesson, node_modules
):
    path, found = lesson
    read_before_it_changed(empty, database, found)
    reader.goto(path)
    reader.get_by_role("link", name="Se vad som har ändrats").focus()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/andrat")
    expect(reader.locator("ins").first).to_contain_text("Ny rad:")
    problems = [
        *looking.accessibility(reader, node_modules), *looking.one_primary_button(reader),
        *looking.headings(reader), *looking.language(reader, "sv"),
    ]
    assert not problems, "\n".join(problems)

    reader.get_by_role("button", name="Jag har läst ändringen").focus()
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"**{path}#klar")
    expect(reader.get_by_text("har ändrats sedan")).to_have_count(0)


def read_before_it_changed(site, database, lesson):
    """She did the lesson in an edition from before, which lacked its last paragraph."""
    store = EditionStore(site.config.data_dir / "editions")
    files = store.files(store.current("processledarutbildning"))
    file = lesson.place.file
    words = files[file].decode().rstrip().rsplit("\n\n", 1)
    digest, packed = pack_files(files | {file: f"{words[0]}\n".encode()})
    store.put(packed)
    earlier = store.get(digest).course().items[lesson.id]
    now = datetime(2026, 10, 1, 12, tzinfo=UTC)
    with database.session(writes=True) as session, session.begin():
        session.add(
            Edition(course_id="processledarutbildning", number=0, digest=digest, published_at=now)
        )
        nora = session.scalars(select(Enrollment)).one()
        course = store.published("processledarutbildning").course()
        record_completion(
            session, enrollment=nora, item_id=lesson.id, course=course, actor_id=nora.user_id,
            now=now, wording=earlier.digest,
        )


def test_leaving_a_lesson_covers_it_and_logs_out(reader: Page, database, lesson):
    reader.goto("/hem")
    reader.goto(lesson[0])
    expect(reader.locator("#lamna-info")).to_be_visible()
    reader.locator("#lamna-info button").click()
    reader.reload()
    expect(reader.locator("#lamna-info")).to_be_hidden()

    reader.locator("[data-exit]").click()

    reader.wait_for_url(AWAY)
    wait_until_logged_out(reader)
    reader.go_back()
    reader.wait_for_url("**/logga-in**")
    assert lesson[1].title not in reader.content()


def test_shift_three_times_leaves_also_the_support_page(reader: Page, database):
    reader.goto("/stod")
    reader.keyboard.press("Shift")
    reader.keyboard.press("a")
    reader.keyboard.press("Shift")
    reader.keyboard.press("Shift")
    assert reader.url.endswith("/stod")
    reader.keyboard.press("Shift")

    reader.wait_for_url(AWAY)
    wait_until_logged_out(reader)


def wait_until_logged_out(page: Page) -> None:
    """The page is gone before the answer to that has come."""
    for _ in range(100):
        if "/logga-in" in page.request.get("/hem").url:
            return
        page.wait_for_timeout(100)
    pytest.fail("still logged in")


def test_what_one_writes_for_oneself_is_saved_before_the_page_is_left(reader: Page, database):
    reader.goto("/reflektioner/ny")
    reader.locator("textarea").first.fill("Det jag tänkte på i dag.")
    reader.locator("[data-exit]").click()

    reader.wait_for_url(AWAY)
    assert len(all_of(database, Reflection)) == 1
    wait_until_logged_out(reader)


def test_the_newest_words_go_along_when_others_are_being_saved(reader: Page, database):
    reader.goto("/reflektioner/ny")
    box = reader.locator("textarea").first
    reader.evaluate(  # the answer is late
        """() => {
            const real = window.fetch;
            window.fetch = async (...what) => {
                const answer = await real(...what);
                await new Promise((on) => setTimeout(on, 300));
                return answer;
            };
        }"""
    )
    with reader.expect_request(lambda request: request.method == "POST"):
        box.fill("Det jag tänkte först.")
    box.fill("Det jag tänkte först. Och sedan.")
    reader.locator("[data-exit]").click()

    reader.wait_for_url(AWAY)
    wait_until_logged_out(reader)
    (kept,) = all_of(database, Reflection)
    assert kept.version == 2


def test_a_text_that_takes_long_to_save_keeps_nobody_logged_in(reader: Page, database):
    reader.goto("/reflektioner/ny")
    reader.locator("textarea").first.fill("Det jag tänkte på i dag.")
    reader.evaluate(  # no answer comes while the page is there
        """() => {
            const real = window.fetch;
            window.fetch = (to, ...how) => String(to).includes("/reflektioner/")
                ? new Promise(() => {}) : real(to, ...how);
        }"""
    )
    reader.locator("[data-exit]").click()

    reader.wait_for_url(AWAY)
    wait_until_logged_out(reader)
