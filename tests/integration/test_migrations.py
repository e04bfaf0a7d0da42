import pytest
from alembic import command
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, inspect, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.readiness import alembic_config, missing_triggers
from courses.models import AuditEvent, Base, DisposalItem
from tests.factories import LONG_AGO

FROZEN = sorted(
    mapper.local_table.name
    for mapper in Base.registry.mappers
    if mapper.class_.__frozen__ is not None
)


def test_models_are_what_the_migrations_make(database_url):
    command.check(alembic_config(database_url))


def test_down_and_up_again(database_url, app):
    command.downgrade(alembic_config(database_url), "base")
    command.upgrade(alembic_config(database_url), "head")

    assert missing_triggers(app.extensions["database"].engine) == []


def test_every_constraint_has_a_name(app):
    inspector = inspect(app.extensions["database"].engine)
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        for constraint in (
            *inspector.get_unique_constraints(table), *inspector.get_foreign_keys(table)
        ):
            assert constraint["name"], (table, constraint)


# who did it, never searched by; small tables; or covered by the owner's unique constraint
UNINDEXED = {
    "certificate.changed_by", "certificate.issued_by", "certificate.replaced_by_id",
    "completion_event.actor_id",
    "cohort.edition_id", "completion.event_id", "content_change.edited_by",
        "publication", "review", "round_file", "round_source", "submission_round",
