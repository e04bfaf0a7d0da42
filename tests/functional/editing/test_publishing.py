"""The draft becomes an edition: first what it changes and for whom, then at once for everybody."""

import re

import pytest
from sqlalchemy import func, select

from courses.catalog import unpack
from courses.catalog.files import digest_of
from courses.models import AccessEvent, AuditEvent, Cohort, CompletionEvent, Edition
from courses.queries.publishing import CONCERNED
from courses.vocabulary import Decision, Role
from tests.factories import make_role
from tests.functional.editing.conftest import LESSON, ROOM, hidden

PUBLISH = f"{ROOM}/publicera"
READ = "/modul/uppstart/varfor-vi-gor-det-har"


@pytest.fixture
def changed(write, base):
    """A draft in which the first lesson has another wording."""
    write(LESSON, base[LESSON].decode().replace("Tänk dig ett rum", "Tänk dig en sal"))


@pytest.fixture
def publish(editor, post):
    """Press the button of the check page, having chosen this for the cohort."""

    def press(decision=None, path=PUBLISH, on=editor, **fields):
        page = on.get(path)
        fields = {"digest": hidden(page, "digest"), "seen": hidden(page, "seen")} | fields
        if decision:
            fields[re.search(r'name="(cohort-\d+)"', page.text)[1]] = decision.value
        return post(path, fields, on=on)

    return press


def test_what_changes_and_for_whom_is_shown_before_anything_happens(
    editor, changed, session, reader
):
    page = editor.get(PUBLISH).text

    assert "Publicera upplaga 2?" in page
    assert "Ny lydelse" in page
    assert "L1.1" in page
    assert session.get_one(Cohort, reader.cohort_id).name in page
    assert "Läser upplaga 1." in page
    assert page.count('type="radio"') == 3
    assert 'value="keep" checked' in page
    assert session.scalar(select(func.count(Edition.id))) == 1


def test_another_number_of_a_help_line_is_shown_beside_the_old_one(editor, write, base):
    support = base["support.toml"].decode()
    facts = base["facts.toml"].decode()
    write("support.toml", support.replace('number = "116 111"', 'number = "116 112"'))
    write("facts.toml", facts.replace('claim = "Sedan 2018', 'claim = "Från 2018', 1))

    page = editor.get(PUBLISH).text

    assert re.search(r"Bris[^<]*</span>: 116 111 → <strong>116 112</strong>", page)
    assert "<dt>Fakta</dt><dd>A1</dd>" in page


def test_showing_names_is_logged(editor, changed, session):
    editor.get(PUBLISH)

    assert session.scalar(
        select(func.count(AccessEvent.id)).where(AccessEvent.what == CONCERNED)
    ) == 1


def test_showing_names_is_logged_when_nothing_was_published_too(changed, publish, session):
    answer = publish(seen="0")

    assert answer.status_code == 409
    assert "Inget är publicerat" in answer.text
    session.rollback()
    assert session.scalar(
        select(func.count(AccessEvent.id)).where(AccessEvent.what == CONCERNED)
    ) == 2


def test_participants_read_the_new_edition_at_once_and_the_draft_is_empty(
    editor, changed, publish, participant
):
    assert "Tänk dig ett rum" in participant.get(READ).text

    answer = publish(Decision.KEEP)

    assert answer.location == f"{ROOM}/upplagor"
    assert "Upplaga 2 är publicerad" in editor.get(answer.location).text
    assert "Tänk dig en sal" in participant.get(READ).text
    assert "Ändringar (0)" in editor.get(ROOM).text


def test_a_cohort_can_stay_on_its_edition(editor, changed, publish, participant):
    publish(Decision.NEW_COHORTS)

    assert "Tänk dig ett rum" in participant.get(READ).text
    assert "Tänk dig en sal" in editor.get(f"{ROOM}/las/uppstart/varfor-vi-gor-det-har").text


def test_who_is_asked_again_is_named_and_is_asked(
    editor, changed, publish, participant, post, session
):
    post(f"{READ}/klar", on=participant)
    before = session.scalar(select(func.count(CompletionEvent.id)))

    page = editor.get(PUBLISH).text
    assert "1 person gör om något" in page
    assert "Nora: L1.1" in page
    publish(Decision.ASK_AGAIN)

    session.rollback()
    assert "Markera som klar" in participant.get(READ).text
    assert session.scalar(select(func.count(CompletionEvent.id))) > before


def test_keeping_takes_nothing_from_anybody(changed, publish, participant, post):
    post(f"{READ}/klar", on=participant)

    publish(Decision.KEEP)

    assert "Ångra att lektionen är klar" in participant.get(READ).text


def test_a_draft_with_errors_is_not_published(editor, write, post):
    write(LESSON, "+++\n")

    page = editor.get(PUBLISH)
    answer = post(PUBLISH, {"digest": "", "seen": "1"}, on=editor)

    assert "Utkastet kan inte publiceras än" in page.text
    assert LESSON in page.text
    assert "Publicera upplaga" not in page.text
    assert answer.status_code == 409


def test_a_draft_that_changes_nothing_is_not_published(editor, post):
    assert "Det finns inget att publicera" in editor.get(PUBLISH).text
    assert post(PUBLISH, on=editor).status_code == 409


def test_a_draft_that_changed_meanwhile_is_shown_again(
    editor, another, changed, publish, write, base
):
    page = editor.get(PUBLISH)
    write("01-uppstart/module.md", base["01-uppstart/module.md"].decode() + "\nMer.\n",
          on=another)

    answer = publish(digest=hidden(page, "digest"))

    assert answer.status_code == 409
    assert "Utkastet har ändrats sedan du såg det" in answer.text
    assert "Se 2 ändrade filer" in answer.text
    assert publish(digest=hidden(answer, "digest")).status_code == 303


def test_what_another_editor_published_meanwhile_is_told(
    editor, another, changed, publish, write, base, post
):
    page = editor.get(PUBLISH)
    fields = {"digest": hidden(page, "digest"), "seen": "0"}

    answer = post(PUBLISH, fields, on=editor)

    assert answer.status_code == 409
    assert "publicerades medan du tittade" in answer.text
    assert "Ändringar (1)" in editor.get(ROOM).text


def test_an_id_that_meant_something_else_is_refused(editor, write, base, post):
    path = "01-uppstart/assignments/u1.md"
    write(path, base[path].decode().replace('kind = "individual"', 'kind = "joint"'))

    page = editor.get(PUBLISH)
    answer = post(PUBLISH, {"digest": digest_of(
        base | {path: base[path].replace(b'kind = "individual"', b'kind = "joint"')}
    ), "seen": "1"}, on=editor)

    for one in (page, answer):
        assert "Upplagan kan inte publiceras" in one.text
        assert "Id «U1» var en egen uppgift" in one.text
    assert answer.status_code == 409
    assert "Publicera upplaga 2</button>" not in page.text


def test_one_can_go_back_and_forward_again(editor, changed, publish, participant, session):
    publish(Decision.KEEP)
    page = editor.get(f"{ROOM}/upplagor").text
    assert page.count("Gå tillbaka till den här") == 1

    back = f"{ROOM}/upplagor/1/publicera"
    assert "Gå tillbaka till upplaga 1?" in editor.get(back).text
    assert publish(Decision.KEEP, path=back).status_code == 303
    assert "Tänk dig ett rum" in participant.get(READ).text

    publish(Decision.KEEP, path=f"{ROOM}/upplagor/2/publicera")
    assert "Tänk dig en sal" in participant.get(READ).text
    assert session.scalar(select(func.count(Edition.id))) == 2
    assert session.scalar(
        select(func.count(AuditEvent.id)).where(AuditEvent.action == "edition:publish")
    ) == 3


def test_an_edition_goes_home_as_the_folder_that_it_is(editor, base):
    answer = editor.get(f"{ROOM}/upplagor/1.zip")

    assert unpack(answer.data) == base
    assert "processledarutbildning-upplaga-1.zip" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["upplagor/99.zip", "upplagor/99/publicera"])
def test_an_edition_that_never_was_is_not_found(editor, path):
    assert editor.get(f"{ROOM}/{path}").status_code == 404


def test_a_coordinator_sees_the_history_and_publishes_nothing(app, session, login, post):
    client = login(make_role(session, Role.COORDINATOR), on=app.test_client())

    assert "Upplaga 1" in client.get(f"{ROOM}/upplagor").text
    assert client.get(PUBLISH).status_code == 403
    assert post(f"{ROOM}/upplagor/1/publicera", on=client).status_code == 403


def test_what_was_published_anew_beneath_a_change_is_told(
    editor, changed, publish, write, base
):
    publish(Decision.KEEP)
    write(LESSON, base[LESSON].decode().replace("Tänk dig ett rum", "Tänk dig en aula"))
    publish(Decision.KEEP, path=f"{ROOM}/upplagor/1/publicera")

    assert "Publicerad i ny lydelse" in editor.get(f"{ROOM}/andringar").text
    assert "har publicerats i ny lydelse" in editor.get(f"{ROOM}/fil/{LESSON}").text
