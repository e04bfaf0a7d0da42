"""People who write in browsers of their own, in one running Stegvis for a whole file of tests."""

from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import pytest
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import BrowserContext, Locator, Page
from sqlalchemy import select, update

from app import clock
from app.db import Database
from app.http import devices
from app.login import passwords
from courses.catalog import EditionStore
from courses.models import Draft, LoginSession
from tests.factories import make_cohort, make_enrollment, make_user
from tests.live import SECRET, running

PASSWORD = "granar vid sjön i november"
HASHED = passwords.hash_password(PASSWORD)
PATH = "/uppgift/mitt-uppdrag/skriv"
numbers = count(1)


class Place:
    """A running Stegvis with one cohort, in which people get accounts as they come."""

    def __init__(self, live, browser) -> None:
        self.live, self.browser = live, browser
        self.database = Database(live.config.database_url)
        self.course = EditionStore(live.config.data_dir / "editions").published(
            "processledarutbildning"
        ).course("sv")
        with self.writes() as session:
            self.cohort = make_cohort(session, self.course)

    @contextmanager
    def writes(self):
        with self.database.session(writes=True) as session, session.begin():
            yield session

    def person(self) -> "Person":
        """Return somebody new who takes part."""
        email = f"skribent{next(numbers)}@stegvis.example"
        with self.writes() as session:
            user = make_user(session, email=email, password_hash=HASHED)
            enrollment = make_enrollment(session, self.cohort, user=user)
            return Person(self, email, user.id, enrollment.id)


class Person:
    """A participant, what they have saved, and their browsers."""

    def __init__(self, place: Place, email: str, user_id: int, enrollment_id: int) -> None:
        self.place, self.email, self.id, self.enrollment_id = place, email, user_id, enrollment_id

    def log_in(self, page: Page) -> None:
        page.goto("/logga-in")
        page.fill("[name=email]", self.email)
        page.fill("[name=password]", PASSWORD)
        page.locator("main").get_by_role("button", name="Logga in").click()
        page.wait_for_url(lambda url: "/logga-in" not in url)

    def own_device(self, context: BrowserContext) -> None:
        """Say on the person's account that this browser is their own."""
        signed = URLSafeTimedSerializer(SECRET, salt="own-device").dumps(self.id)
        context.add_cookies(
            [{"name": devices.COOKIE, "value": signed, "url": self.place.live.url}]
        )

    def saved(self) -> dict:
        """Return what the server holds."""
        with self.place.writes() as session:
            found = session.scalar(
                select(Draft.answers).where(Draft.enrollment_id == self.enrollment_id)
            )
            return found or {}

    def login_runs_out(self) -> None:
        long_ago = clock.now() - timedelta(hours=2)
        with self.place.writes() as session:
            session.execute(
                update(LoginSession).where(LoginSession.user_id == self.id)
                .values(last_seen_at=long_ago)
            )


@pytest.fixture(scope="session")
def place(browser, tmp_path_factory):
    with running(tmp_path_factory.mktemp("writing")) as live:
        live.start()
        place = Place(live, browser)
        yield place
        place.database.engine.dispose()


@pytest.fixture
def nora(place) -> Person:
    return place.person()


@pytest.fixture
def contexts(place):
    """Makes browser profiles, closed at the end."""
    made = []

    def make(**look) -> BrowserContext:
        context = place.browser.new_context(
            base_url=place.live.url, locale="sv-SE", timezone_id="Europe/Stockholm", **look
        )
        context.set_default_timeout(20_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def own(contexts, nora) -> BrowserContext:
    """Nora's own phone, logged in."""
    context = contexts(viewport={"width": 360, "height": 740})
    page = context.new_page()
    nora.log_in(page)
    nora.own_device(context)
    page.close()
    return context


def writing(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(PATH)
    return page


def box(page: Page) -> Locator:
    return page.locator("#a-tid")


def write(page: Page, text: str) -> None:
    box(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def left_in(page: Page) -> list:
    """Return what any store of the browser holds."""
    return page.evaluate(
        """async () => {
            const found = Object.entries({...localStorage, ...sessionStorage});
            for (const { name } of await indexedDB.databases()) {
                const db = await new Promise((done) => {
                    indexedDB.open(name).onsuccess = (event) => done(event.target.result);
                });
                for (const store of db.objectStoreNames) {
                    const all = db.transaction(store).objectStore(store).getAll();
                    found.push(...await new Promise((done) => {
                        all.onsuccess = () => done(all.result);
                    }));
                }
                db.close();
            }
            return found;
        }"""
    )


def line(page: Page) -> Locator:
    return page.locator("#sparat p").first
