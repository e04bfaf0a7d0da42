"""Links in mails: asked for by whoever, used once, by whoever sees the page that they open."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import func, select

from app import clock
from app.login import account_links, passwords
from app.worker import Worker
from courses.models import AccountLink, AuditEvent, Job, LoginSession, OutboxMail, User
from courses.services.account_links import make_link
from courses.services.sweeping import sweep
from courses.vocabulary import LinkPurpose
from tests.conftest import token_from
from tests.factories import make_user
from tests.mailbox import link_in, mailbox_of

OLD, NEW = "granskog lampa tisdag", "blåbär stege onsdag"
ASKING = ("/glomt-losenord", "/inloggningslank")


@pytest.fixture
def anna(session):
    user = make_user(
        session, email="anna@example.org", password_hash=passwords.hash_password(OLD)
    )
    session.commit()
    return user


@pytest.fixture
def mailbox(app):
    with mailbox_of(app) as box:
        yield box


@pytest.fixture
def mailed(app, mailbox, client):
    """Let the worker do what waits; return the path of the link in the last mail."""

    def go(address="anna@example.org", number=1):
        Worker(app).drain()
        return link_in(mailbox.wait_for(address, number=number, seconds=5)).removeprefix(
            "http://localhost"
        )

    return go


@pytest.fixture
def link(session):
    def made(user, purpose, **kwargs):
        token = make_link(session, user, purpose, now=clock.now(), **kwargs)
        session.commit()
        return token

    return made


def is_logged_in(client):
    return client.get("/borja").location != "/"


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(
    app, client, session, login, anna, post, mailed
):
    elsewhere = login(anna, on=app.test_client())

    answer = post("/glomt-losenord", {"email": " Anna@example.org"})
    assert (answer.status_code, answer.location) == (303, "/lank-skickad")
    path = mailed()
    assert path.startswith("/nytt-losenord/")
    assert "anna@example.org" in client.get(path).text
    answer = post(path, {"password": NEW})

    assert (answer.status_code, answer.location) == (303, "/borja")
    assert is_logged_in(client)
    assert not is_logged_in(elsewhere)
    session.expire_all()
    assert passwords.verify(session.get(User, anna.id).password_hash, NEW)


def test_a_password_that_was_changed_is_told_of_by_mail(app, mailbox, anna, post, mailed):
    post("/glomt-losenord", {"email": anna.email})
    post(mailed(), {"password": NEW})
    Worker(app).drain()

    assert mailbox.messages[-1]["Subject"] == "Ditt kontos säkerhet har ändrats"
    assert anna.name not in "".join(str(one["Subject"]) for one in mailbox.messages)


def test_who_comes_back_logs_in_by_a_link(client, session, anna, post, mailed):
    post("/inloggningslank", {"email": anna.email})
    path = mailed()
    assert "anna@example.org" in client.get(path).text
    answer = post(path)

    assert (answer.status_code, answer.location) == (303, "/borja")
    assert is_logged_in(client)
    trail = session.scalars(select(AuditEvent.action)).all()
    assert "login:link" in trail


@pytest.mark.parametrize("purpose, path", [
    (LinkPurpose.LOGIN, "/inloggningslank/"), (LinkPurpose.RESET, "/nytt-losenord/"),
    (LinkPurpose.NEW_ADDRESS, "/ny-adress/"), (LinkPurpose.OLD_ADDRESS, "/behall-adress/"),
])
class TestEveryLink:
    def test_opening_it_changes_nothing(self, client, session, anna, link, purpose, path,
                                        count_statements):
        token = link(anna, purpose, email="ny@example.org")
        with count_statements() as statements:
            for method in (client.get, client.head, client.get):
                assert method(path + token).status_code == 200

        assert all(one.startswith("SELECT") for one in statements)
        assert session.scalars(select(AccountLink.used_at)).all() == [None]
        assert not is_logged_in(client)

    def test_without_the_pages_own_token_nothing_happens(self, app, session, anna, link, purpose,
                                                         path):
        token = link(anna, purpose, email="ny@example.org")

        answer = app.test_client().post(path + token, data={"password": NEW})

        assert answer.status_code == 400
        assert '<button class="btn">' in answer.text  # to be pressed again
        assert session.scalars(select(AccountLink.used_at)).all() == [None]

    def test_it_works_once(self, app, client, anna, link, post, purpose, path):
        token = link(anna, purpose, email="ny@example.org")
        assert post(path + token, {"password": NEW}).status_code in (200, 303)
        stranger = app.test_client()

        page, again = stranger.get(path + token), post(path + token, {"password": OLD + "x"},
                                                       on=stranger)

        assert (page.status_code, again.status_code) == (410, 409)
        assert "Länken fungerar inte längre" in page.text
        assert not is_logged_in(stranger)

    def test_it_runs_out(self, client, session, anna, link, post, purpose, path):
        token = link(anna, purpose, email="ny@example.org")
        valid = session.scalars(select(AccountLink)).one()
        with time_machine.travel(valid.expires_at, tick=False):
            page, pressed = client.get(path + token), post(path + token, {"password": NEW})

        assert (page.status_code, pressed.status_code) == (410, 409)
        session.expire_all()
        assert session.get(User, anna.id).email == "anna@example.org"
        assert not is_logged_in(client)

    def test_it_does_nothing_else_than_what_it_is_for(self, anna, link, post, purpose, path):
        token = link(anna, purpose, email="ny@example.org")
        for other in ("/inloggningslank/", "/nytt-losenord/", "/ny-adress/", "/behall-adress/"):
            if other != path:
                assert post(other + token, {"password": NEW}).status_code == 409

    def test_who_is_disabled_gets_nowhere(self, session, anna, link, post, purpose, path):
        token = link(anna, purpose, email="ny@example.org")
        anna.disabled_at = clock.now()
        session.commit()

        assert post(path + token, {"password": NEW}).status_code == 409

    def test_of_clicks_at_once_one_works(self, app, session, anna, link, purpose, path):
        token = link(anna, purpose, email="ny@example.org")
        hands = 2
        browsers = [app.test_client() for _ in range(hands)]
        tokens = [token_from(browser) for browser in browsers]
        barrier = Barrier(hands)

        def click(n):
            barrier.wait()
            fields = {"csrf_token": tokens[n], "password": f"{NEW} {n}"}
            return browsers[n].post(path + token, data=fields).status_code

        with ThreadPoolExecutor(hands) as pool:
            answers = sorted(pool.map(click, range(hands)))

        assert answers in ([200, 409], [303, 409])
        assert session.scalar(select(func.count(LoginSession.id))) <= 1


def test_the_second_of_two_clicks_on_a_new_password_is_answered_like_the_first(
    anna, link, post
):
    token = link(anna, LinkPurpose.RESET)

    answers = [post(f"/nytt-losenord/{token}", {"password": NEW}) for _ in range(2)]

    assert [(one.status_code, one.location) for one in answers] == [(303, "/borja")] * 2


@pytest.mark.parametrize("asking", ASKING)
def test_known_and_unknown_addresses_get_the_same_answer(
    app, session, anna, count_statements, asking
):
    found = []
    for address in ("anna@example.org", "inga@example.org"):
        browser = app.test_client()
        token = token_from(browser)
        with count_statements() as statements:
            answer = browser.post(asking, data={"csrf_token": token, "email": address})
        seen = [line for line in answer.headers if line[0] not in ("Set-Cookie", "Date")]
        found.append((answer.status_code, seen, answer.data, statements))

    assert found[0] == found[1]
    sizes = {len(str(sorted(job.payload))) for job in session.scalars(select(Job))}
    assert len(sizes) == 1
    assert session.scalar(select(func.count(OutboxMail.id))) == 0


def test_an_unknown_address_is_not_kept_and_gets_no_mail(app, session, mailbox, post):
    post("/glomt-losenord", {"email": "inga@example.org"})
    Worker(app).drain()

    assert mailbox.messages == []
    assert "inga" not in str([job.payload for job in session.scalars(select(Job))])


@pytest.mark.parametrize("fields", [{"activated_at": None}, {"disabled_at": clock.now()}])
def test_who_has_no_active_account_gets_no_mail(app, session, mailbox, post, fields):
    make_user(session, email="bo@example.org", **fields)
    session.commit()

    assert post("/inloggningslank", {"email": "bo@example.org"}).status_code == 303
    Worker(app).drain()
    assert mailbox.messages == []


def test_a_link_is_mailed_once_though_its_job_runs_twice(app, session, anna, post):
    post("/inloggningslank", {"email": anna.email})
    payload = session.scalars(select(Job.payload)).one()
    session.rollback()
    for _ in range(2):
        account_links.make(app, payload, clock.now())

    assert session.scalar(select(func.count(OutboxMail.id))) == 1
    assert session.scalar(select(func.count(AccountLink.id))) == 1


@pytest.mark.parametrize("address", ["anna@example.org", "inga@example.org"])
def test_a_mailbox_is_not_flooded(anna, post, address):
    answers = [post("/glomt-losenord", {"email": address}) for _ in range(6)]

    assert [one.status_code for one in answers] == [303] * 5 + [429]
    assert "Vänta 60 minuter" in answers[-1].text
    assert post("/logga-in", {"email": anna.email, "password": OLD}).status_code == 303


def test_a_weak_password_is_refused_and_the_link_still_works(anna, link, post):
    path = f"/nytt-losenord/{link(anna, LinkPurpose.RESET)}"

    for typed, said in (("", "Skriv ett lösenord"), ("kort", "minst 12 tecken"),
                        ("anna example org", "hör till utbildningen eller dig")):
        answer = post(path, {"password": typed})
        assert (answer.status_code, said in answer.text) == (422, True)
    assert post(path, {"password": NEW}).status_code == 303


def test_an_empty_address_is_asked_for_again(post):
    for path in ASKING:
        assert post(path, {"email": ""}).status_code == 422


def test_links_begin_with_the_configured_address_whatever_the_request_says(
    app, anna, client, mailed
):
    token = token_from(client)
    client.post("/inloggningslank", data={"csrf_token": token, "email": anna.email},
                headers={"X-Forwarded-Host": "evil.example"})
    assert mailed().startswith("/inloggningslank/")  # after http://localhost
    assert client.post("/inloggningslank", data={"email": anna.email},
                       headers={"Host": "evil.example"}).status_code == 400


def test_links_are_swept_after_a_month_and_who_asked_after_a_day(app, session, anna, post):
    post("/inloggningslank", {"email": anna.email})
    Worker(app).drain()
    for days, links, jobs in ((0, 1, 1), (2, 1, 0), (31, 0, 0)):
        now = clock.now() + timedelta(days=days, minutes=20)
        sweep(session, logins_idle_since=now, logins_older_than=now, now=now)
        session.commit()
        found = [session.scalar(select(func.count(one.id))) for one in (AccountLink, Job)]
        assert found == [links, jobs]
