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
    "behalf_file.added_by",
    "certificate.changed_by", "certificate.issued_by", "certificate.replaced_by_id",
    "cohort.edition_id", "cohort_showing.shown_by", "completion.event_id",
    "completion_event.actor_id", "content_change.edited_by", "contribution.team_id",
    "disposal_item.decided_by", "draft.updated_by", "draft_file.added_by",
    "draft_reading.sent_by", "draft_reply.reader_id", "edition.published_by",
    "extension.granted_by", "handover.made_by", "invitation.invited_by",
    "joint_section.open_by", "joint_section.saved_by", "joint_section.writer_id",
    "lone_reading.recorded_by", "municipal_plan.issued_by", "notice.team_id",
    "plan_chapter.updated_by", "promise_change.moved_by", "publication.edition_id",
    "publication.published_by", "reading.reader_id", "reading.review_id",
    "ready_mark.shown_version_id", "review.corrects_id", "review.reviewer_id",
    "review_draft.reviewer_id", "role_assignment.granted_by",
    "role_assignment.organization_id", "round_file.added_by", "second_reader.named_by",
    "second_reader.reader_id", "secrecy_step.actor_id", "secrecy_stop.pressed_by",
    "secrecy_stop.taken_over_by", "section_comment.resolved_by", "section_source.added_by",
    "shared_contribution.organization_id", "shown_version.organization_id",
    "shown_version.shown_by", "sign_off_waiver.organization_id", "sign_off_waiver.waived_by",
    "submission.claimed_by", "submission_round.submitted_by", "team.first_reader_id",
    "time_request.answered_by", "time_request.asked_by",
}


def test_every_foreign_key_has_an_index_or_a_reason():
    unindexed = set()
    for table in Base.metadata.tables.values():
        leading = {next(iter(index.columns)).name for index in table.indexes}
        leading |= {
            next(iter(constraint.columns)).name
            for constraint in table.constraints
            if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint)
        }
        unindexed |= {
            f"{table.name}.{key.parent.name}"
            for key in table.foreign_keys
            if key.parent.name not in leading
        }
    assert unindexed == UNINDEXED


def test_frozen_tables_are_these():
    assert FROZEN == [
        "access_event", "audit_event", "certificate", "completion_event",
        "contribution_line", "draft_reading", "draft_reply", "edition", "extension",
        "handover", "municipal_plan", "promise_change", "publication", "review",
        "round_file", "round_source", "secrecy_step", "secrecy_undertaking", "shown_version",
        "sign_off", "sign_off_waiver", "submission_round", "thread_message", "time_request",
    ]


@pytest.fixture
def event(session):
    event = AuditEvent(
        at=LONG_AGO, action="test:write", object_type="test", object_id=1, details={}
    )
    session.add(event)
    session.commit()
    return event


def test_a_frozen_row_refuses_a_change(session, event):
    with pytest.raises((DatabaseError, IntegrityError), match="frozen"):
        session.execute(text(f"UPDATE audit_event SET action = 'x' WHERE id = {event.id}"))


def test_a_frozen_row_refuses_to_go(session, event):
    with pytest.raises((DatabaseError, IntegrityError), match="frozen"):
        session.execute(text(f"DELETE FROM audit_event WHERE id = {event.id}"))


def test_a_frozen_table_cannot_be_emptied(session, event):
    if session.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="frozen"):
        session.execute(text("TRUNCATE audit_event"))


def test_a_frozen_row_cannot_be_replaced_on_sqlite(session, event):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    with pytest.raises(DatabaseError, match="frozen"):
        session.execute(
            text(
                "INSERT OR REPLACE INTO audit_event (id, at, action, object_type, details) "
                f"SELECT id, at, 'x', object_type, details FROM audit_event WHERE id = {event.id}"
            )
        )


def test_a_row_that_the_schedule_names_may_go(session, event):
    session.add(
        DisposalItem(
            table_name="audit_event", row_id=event.id, reason="test", decided_at=LONG_AGO
        )
    )
    session.flush()

    session.execute(text(f"DELETE FROM audit_event WHERE id = {event.id}"))

    assert session.scalars(select(AuditEvent.id)).all() == []


def test_an_app_without_its_triggers_does_not_start(config, session):
    from app import create_app

    trigger = "DROP TRIGGER frozen_update_review"
    if session.get_bind().dialect.name != "sqlite":
        trigger += " ON review"
    session.execute(text(trigger))
    session.commit()

    with pytest.raises(RuntimeError, match="review"):
        create_app(config)
