"""An editor at the desk, and somebody who takes part."""

import io
import re
import zipfile
from html import unescape

import pytest

from courses.models import User
from courses.vocabulary import Role
from tests.drafting import COURSE, published
from tests.factories import make_cohort, make_enrollment, make_role, make_team, make_user

ROOM = f"/redaktion/{COURSE}"
LESSON = "01-uppstart/lessons/1-varfor.md"


@pytest.fixture
def base(app, editions):
    """The files that are published."""
    return published(editions)


@pytest.fixture
def reader(session, course):
    """Somebody who takes part in a cohort of the course."""
    cohort = make_cohort(session, course)
    return make_enrollment(session, cohort, team=make_team(session, cohort), user=make_user(
        session, name="Nora"
    ))


@pytest.fixture
def editor(session, login, reader):
    """The client of somebody who edits the course."""
    user = make_role(session, Role.EDITOR, user=make_user(session, name="Reine"))
    return login(user)


@pytest.fixture
def another(app, session, login, reader):
    """The client of a second editor."""
    user = make_role(session, Role.EDITOR, user=make_user(session, name="Tyra"))
    return login(user, on=app.test_client())


@pytest.fixture
def participant(app, session, login, reader):
    """The client of somebody who takes part."""
    return login(session.get_one(User, reader.user_id), on=app.test_client())


@pytest.fixture
def write(editor, post):
    """Save a text in a file, on top of what stands there."""

    def save(path, text, *, on=editor, **more):
        page = on.get(f"{ROOM}/fil/{path}")
        return post(f"{ROOM}/fil/{path}", {"text": text, "based_on": hidden(page, "based_on")}
                    | more, on=on)

    return save


def hidden(page, name):
    """The value of a hidden field."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)
    value = re.search(r'value="([^"]*)"', tag[0])
    return unescape(value[1]) if value else ""


def text_of(page):
    """What stands in the text box."""
    found = re.search(r'<textarea[^>]*name="text"[^>]*>\r?\n?(.*?)</textarea>', page.text, re.S)
    return unescape(found[1]).replace("\r\n", "\n")


def packed(files, top=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{top}{name}", content)
    return buffer.getvalue()
