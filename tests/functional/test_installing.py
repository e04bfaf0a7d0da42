"""The set-up: with the code from the log, from nothing to a working Stegvis, once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app import create_app, installing
from app.login import passwords
from courses.models import Cohort, Organization, OwnerSetting, RoleAssignment, User
from courses.vocabulary import Role
from tests.conftest import fresh_database, token_from
from tests.factories import make_user
from tests.mailbox import mailbox_of
from tests.speed import COMPILED

OWNER = {
    "name": "Region Prov", "email": "prov@example.org", "phone": "0950-123 45",
    "data_protection_officer": "dso@example.org",
}
ME = {"name": "Ada Prov", "email": "ada@example.org", "password": "granskog lampa tisdag"}
PLACES = {f"{field}_{row}": "" for field in ("name", "code") for row in range(10)} | {
    "name_0": "Provnäs", "code_0": "2499", "name_1": "Testby",
}
COHORT = {
    "course": "processledarutbildning", "name": "Omgång ett", "shares_drafts": "no",
    "issues": "by_hand", "first_monday": "2027-01-11",
}
ANSWERS = {1: OWNER, 2: ME, 3: PLACES, 4: COHORT, 5: {"skip": "1"}}


@pytest.fixture
def empty(template, tmp_path, data_dir):
    """An app with a folder of its own, on a database without people."""
    from config import Config
    from tests.conftest import SECRET

    with fresh_database(template, tmp_path) as url:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "editions").symlink_to(data_dir / "editions")
        app = create_app(
            Config(database_url=url, secret_key=SECRET, data_dir=tmp_path / "data",
                   base_url="http://localhost", testing=True)
        )
        app.jinja_env.bytecode_cache = COMPILED
        yield app
        app.extensions["database"].engine.dispose()


@pytest.fixture
def code(empty, caplog):
    """The code, as the log prints it."""
    installing.announce(empty)
    return caplog.messages[-1].rsplit("/", 1)[1]


@pytest.fixture
def browser(empty, code):
    """A browser in which the address of the log has been opened."""
    client = empty.test_client()
    assert client.get(f"/installera/{code}").location == "/installera/steg/1"
    return client


@pytest.fixture
def stored(empty):
    with empty.extensions["database"].session(writes=False) as session:
        yield session


def send(client, step, fields):
    return client.post(
        f"/installera/steg/{step}", data=fields | {"csrf_token": token_from(client)}
    )


def answer_all(client):
    for step, fields in ANSWERS.items():
        answer = send(client, step, fields)
        assert (answer.status_code, answer.location) == (303, f"/installera/steg/{step + 1}")


def test_from_an_empty_database_to_a_person_with_a_cohort(empty, browser, stored):
    answer_all(browser)
    check = browser.get("/installera/steg/6").text
    for text in ("Steg 6 av 6", "Region Prov", "Ada Prov", "Provnäs (2499)", "Omgång ett"):
        assert text in check
    assert "granskog" not in check
    assert stored.scalar(select(func.count(User.id))) == 0
    stored.rollback()

    answer = send(browser, 6, {})

    assert answer.status_code == 303
    ada = stored.scalars(select(User)).one()
    assert (ada.name, ada.email) == ("Ada Prov", "ada@example.org")
    assert passwords.verify(ada.password_hash, ME["password"])
    assert set(stored.scalars(select(RoleAssignment.role))) == {
        Role.ADMINISTRATOR, Role.COORDINATOR,
    }
    assert set(stored.scalars(select(Organization.name))) == {"Provnäs", "Testby"}
    assert stored.scalars(select(Cohort.name)).all() == ["Omgång ett"]
    assert stored.scalars(select(OwnerSetting.key)).all() == ["owner"]
    assert browser.get("/konto").status_code == 200
    assert browser.get("/samordna").status_code in (200, 303)
    contact = empty.test_client().get("/kontakt").text
    assert "prov@example.org" in contact
    assert "Länsstyrelsen Västerbotten" not in contact.split("<main", 1)[1].split("<footer")[0]


def test_afterwards_there_is_no_such_page(empty, code, browser):
    answer_all(browser)
    send(browser, 6, {})

    for client in (browser, empty.test_client()):
        assert client.get(f"/installera/{code}").status_code == 404
        assert client.get("/installera/steg/1").status_code == 404
        assert send(client, 1, OWNER).status_code == 404
    assert not (empty.config["STEGVIS"].data_dir / "setup-code").exists()


@pytest.mark.parametrize("wrong", ["fel", "x" * 32, "%C3%A5", "1"])
def test_a_wrong_code_is_no_page(empty, code, wrong):
    client = empty.test_client()

    assert client.get(f"/installera/{wrong}").status_code == 404
    assert client.get("/installera/steg/1").status_code == 404
    assert client.get("/installera").status_code == 404
    assert send(client, 1, OWNER).status_code == 404


def test_where_there_are_people_the_code_opens_nothing(empty, code, browser):
    with empty.extensions["database"].session(writes=True) as session, session.begin():
        make_user(session)

    assert browser.get("/installera/steg/1").status_code == 404
    installing.announce(empty)
    assert not (empty.config["STEGVIS"].data_dir / "setup-code").exists()


def test_the_code_is_the_servers_alone_and_the_same_for_all_its_processes(empty, code, caplog):
    path = empty.config["STEGVIS"].data_dir / "setup-code"
    installing.announce(empty)

    assert path.stat().st_mode & 0o777 == 0o600
    assert caplog.messages[-1].endswith(code)
    assert len(code) >= 22


def test_what_was_typed_is_there_when_one_comes_back(browser):
    answer_all(browser)

    for step, text in ((1, "Region Prov"), (2, "Ada Prov"), (3, "Provnäs"), (4, "2027-01-11")):
        assert f'value="{text}"' in browser.get(f"/installera/steg/{step}").text
    assert "Du har skrivit ett." in browser.get("/installera/steg/2").text
    assert send(browser, 2, ME | {"name": "Ada Ny", "password": ""}).status_code == 303
    assert "Ada Ny" in browser.get("/installera/steg/6").text


def test_answers_lie_sealed_until_they_are_used(browser, stored):
    send(browser, 2, ME)

    (sealed,) = stored.scalars(select(OwnerSetting.value)).all()
    assert "ada" not in sealed.lower() or "example" not in sealed


@pytest.mark.parametrize("step, changed, said", [
    (1, {"name": ""}, "Skriv namnet"),
    (1, {"email": "prov"}, "Skriv en hel e-postadress"),
    (1, {"phone": "ring"}, "Skriv ett telefonnummer med siffror"),
    (2, {"password": ""}, "Skriv ett lösenord"),
    (2, {"password": "kort"}, "minst 12 tecken"),
    (3, {"name_0": "", "name_1": "", "code_0": ""}, "Skriv minst en kommun"),
    (3, {"name_1": "provnäs"}, "Den står redan på en annan rad"),
    (3, {"code_0": "24"}, "Kommunkoden har fyra siffror"),
    (4, {"first_monday": "2027-01-12"}, "Dagen är inte en måndag"),
])
def test_what_is_wrong_is_said_at_once(browser, step, changed, said):
    answer = send(browser, step, ANSWERS[step] | changed)

    assert (answer.status_code, said in answer.text) == (422, True)


def test_nothing_starts_before_what_is_needed_is_answered(browser):
    send(browser, 1, OWNER)

    for answer in (browser.get("/installera/steg/6"), send(browser, 6, {})):
        assert (answer.status_code, answer.location) == (303, "/installera/steg/2")


def test_the_cohort_can_wait(browser, stored):
    for step in (1, 2, 3):
        send(browser, step, ANSWERS[step])
    assert send(browser, 4, {"skip": "1"}).location == "/installera/steg/5"
    send(browser, 6, {})

    assert stored.scalar(select(func.count(Cohort.id))) == 0
    assert stored.scalar(select(func.count(User.id))) == 1


def test_two_who_finish_at_once_make_one_installation(empty, code, browser, stored):
    answer_all(browser)
    other = empty.test_client()
    other.get(f"/installera/{code}")
    clients = [browser, other]
    tokens = [token_from(client) for client in clients]
    barrier = Barrier(2)

    def finish(number):
        barrier.wait()
        fields = {"csrf_token": tokens[number]}
        return clients[number].post("/installera/steg/6", data=fields).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(finish, range(2)))

    assert answers == [303, 404]
    assert stored.scalar(select(func.count(User.id))) == 1
    assert stored.scalar(select(func.count(Organization.id))) == 2


@pytest.fixture
def mailbox(empty):
    with mailbox_of(empty) as box:
        yield box


def test_a_test_mail_is_sent_at_once(browser, mailbox):
    answer = send(browser, 5, {"email": "ada@example.org"})

    assert "Mejlservern tog emot testmejlet." in answer.text
    assert mailbox.messages[0]["Subject"] == "Testmejl från Stegvis"


def test_what_the_mail_server_says_is_told_in_plain_words(browser, mailbox):
    mailbox.refusing = True

    answer = send(browser, 5, {"email": "ada@example.org"})

    assert answer.status_code == 200
    assert "Vi kunde inte skicka testmejlet." in answer.text
    assert "Mejlservern bad oss försöka senare." in answer.text
    assert "451 try again later" in answer.text


def test_without_a_mail_server_one_goes_on(browser):
    page = browser.get("/installera/steg/5").text

    assert "Ingen mejlserver är inställd" in page
    assert send(browser, 5, {"skip": "1"}).location == "/installera/steg/6"


def test_without_the_forms_token_nothing_is_kept(browser, stored):
    assert browser.post("/installera/steg/1", data=OWNER).status_code == 400
    assert stored.scalars(select(OwnerSetting)).all() == []
