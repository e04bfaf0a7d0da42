from courses.models import AuditEvent
from courses.queries.owner_settings import settings
from courses.services.owner_settings import change_setting
from tests.factories import LONG_AGO


def test_what_the_owner_has_not_decided_is_not_there(session):
    assert settings(session) == {}


def test_the_last_decision_stands(session):
    change_setting(session, "roles", ["editor"], by=None, now=LONG_AGO)
    change_setting(session, "roles", ["administrator"], by=None, now=LONG_AGO)

    assert settings(session) == {"roles": ["administrator"]}


def test_the_trail_names_the_key_and_not_the_value(session):
    change_setting(session, "contact", "a telling address", by=None, now=LONG_AGO)
    session.flush()

    assert [e.details for e in session.query(AuditEvent)] == [{"key": "contact"}]
