"""*Mina reflektioner*: written, copied, taken away and deleted; never seen by others."""

import html
import re

import pytest
from sqlalchemy import select, text

from app.pages.reflecting import Sealing, all_of
from courses.models import Draft, IdempotencyKey, Reflection
from tests.conftest import token_from
from tests.factories import make_cohort, make_enrollment, make_user, user_of
from tests.reflecting import make_reflection

TEXT = "Jag tvekade innan jag sade något i fikarummet."


@pytest.fixture
def writer(session, course, login):
    enrollment = make_enrollment(session, make_cohort(session, course))
    session.commit()
    login(user_of(session, enrollment))
    return enrollment


def keep(app, session, user, text, **fields):
    row = make_reflection(app, session, user, text, **fields)
    session.commit()
    return row


@pytest.fixture
def written(app, session, writer):
    return keep(app, session, user_of(session, writer), TEXT)


def form_of(page):
    """Where the writing form goes, and its hidden fields."""
    action = re.search(r'<form method="post" action="(/reflektioner/[^"]+)"', page).group(1)
    form = page.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*hidden[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag).group(1)
        found[name] = html.unescape(re.search(r'value="([^"]*)"', tag).group(1))
    return action, found


def new_form(client):
    page = client.get("/reflektioner/ny")
    return form_of(page.get_data(as_text=True))


def said(app, session, enrollment):
    session.rollback()
    session.expire_all()
    with app.app_context():
        return [one.words.text for one in all_of(session, enrollment.user_id)]


def test_a_first_reflection_is_written_and_found_again(app, client, session, writer, course):
    module = course.modules[1]
    empty = client.get("/reflektioner").get_data(as_text=True)
    assert "Du har inte skrivit något än. Två–tre meningar" in empty

    page = client.get(
        f"/reflektioner/ny?modul={module.slug}&fraga=2"
    ).get_data(as_text=True)
    assert html.escape(module.reflections[1], quote=False) in html.unescape(page)
    action, fields = form_of(page)
    answer = client.post(action, data=fields | {"text": TEXT, "module": module.id})

    assert answer.status_code == 303
    assert answer.location == action
    assert TEXT in client.get(action).get_data(as_text=True)
    index = client.get("/reflektioner").get_data(as_text=True)
    assert TEXT in index
    assert f"Modul 2: {module.title}" in html.unescape(index)
    assert said(app, session, writer) == [TEXT]
    with app.app_context():
        row = session.scalars(select(Reflection)).one()
        assert Sealing().unseal(row).prompt == module.reflections[1]


def test_two_clicks_are_one_reflection_and_leave_no_row_behind(app, client, session, writer):
    action, fields = new_form(client)
    for _ in range(2):
        assert client.post(action, data=fields | {"text": TEXT}).status_code == 303

    assert said(app, session, writer) == [TEXT]
    assert session.scalars(select(IdempotencyKey)).all() == []


def test_an_empty_one_is_refused_and_a_long_one_is_kept_on_the_page(client, session, writer):
    action, fields = new_form(client)

    empty = client.post(action, data=fields | {"text": " \n"})
    assert empty.status_code == 422
    assert "Skriv några ord innan du sparar" in empty.get_data(as_text=True)

    long = client.post(action, data=fields | {"text": "mycket " * 3_000})
    assert long.status_code == 422
    assert "mycket mycket mycket" in long.get_data(as_text=True)
    assert session.scalars(select(Reflection)).all() == []


def test_another_window_was_first_and_no_text_is_lost(app, client, session, writer, written):
    action, old = form_of(client.get(f"/reflektioner/{written.id}").get_data(as_text=True))
    client.post(action, data=old | {"text": "Från det andra fönstret."})

    page = client.post(action, data=old | {"text": "Från det här fönstret."})

    assert page.status_code == 409
    shown = page.get_data(as_text=True)
    assert "Från det andra fönstret." in shown
    assert "Från det här fönstret." in shown
    _, fields = form_of(shown)
    both = client.post(action, data=fields | {"text": "Från det här fönstret.", "keep": "both"})
    assert both.status_code == 303
    assert said(app, session, writer) == ["Från det andra fönstret.\n\nFrån det här fönstret."]


def test_what_was_deleted_in_another_window_is_not_brought_back_unasked(
    app, client, session, writer, written
):
    action, fields = form_of(client.get(f"/reflektioner/{written.id}").get_data(as_text=True))
    client.post(f"{action}/ta-bort", data={"csrf_token": token_from(client), "sure": "yes"})

    page = client.post(action, data=fields | {"text": "Det här hade jag hunnit skriva."})

    assert page.status_code == 409
    assert "Det här hade jag hunnit skriva." in page.get_data(as_text=True)
    assert said(app, session, writer) == []
    new, fields = form_of(page.get_data(as_text=True))
    assert new != action
    client.post(new, data=fields | {"text": "Det här hade jag hunnit skriva."})
    assert said(app, session, writer) == ["Det här hade jag hunnit skriva."]


def test_deleting_asks_first_and_then_leaves_nothing(client, session, writer, written):
    where = f"/reflektioner/{written.id}/ta-bort"
    token = {"csrf_token": token_from(client)}
    assert "papperskorg" in client.get(where).get_data(as_text=True)
    assert client.post(where, data=token).status_code == 422
    for _ in range(2):
        assert client.post(where, data=token | {"sure": "yes"}).status_code == 303

    session.rollback()
    assert session.scalars(select(Reflection)).all() == []
    assert client.get(f"/reflektioner/{written.id}").status_code == 404


def test_all_of_them_can_be_taken_home(app, client, session, writer, written):
    keep(
        app, session, user_of(session, writer), "En andra tanke.", prompt="Vad bar?",
        module_id="M2",
    )

    answer = client.get("/reflektioner/hamta")

    taken = answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="reflektioner.txt"'
    assert answer.mimetype == "text/plain"
    for words in (TEXT, "En andra tanke.", "Vad bar?", "Modul 1: Uppstart", "Modul 2: "):
        assert words in taken


def test_a_copy_comes_after_what_stands_in_the_draft(
    app, client, session, writer, written, course
):
    module = course.modules[0]
    assignment = next(a for a in module.assignments if not a.is_joint)
    section = next(s for s in assignment.sections if s.kind == "text")
    session.add(
        Draft(
            enrollment_id=writer.id, assignment_id=assignment.id,
            answers={section.id: "Det stod redan."}, updated_at=writer.created_at,
            updated_by=writer.user_id,
        )
    )
    session.commit()
    where = f"/reflektioner/{written.id}/anvand"
    page = client.get(where).get_data(as_text=True)
    assert section.label in html.unescape(page)
    assert not any(a.title in html.unescape(page) for a in course.assignments if a.is_joint)
    form = {
        "csrf_token": token_from(client), "idem": "en-gang",
        "target": f"{assignment.slug}/{section.id}",
    }

    for _ in range(2):
        answer = client.post(where, data=form)
        assert answer.status_code == 303
        assert answer.location == f"/uppgift/{assignment.slug}/skriv#a-{section.id}"

    session.rollback()
    session.expire_all()
    draft = session.scalars(select(Draft)).one()
    assert draft.answers == {section.id: f"Det stod redan.\n\n{TEXT}"}
    assert said(app, session, writer) == [TEXT]
    assert client.post(where, data=form | {"target": "x/y", "idem": "b"}).status_code == 422


def test_what_was_written_when_the_login_ran_out_is_saved(app, client, session, writer):
    from app.login import passwords

    user = user_of(session, writer)
    user.password_hash = passwords.hash_password("ett riktigt långt lösenord")
    session.commit()
    action, fields = new_form(client)
    client.delete_cookie("stegvis-login")

    page = client.post(action, data=fields | {"text": TEXT}).get_data(as_text=True)

    assert TEXT in page
    form = page.split('action="/logga-in"', 1)[1]
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    kept = {name: html.unescape(value) for name, value in kept.items()}
    answer = client.post(
        "/logga-in",
        data=kept | {"keep.text": TEXT, "email": user.email,
                     "password": "ett riktigt långt lösenord"},
    )
    assert answer.status_code == 303
    assert answer.location == action
    assert said(app, session, writer) == [TEXT]


def test_nobody_else_has_a_path_to_it(app, client, session, writer, written, login):
    stranger = login(make_user(session), on=app.test_client())
    for path in ("", "/ta-bort", "/anvand"):
        where = f"/reflektioner/{written.id}{path}"
        assert stranger.get(where).status_code == 404
        form = {"csrf_token": token_from(stranger), "text": "Stulen", "v": "1", "sure": "yes"}
        assert stranger.post(where, data=form).status_code == 404
        assert app.test_client().get(where).status_code == 303
        assert client.post(where, data={"text": "utan nyckel"}).status_code == 400
    assert said(app, session, writer) == [TEXT]


def test_a_row_put_in_another_ones_place_cannot_be_read(app, client, session, writer, written):
    other = keep(app, session, make_user(session), "Någon annans tanke.")
    session.execute(
        text("UPDATE reflection SET stored = :stored WHERE id = :id"),
        {"stored": other.stored, "id": written.id},
    )
    session.commit()

    page = client.get(f"/reflektioner/{written.id}").get_data(as_text=True)

    assert "Går inte att läsa" in page
    assert "Någon annans tanke" not in page
    assert client.get("/reflektioner").status_code == 200
    assert "Någon annans tanke" not in client.get("/reflektioner/hamta").get_data(as_text=True)


def test_the_list_takes_the_same_few_statements(app, client, session, writer, count_statements):
    for number in range(12):
        keep(app, session, user_of(session, writer), f"Tanke {number}")
    with count_statements() as statements:
        assert client.get("/reflektioner").status_code == 200
    assert len(statements) <= 4


def test_the_page_saves_by_itself_and_leaves_no_trace_either(app, client, session, writer):
    action, fields = form_of(client.get("/reflektioner/ny").get_data(as_text=True))

    def save(text, **more):
        return client.post(
            action, data=fields | {"text": text} | more, headers={"Accept": "application/json"}
        )

    assert save(TEXT).json["v"] == 1
    assert save(TEXT).json["v"] == 1  # the answer was lost: sent once more
    assert save(TEXT + " Sedan gick det.", v="1").json["v"] == 2
    assert said(app, session, writer) == [TEXT + " Sedan gick det."]
    assert save("Något annat", v="1").json == {"state": "conflict"}
    assert save("").status_code == 422
    assert session.scalars(select(IdempotencyKey)).all() == []
