import pytest
from sqlalchemy import func, select, text

from app import db
from app.guard import public
from courses.models import Organization
from courses.vocabulary import OrganizationKind


@pytest.fixture
def writing(app):
    """Views that write an organization and then end in different ways."""

    def add():
        db.session().add(Organization(kind=OrganizationKind.OTHER, name="Ny"))

    @public
    def returns(status):
        add()
        return "", status

    @public
    def crashes():
        add()
        db.session().flush()
        raise ZeroDivisionError

    app.config["WTF_CSRF_ENABLED"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/test/<int:status>", "test.returns", returns, methods=["POST"])
    app.add_url_rule("/test/krasch", "test.crashes", crashes, methods=["POST"])
    return app.test_client()


@pytest.mark.parametrize("status,kept", [(200, 1), (303, 1), (409, 0), (422, 0), (500, 0)])
def test_only_success_is_committed(writing, session, status, kept):
    writing.post(f"/test/{status}")

    assert session.scalar(select(func.count(Organization.id))) == kept


def test_a_crash_is_rolled_back_and_its_page_has_a_code(writing, session):
    answer = writing.post("/test/krasch")

    assert answer.status_code == 500
    assert "Felkod" in answer.text
    assert session.scalar(select(func.count(Organization.id))) == 0


def test_a_failed_commit_is_no_success(app, writing, session, monkeypatch):
    session.add(Organization(kind=OrganizationKind.OTHER, name="Ny"))
    session.commit()  # the name is unique: the view's commit will fail

    assert writing.post("/test/200").status_code == 500


def test_sqlite_connections_are_durable(app):
    engine = app.extensions["database"].engine
    if engine.dialect.name != "sqlite":
        pytest.skip("SQLite's settings")
    with engine.connect() as connection:
        for name, value in db.PRAGMAS.items():
            assert connection.execute(text(f"PRAGMA {name}")).scalar() == value


def test_postgresql_answers_without_compiling_the_question(app):
    engine = app.extensions["database"].engine
    if engine.dialect.name == "sqlite":
        pytest.skip("PostgreSQL's setting")
    with engine.connect() as connection:
        assert connection.execute(text("SHOW jit")).scalar() == "off"
