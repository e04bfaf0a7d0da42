"""Create the first tables

Long because a migration is one step: all tables of the first version.
"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

# table → frozen columns; none means all of them
FROZEN = {
    'access_event': (),
    'audit_event': (),
    'certificate': ('enrollment_id', 'user_id', 'course_id', 'kind', 'code', 'token', 'fields', 'pdf', 'sha256', 'issued_at', 'issued_by', 'edition_digest'),
    'completion_event': (),
    'edition': (),
    'review': (),
    'submission_round': (),
}


def upgrade() -> None:
    op.create_table('contact_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('reply_to', sa.String(), nullable=False),
    sa.Column('language', sa.Enum('sv', 'en', name='language', native_enum=False, length=32), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_message')),
    sa.UniqueConstraint('key', name=op.f('uq_contact_message_key'))
    )
    op.create_table('job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('dedupe_key', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'done', 'failed', name='jobstate', native_enum=False, length=32), nullable=False),
    sa.Column('run_after', sa.DateTime(), nullable=False),
    sa.Column('leased_until', sa.DateTime(), nullable=True),
    sa.Column('leased_by', sa.String(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_job_dedupe_key'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_state_run_after', ['state', 'run_after'], unique=False)

    op.create_table('login_failure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_key', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_failure'))
    )
    with op.batch_alter_table('login_failure', schema=None) as batch_op:
        batch_op.create_index('ix_login_failure_account_key_at', ['account_key', 'at'], unique=False)
        batch_op.create_index('ix_login_failure_address_at', ['address', 'at'], unique=False)

    op.create_table('organization',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('municipality', 'police', 'county_board', 'other', name='organizationkind', native_enum=False, length=32), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('scb_code', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organization')),
    sa.UniqueConstraint('name', name=op.f('uq_organization_name')),
    sa.UniqueConstraint('scb_code', name=op.f('uq_organization_scb_code'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('language', sa.Enum('sv', 'en', name='language', native_enum=False, length=32), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=True),
    sa.Column('sector', sa.Enum('school', 'social_services', 'care', 'culture', 'safety', 'technical', 'management', 'police', 'county_board', 'other', name='sector', native_enum=False, length=32), nullable=True),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('activated_at', sa.DateTime(), nullable=True),
    sa.Column('disabled_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_user_organization_id_organization')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email', name=op.f('uq_user_email'))
    )
    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_organization_id'), ['organization_id'], unique=False)

    op.create_table('access_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_access_event_actor_id_user')),
    sa.ForeignKeyConstraint(['subject_id'], ['user.id'], name=op.f('fk_access_event_subject_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_event'))
    )
    with op.batch_alter_table('access_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_event_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_access_event_subject_id_at', ['subject_id', 'at'], unique=False)

    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('object_type', sa.String(), nullable=False),
    sa.Column('object_id', sa.Integer(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_audit_event_actor_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_audit_event_object_type_object_id', ['object_type', 'object_id'], unique=False)

    op.create_table('disposal_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.String(), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['user.id'], name=op.f('fk_disposal_item_decided_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal_item')),
    sa.UniqueConstraint('table_name', 'row_id', name=op.f('uq_disposal_item_table_name_row_id'))
    )
    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['published_by'], ['user.id'], name=op.f('fk_edition_published_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('course_id', 'number', name=op.f('uq_edition_course_id_number')),
    sa.UniqueConstraint('digest', name=op.f('uq_edition_digest'))
    )
    op.create_table('idempotency_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('endpoint', sa.String(), nullable=False),
    sa.Column('body_hash', sa.String(), nullable=False),
    sa.Column('location', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_idempotency_key_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_idempotency_key')),
    sa.UniqueConstraint('user_id', 'key', name=op.f('uq_idempotency_key_user_id_key'))
    )
    with op.batch_alter_table('idempotency_key', schema=None) as batch_op:
        batch_op.create_index('ix_idempotency_key_created_at', ['created_at'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('invited_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['invited_by'], ['user.id'], name=op.f('fk_invitation_invited_by_user')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_invitation_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_user_id'), ['user_id'], unique=False)

    op.create_table('login_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_login_session_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_login_session_token_hash'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_session_user_id'), ['user_id'], unique=False)

    op.create_table('outbox_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('template', sa.String(), nullable=False),
    sa.Column('params', sa.JSON(), nullable=False),
    sa.Column('language', sa.Enum('sv', 'en', name='language', native_enum=False, length=32), nullable=False),
    sa.Column('dedupe_key', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sent', 'failed', name='mailstate', native_enum=False, length=32), nullable=False),
    sa.Column('not_before', sa.DateTime(), nullable=False),
    sa.Column('leased_until', sa.DateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_outbox_mail_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_mail')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_outbox_mail_dedupe_key'))
    )
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_mail_state_not_before', ['state', 'not_before'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_mail_user_id'), ['user_id'], unique=False)

    op.create_table('cohort',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.String(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=True),
    sa.Column('requirement_set', sa.JSON(), nullable=False),
    sa.Column('issues_automatically', sa.Boolean(), nullable=False),
    sa.Column('shares_drafts_across_authorities', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_cohort_edition_id_edition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort')),
    sa.UniqueConstraint('name', name=op.f('uq_cohort_name'))
    )
    op.create_table('cohort_deadline',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_deadline_cohort_id_cohort')),
    sa.PrimaryKeyConstraint('cohort_id', 'item_id', name=op.f('pk_cohort_deadline'))
    )
    op.create_table('cohort_meeting',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_meeting_cohort_id_cohort')),
    sa.PrimaryKeyConstraint('cohort_id', 'meeting_id', name=op.f('pk_cohort_meeting'))
    )
    op.create_table('cohort_module',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.String(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_module_cohort_id_cohort')),
    sa.PrimaryKeyConstraint('cohort_id', 'module_id', name=op.f('pk_cohort_module'))
    )
    op.create_table('role_assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('trainer', 'coordinator', 'editor', 'administrator', 'secrecy_officer', name='role', native_enum=False, length=32), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=True),
    sa.Column('organization_id', sa.Integer(), nullable=True),
    sa.Column('granted_at', sa.DateTime(), nullable=False),
    sa.Column('granted_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_role_assignment_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['granted_by'], ['user.id'], name=op.f('fk_role_assignment_granted_by_user')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_role_assignment_organization_id_organization')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_role_assignment_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_assignment'))
    )
    with op.batch_alter_table('role_assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_assignment_cohort_id'), ['cohort_id'], unique=False)
        batch_op.create_index('ix_role_assignment_user_id_role', ['user_id', 'role'], unique=False)

    op.create_table('team',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=True),
    sa.Column('holder_id', sa.Integer(), nullable=True),
    sa.Column('deputy_id', sa.Integer(), nullable=True),
    sa.Column('first_reader_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_team_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['first_reader_id'], ['user.id'], name=op.f('fk_team_first_reader_id_user')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_team_organization_id_organization')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('cohort_id', 'name', name=op.f('uq_team_cohort_id_name'))
    )
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_deputy_id'), ['deputy_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_team_holder_id'), ['holder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_team_organization_id'), ['organization_id'], unique=False)

    op.create_table('enrollment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('sector', sa.Enum('school', 'social_services', 'care', 'culture', 'safety', 'technical', 'management', 'police', 'county_board', 'other', name='sector', native_enum=False, length=32), nullable=False),
    sa.Column('home_team_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('active', 'paused', 'ended', name='enrollmentstate', native_enum=False, length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_enrollment_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['home_team_id'], ['team.id'], name=op.f('fk_enrollment_home_team_id_team')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_enrollment_organization_id_organization')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_enrollment_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrollment')),
    sa.UniqueConstraint('user_id', 'cohort_id', name=op.f('uq_enrollment_user_id_cohort_id'))
    )
    with op.batch_alter_table('enrollment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrollment_cohort_id'), ['cohort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrollment_home_team_id'), ['home_team_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrollment_organization_id'), ['organization_id'], unique=False)

    op.create_table('certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('full', 'partial', name='certificatekind', native_enum=False, length=32), nullable=False),
    sa.Column('state', sa.Enum('valid', 'replaced', 'revoked', 'expired', name='certificatestate', native_enum=False, length=32), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('pdf', sa.LargeBinary(), nullable=True),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('edition_digest', sa.String(), nullable=False),
    sa.Column('issued_at', sa.DateTime(), nullable=False),
    sa.Column('issued_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['user.id'], name=op.f('fk_certificate_changed_by_user')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_certificate_enrollment_id_enrollment')),
    sa.ForeignKeyConstraint(['issued_by'], ['user.id'], name=op.f('fk_certificate_issued_by_user')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['certificate.id'], name=op.f('fk_certificate_replaced_by_id_certificate')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_certificate_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_certificate_code')),
    sa.UniqueConstraint('token', name=op.f('uq_certificate_token'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_enrollment_id'), ['enrollment_id'], unique=False)
        batch_op.create_index('uq_certificate_valid', ['user_id', 'course_id', 'kind'], unique=True, sqlite_where=sa.text("state = 'valid'"), postgresql_where=sa.text("state = 'valid'"))

    op.create_table('completion_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('done', 'undone', 'waived', name='completionkind', native_enum=False, length=32), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('content_digest', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.CheckConstraint('(enrollment_id IS NULL) <> (team_id IS NULL)', name=op.f('ck_completion_event_one_owner')),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_completion_event_actor_id_user')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_completion_event_enrollment_id_enrollment')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_completion_event_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_completion_event'))
    )
    with op.batch_alter_table('completion_event', schema=None) as batch_op:
        batch_op.create_index('ix_completion_event_enrollment_id_item_id', ['enrollment_id', 'item_id'], unique=False)
        batch_op.create_index('ix_completion_event_team_id_item_id', ['team_id', 'item_id'], unique=False)

    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('assignment_id', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('updated_by', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(enrollment_id IS NULL) <> (team_id IS NULL)', name=op.f('ck_draft_one_owner')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_draft_enrollment_id_enrollment')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_draft_team_id_team')),
    sa.ForeignKeyConstraint(['updated_by'], ['user.id'], name=op.f('fk_draft_updated_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('enrollment_id', 'assignment_id', name=op.f('uq_draft_enrollment_id_assignment_id')),
    sa.UniqueConstraint('team_id', 'assignment_id', name=op.f('uq_draft_team_id_assignment_id'))
    )
    op.create_table('module_progress',
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.String(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('required', sa.Integer(), nullable=False),
    sa.Column('completed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_module_progress_enrollment_id_enrollment')),
    sa.PrimaryKeyConstraint('enrollment_id', 'module_id', name=op.f('pk_module_progress'))
    )
    op.create_table('response',
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('right', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_response_enrollment_id_enrollment')),
    sa.PrimaryKeyConstraint('enrollment_id', 'item_id', name=op.f('pk_response'))
    )
    op.create_table('submission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('assignment_id', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'in_review', 'returned', 'approved', 'withdrawn', 'excused', 'on_hold', name='submissionstate', native_enum=False, length=32), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('claimed_by', sa.Integer(), nullable=True),
    sa.Column('claimed_until', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(enrollment_id IS NULL) <> (team_id IS NULL)', name=op.f('ck_submission_one_owner')),
    sa.ForeignKeyConstraint(['claimed_by'], ['user.id'], name=op.f('fk_submission_claimed_by_user')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_submission_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_submission_enrollment_id_enrollment')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_submission_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
    sa.UniqueConstraint('enrollment_id', 'assignment_id', name=op.f('uq_submission_enrollment_id_assignment_id')),
    sa.UniqueConstraint('team_id', 'assignment_id', name=op.f('uq_submission_team_id_assignment_id'))
    )
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.create_index('ix_submission_cohort_id_state_submitted_at', ['cohort_id', 'state', 'submitted_at'], unique=False)

    op.create_table('team_member',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_team_member_enrollment_id_enrollment')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_team_member_team_id_team')),
    sa.PrimaryKeyConstraint('team_id', 'enrollment_id', name=op.f('pk_team_member'))
    )
    with op.batch_alter_table('team_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_member_enrollment_id'), ['enrollment_id'], unique=False)

    op.create_table('completion',
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_completion_enrollment_id_enrollment')),
    sa.ForeignKeyConstraint(['event_id'], ['completion_event.id'], name=op.f('fk_completion_event_id_completion_event')),
    sa.PrimaryKeyConstraint('enrollment_id', 'item_id', name=op.f('pk_completion'))
    )
    op.create_table('submission_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('edition_digest', sa.String(), nullable=False),
    sa.Column('content_digest', sa.String(), nullable=False),
    sa.Column('attestation', sa.String(), nullable=False),
    sa.Column('submitted_by', sa.Integer(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_submission_round_submission_id_submission')),
    sa.ForeignKeyConstraint(['submitted_by'], ['user.id'], name=op.f('fk_submission_round_submitted_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission_round')),
    sa.UniqueConstraint('reference', name=op.f('uq_submission_round_reference')),
    sa.UniqueConstraint('submission_id', 'number', name=op.f('uq_submission_round_submission_id_number'))
    )
    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('approve', 'return', name='outcome', native_enum=False, length=32), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('comments', sa.JSON(), nullable=False),
    sa.Column('overall', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['corrects_id'], ['review.id'], name=op.f('fk_review_corrects_id_review')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['user.id'], name=op.f('fk_review_reviewer_id_user')),
    sa.ForeignKeyConstraint(['round_id'], ['submission_round.id'], name=op.f('fk_review_round_id_submission_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index('uq_review_round_id', ['round_id'], unique=True, sqlite_where=sa.text('corrects_id IS NULL'), postgresql_where=sa.text('corrects_id IS NULL'))

    op.create_table('review_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['reviewer_id'], ['user.id'], name=op.f('fk_review_draft_reviewer_id_user')),
    sa.ForeignKeyConstraint(['round_id'], ['submission_round.id'], name=op.f('fk_review_draft_round_id_submission_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_draft')),
    sa.UniqueConstraint('round_id', 'reviewer_id', name=op.f('uq_review_draft_round_id_reviewer_id'))
    )

    # a team's holder is an enrollment and an enrollment has a team: the circle is closed last
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.create_foreign_key(
            op.f('fk_team_holder_id_enrollment'), 'enrollment', ['holder_id'], ['id'])
        batch_op.create_foreign_key(
            op.f('fk_team_deputy_id_enrollment'), 'enrollment', ['deputy_id'], ['id'])
    for table, columns in FROZEN.items():
        freeze(table, columns)


def downgrade() -> None:
    for table in FROZEN:
        thaw(table)
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('fk_team_holder_id_enrollment'), type_='foreignkey')
        batch_op.drop_constraint(op.f('fk_team_deputy_id_enrollment'), type_='foreignkey')
    op.drop_table('review_draft')
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index('uq_review_round_id', sqlite_where=sa.text('corrects_id IS NULL'), postgresql_where=sa.text('corrects_id IS NULL'))

    op.drop_table('review')
    op.drop_table('submission_round')
    op.drop_table('completion')
    with op.batch_alter_table('team_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_member_enrollment_id'))

    op.drop_table('team_member')
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.drop_index('ix_submission_cohort_id_state_submitted_at')

    op.drop_table('submission')
    op.drop_table('response')
    op.drop_table('module_progress')
    op.drop_table('draft')
    with op.batch_alter_table('completion_event', schema=None) as batch_op:
        batch_op.drop_index('ix_completion_event_team_id_item_id')
        batch_op.drop_index('ix_completion_event_enrollment_id_item_id')

    op.drop_table('completion_event')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_valid', sqlite_where=sa.text("state = 'valid'"), postgresql_where=sa.text("state = 'valid'"))
        batch_op.drop_index(batch_op.f('ix_certificate_enrollment_id'))

    op.drop_table('certificate')
    with op.batch_alter_table('enrollment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrollment_organization_id'))
        batch_op.drop_index(batch_op.f('ix_enrollment_home_team_id'))
        batch_op.drop_index(batch_op.f('ix_enrollment_cohort_id'))

    op.drop_table('enrollment')
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_organization_id'))
        batch_op.drop_index(batch_op.f('ix_team_holder_id'))
        batch_op.drop_index(batch_op.f('ix_team_deputy_id'))

    op.drop_table('team')
    with op.batch_alter_table('role_assignment', schema=None) as batch_op:
        batch_op.drop_index('ix_role_assignment_user_id_role')
        batch_op.drop_index(batch_op.f('ix_role_assignment_cohort_id'))

    op.drop_table('role_assignment')
    op.drop_table('cohort_module')
    op.drop_table('cohort_meeting')
    op.drop_table('cohort_deadline')
    op.drop_table('cohort')
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_mail_user_id'))
        batch_op.drop_index('ix_outbox_mail_state_not_before')

    op.drop_table('outbox_mail')
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_session_user_id'))

    op.drop_table('login_session')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_user_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('idempotency_key', schema=None) as batch_op:
        batch_op.drop_index('ix_idempotency_key_created_at')

    op.drop_table('idempotency_key')
    op.drop_table('edition')
    op.drop_table('disposal_item')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_event_object_type_object_id')
        batch_op.drop_index(batch_op.f('ix_audit_event_actor_id'))

    op.drop_table('audit_event')
    with op.batch_alter_table('access_event', schema=None) as batch_op:
        batch_op.drop_index('ix_access_event_subject_id_at')
        batch_op.drop_index(batch_op.f('ix_access_event_actor_id'))

    op.drop_table('access_event')
    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_organization_id'))

    op.drop_table('user')
    op.drop_table('organization')
    with op.batch_alter_table('login_failure', schema=None) as batch_op:
        batch_op.drop_index('ix_login_failure_address_at')
        batch_op.drop_index('ix_login_failure_account_key_at')

    op.drop_table('login_failure')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_state_run_after')

    op.drop_table('job')
    op.drop_table('contact_message')
