"""Whose personal data are protected is nowhere to be read by others: every role on every route."""

import logging

import pytest
from sqlalchemy import select

from app.mail.writing import write
from courses.models import AuditEvent, OutboxMail
from courses.rules.protection import first_free
from courses.services.protection import protect
from tests.cast import NORA
from tests.conftest import token_from
from tests.factories import LONG_AGO
from tests.functional.test_matrix import FORM, ROUTES, cast, key, rules, things  # noqa: F401

GIVEN_NAME = NORA.split()[0]
ADDRESS = "nora.norr@example.org"
ALIAS = "Deltagare 1 i Norr"


@pytest.fixture
def nora(session, cast):  # noqa: F811
    """The person whom the whole matrix is about, protected after all of it had been written."""
    user = cast.people["nora"]
    user.email = ADDRESS
    cast.mail.recipient, cast.mail.last_error = ADDRESS, f"recipient: 550 <{ADDRESS}> unknown"
    protect(session, user, organization_id=cast.enrollment.organization_id,
            actor_id=cast.people["county coordinator"].id, now=LONG_AGO)
    session.commit()
    return user


def test_nobody_else_reads_the_name_or_the_address(
    app, session, nora, cast, things, login, caplog  # noqa: F811
):
    """One pass over all routes, methods and roles, with what each page says afterwards."""
    caplog.set_level(logging.INFO)
    clients = {
        name: login(user, on=app.test_client())
        for name, user in cast.people.items() if name != "nora"
    } | {"visitor": app.test_client()}
    tokens = {name: token_from(client) for name, client in clients.items()}
    leaks, aliases = [], 0
    for rule, method in rules(app):
        if rule.endpoint == "auth.logout":
            continue
        row = ROUTES[key(rule)]
        path = app.url_map.bind("localhost").build(
            rule.endpoint, {name: things[row.url[name]] for name in rule.arguments},
            method=method,
        )
        for who, client in clients.items():
            data = FORM | {"csrf_token": tokens[who]}
            answer = client.open(path, method=method, data=data)
            text = answer.get_data().decode(errors="replace") + str(answer.headers)
            answer.close()
            if answer.status_code == 303:  # what is said on the page after it
                text += client.get("/stod").text
            if GIVEN_NAME in text or ADDRESS in text:
                leaks.append((method, path, who))
            aliases += ALIAS in text
    assert not leaks, "\n".join(map(str, leaks))
    assert aliases > 20  # the pages do show somebody
    assert GIVEN_NAME not in caplog.text
    assert ADDRESS not in caplog.text
    session.expire_all()
    for mail in session.scalars(select(OutboxMail).where(OutboxMail.id != cast.mail.id)):
        subject = str(write(app, mail, nora.own_name)["Subject"])
        assert GIVEN_NAME not in subject
        assert mail.user_id == nora.id or GIVEN_NAME not in str(mail.params)


def test_oneself_reads_ones_own_name(app, nora, cast, things, login):  # noqa: F811
    browser = login(nora, on=app.test_client())

    assert f"Hej {GIVEN_NAME}" in browser.get("/hem").text
    assert f'value="{NORA}"' in browser.get("/konto").text
    assert NORA in browser.get(f"/intyg/{cast.certificate.id}").text


def edit(cast):  # noqa: F811
    return f"/samordna/deltagare/{cast.enrollment.id}/andra"


def names(session, user):
    session.rollback()  # what others wrote shows
    session.expire_all()
    return user.name, user.own_name


def saved(client, post, cast, **fields):  # noqa: F811
    """Send the person's form as the page has it; return whether the box was ticked."""
    page = client.get(edit(cast)).text
    version = page.split('name="version"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    place = {"organization": cast.enrollment.organization_id, "home_team": cast.team.id}
    rest = {"version": version, "sector": "school", "state": "active", "further_team": ""}
    assert post(edit(cast), place | rest | fields).status_code == 303
    return "checked" in page.split('id="is_protected"')[0].rsplit("<input", 1)[1] + (
        page.split('id="is_protected"')[1].split(">")[0]
    )


def test_the_county_coordinator_protects_and_unprotects(session, cast, client, login, post):  # noqa: F811
    login(cast.people["county coordinator"])
    nora = cast.people["nora"]

    assert not saved(client, post, cast, is_protected="y")
    assert names(session, nora) == (ALIAS, NORA)
    assert saved(client, post, cast)
    assert names(session, nora) == (NORA, NORA)
    trail = session.scalars(select(AuditEvent.action)).all()
    assert {"person:protect", "person:unprotect"} <= set(trail)


@pytest.mark.parametrize("who", ["coordinator of Norr", "trainer", "administrator"])
def test_nobody_else_protects(cast, login, post, who):  # noqa: F811
    login(cast.people[who])

    assert post(edit(cast), {"is_protected": "y"}).status_code in (403, 404)


def test_the_verify_page_of_a_protected_person_leaves_the_name_to_the_paper(nora, cast, client):  # noqa: F811
    page = client.get(f"/verifiera/{cast.certificate.code}")

    assert "Visas inte. Läs det på intyget." in page.text
    assert "Intyget är giltigt" in page.text


def test_aliases_are_numbered():
    taken = {"Deltagare 1 i Norr", "Deltagare 2 i Söder"}

    assert first_free("Norr", taken) == "Deltagare 2 i Norr"
