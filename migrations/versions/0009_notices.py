"""Keep what is to be told, and calendar addresses"""

import sqlalchemy as sa
from alembic import op

revision = '0009_notices'
down_revision = '0008_surveys'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('fact', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('deadline', 'meeting', 'feedback', 'arrived', 'holder', 'withdrawn', 'no_holder', name='noticekind', native_enum=False, length=32), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_notice_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['mail_id'], ['outbox_mail.id'], name=op.f('fk_notice_mail_id_outbox_mail')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_notice_team_id_team')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notice_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('user_id', 'fact', name=op.f('uq_notice_user_id_fact'))
    )
    op.create_index(op.f('ix_notice_cohort_id'), 'notice', ['cohort_id'], unique=False)
    op.create_index(op.f('ix_notice_mail_id'), 'notice', ['mail_id'], unique=False)
    op.create_index('ix_notice_waiting', 'notice', ['cohort_id'], unique=False, sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))
    op.create_table('notice_choice',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('deadlines', sa.Boolean(), nullable=False),
    sa.Column('feedback', sa.Boolean(), nullable=False),
    sa.Column('team', sa.Boolean(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notice_choice_user_id_user')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_notice_choice'))
    )
    op.create_table('calendar_address',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_calendar_address_user_id_user')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_calendar_address')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_address_token_hash'))
    )


def downgrade() -> None:
    op.drop_table('calendar_address')
    op.drop_table('notice_choice')
    op.drop_index('ix_notice_waiting', table_name='notice')
    op.drop_index(op.f('ix_notice_mail_id'), table_name='notice')
    op.drop_index(op.f('ix_notice_cohort_id'), table_name='notice')
    op.drop_table('notice')
