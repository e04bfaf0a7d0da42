"""A form posted when the login had run out: nothing written is lost, nothing is sent."""

import html
import re
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from flask import Blueprint, render_template_string

from app import db
from app.guard import guarded
from app.http import rescue
from app.login import passwords
from courses.errors import NotFound, Reason, Refused
from courses.models import User
from courses.permissions import Permission, Scope
from tests.conftest import token_from
from tests.factories import make_user

PAGE = """{% from "macros/forms.html" import keys, author with context %}
<form>{{ keys() }}{{ author({"answer-1": "Vad ni vill pröva"}) }}</form>"""


@dataclass(frozen=True)
class Note:
    READ: ClassVar[Permission] = Permission.HOME_READ
    scope: Scope = field(default_factory=Scope)


def load(_session, _identity, note_id):
    if note_id == 404:
        raise NotFound
    return Note()


def blueprint():
    bp = Blueprint("notes", __name__)

    @bp.get("/prov/<int:note_id>")
    @guarded(Permission.HOME_READ, load=load)
    def write(_note):
        return render_template_string(PAGE)

    @bp.post("/prov/<int:note_id>")
    @guarded(Permission.HOME_READ, load=load)
    def save(_note):
        return "saved"

    @bp.post("/prov/<int:note_id>/beslut")
    @guarded(Permission.ADMIN_READ, load=load)
    def decide(_note):
        return "decided"

    return bp


@pytest.fixture
def drafts(app, monkeypatch):
    """A page to write on, whose drafts end up in the writer's name."""
    app.register_blueprint(blueprint())
    found = []

    def save_draft(identity, url, fields):
        if fields.get("answer-1") == "vägra":
            raise Refused(Reason.COHORT_HAS_ENDED)
        db.session().get_one(User, identity.user_id).name = "Sparad"
        if fields.get("answer-1") == "krascha":
            raise RuntimeError
        found.append((identity.user_id, url["note_id"], fields.to_dict(flat=False)))
        return f"/prov/{url['note_id']}#svar"

    monkeypatch.setitem(rescue.RESCUERS, "notes.save", save_draft)
    monkeypatch.setitem(rescue.RESCUERS, "notes.decide", save_draft)
    return found


@pytest.fixture
def anna(session):
    return _person(session, "anna@example.org")


def _person(session, email):
    user = make_user(session, email=email, password_hash=passwords.hash_password("hemligt"))
    session.commit()
    return user


def open_page(client, login, user, path="/prov/7"):
    """Open the writing page, then lose the login; return the form's hidden fields."""
    login(user)
    fields = hidden(client.get(path.removesuffix("/beslut")).text)
    client.delete_cookie("stegvis-login")
    return fields


def hidden(page):
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    texts = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.S)
    return {name: html.unescape(value) for name, value in pairs + texts}


def log_in(client, page, email="anna@example.org", typed="hemligt"):
    fields = hidden(page.text) | {"email": email, "password": typed}
    return client.post("/logga-in", data=fields)


def test_a_text_posted_after_the_login_ran_out_is_shown_and_then_saved(
    client, session, login, anna, drafts
):
    text = "\nVi börjar med  personalrummet.\n\n<b>Åsa</b> & \"fler\"\n"
    form = open_page(client, login, anna)

    shown = client.post("/prov/7", data=form | {"answer-1": text, "v": "3", "choice": "b"})

    assert shown.status_code == 400
    assert "Din text finns kvar här" in shown.text
    assert ">Vad ni vill pröva</label>" in shown.text
    assert html.escape(text.strip().split("\n")[0]) in shown.text
    assert drafts == []

    answer = log_in(client, shown)

    assert (answer.status_code, answer.location) == (303, "/prov/7#svar")
    assert drafts == [(anna.id, 7, {"answer-1": [text], "v": ["3"], "choice": ["b"]})]
    assert "sparad som utkast" in client.get("/borja").text


def test_a_stale_csrf_token_is_rescued_alike(client, login, anna, drafts):
    form = open_page(client, login, anna) | {"csrf_token": "old"}
    login(anna)

    shown = client.post("/prov/7", data=form | {"answer-1": "En längre text."})

    assert shown.status_code == 400
    assert log_in(client, shown).location == "/prov/7#svar"
    assert len(drafts) == 1


def test_another_persons_login_gets_nothing(client, session, login, anna, drafts):
    _person(session, "bo@example.org")
    form = open_page(client, login, anna)
    shown = client.post("/prov/7", data=form | {"answer-1": "Annas egen text."})

    answer = log_in(client, shown, "bo@example.org")

    assert answer.location == "/borja"
    assert drafts == []
    after = client.get("/borja").text
    assert "skriven av någon annan" in after
    assert "Annas egen text" not in after


def test_wrong_password_keeps_the_text(client, login, anna, drafts):
    form = open_page(client, login, anna)
    shown = client.post("/prov/7", data=form | {"answer-1": "Min egen text."})

    again = log_in(client, shown, typed="fel")

    assert again.status_code == 422
    assert "Min egen text." in again.text
    assert log_in(client, again).location == "/prov/7#svar"


def test_a_login_form_whose_token_is_stale_keeps_the_text(client, login, anna, drafts):
    form = open_page(client, login, anna)
    shown = client.post("/prov/7", data=form | {"answer-1": "Min egen text."})
    client.delete_cookie("stegvis")

    again = log_in(client, shown)

    assert again.status_code == 400
    assert "Min egen text." in again.text
    assert log_in(client, again).location == "/prov/7#svar"


@pytest.mark.parametrize("author", ["", "forged", "MQ.aaaa.bbbb"])
def test_a_form_from_elsewhere_saves_nothing(client, login, anna, drafts, author):
    form = open_page(client, login, anna) | {"author": author}
    shown = client.post("/prov/7", data=form | {"answer-1": "Planterad text här."})

    if not author:
        assert "Kopiera den innan du loggar in igen" in shown.text
    log_in(client, shown)

    assert drafts == []


@pytest.mark.parametrize("path", ["/prov/7/beslut", "/prov/404", "/finns-inte", "/logga-ut"])
def test_what_may_not_be_saved_is_shown_to_be_copied(client, login, anna, drafts, path):
    form = open_page(client, login, anna)
    shown = client.post("/prov/7", data=form | {"answer-1": "Min egen text."})
    page = log_in(client, _Page(shown.text.replace('value="/prov/7"', f'value="{path}"')))

    assert page.status_code == 200
    assert "Min egen text." in page.text
    assert drafts == []
    assert client.get("/borja").status_code == 200  # logged in all the same


@pytest.mark.parametrize("text", ["vägra", "krascha"])
def test_a_draft_that_is_refused_leaves_nothing_and_loses_nothing(
    client, session, login, anna, drafts, text
):
    form = open_page(client, login, anna)
    shown = client.post("/prov/7", data=form | {"answer-1": text})

    page = log_in(client, shown)

    assert page.status_code == 200
    assert text in page.text
    session.expire_all()
    assert session.get(User, anna.id).name != "Sparad"
    assert client.get("/borja").status_code == 200


def test_half_a_megabyte_is_kept(client, login, anna, drafts):
    text = "Så här gör vi i åk 7. " * 22_000
    form = open_page(client, login, anna)

    shown = client.post("/prov/7", data=form | {"answer-1": text})

    assert log_in(client, shown).status_code == 303
    assert drafts[0][2]["answer-1"] == [text]


def test_passwords_are_never_carried(client, login, anna, drafts):
    form = open_page(client, login, anna)

    shown = client.post("/prov/7", data=form | {"new_password": "min hemliga fras här"})

    assert "min hemliga fras" not in shown.text


def test_the_rescue_page_asks_the_database_nothing(client, count_statements, drafts):
    token = token_from(client)
    with count_statements() as statements:
        client.post("/prov/7", data={"csrf_token": token, "answer-1": "En text som är lång."})

    assert statements == []


def test_a_form_without_text_leads_back_to_its_page(client, login, anna, drafts):
    token_from(client)
    shown = client.post("/prov/7", data={"answer": "x"})

    assert "Du behöver logga in igen" in shown.text
    assert log_in(client, shown).location == "/prov/7"


@dataclass
class _Page:
    text: str
