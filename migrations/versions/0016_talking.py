"""Talk about an assignment, ask for time"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0016_talking'
down_revision = '0015_second_reading'
branch_labels = None
depends_on = None

OWNER = '(enrollment_id IS NULL) <> (team_id IS NULL)'
FROZEN = {
    'thread_message': (), 'extension': (), 'draft_reading': (), 'draft_reply': (),
    'time_request': ('thread_id', 'wanted_on', 'line', 'asked_by', 'asked_at'),
}


def owned(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column('cohort_id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=True),
        sa.Column('team_id', sa.Integer(), nullable=True),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.CheckConstraint(OWNER, name=op.f(f'ck_{table}_one_owner')),
        key(table, 'cohort_id', 'cohort'), key(table, 'enrollment_id', 'enrollment'),
        key(table, 'team_id', 'team'),
    ]


def key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}_{other}')
    )


def table(name: str, *parts: sa.Column | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column('id', sa.Integer(), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')),
        sqlite_autoincrement=True,
    )


def upgrade() -> None:
    table(
        'thread', *owned('thread'),
        sa.Column('waiting_since', sa.DateTime(), nullable=True),
        sa.Column('answered_to', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.UniqueConstraint(
            'enrollment_id', 'assignment_id', name=op.f('uq_thread_enrollment_id_assignment_id')
        ),
        sa.UniqueConstraint(
            'team_id', 'assignment_id', name=op.f('uq_thread_team_id_assignment_id')
        ),
    )
    op.create_index(
        'ix_thread_cohort_id_waiting_since', 'thread', ['cohort_id', 'waiting_since']
    )
    table(
        'thread_message',
        sa.Column('thread_id', sa.Integer(), nullable=False),
        sa.Column('author_id', sa.Integer(), nullable=False),
        sa.Column('from_trainer', sa.Boolean(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        key('thread_message', 'thread_id', 'thread'),
        key('thread_message', 'author_id', 'user'),
    )
    op.create_index(op.f('ix_thread_message_thread_id'), 'thread_message', ['thread_id'])
    op.create_index(op.f('ix_thread_message_author_id'), 'thread_message', ['author_id'])
    op.create_table(
        'thread_reader',
        sa.Column('thread_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('read_to', sa.Integer(), nullable=False),
        sa.Column('unsent', sa.JSON(), nullable=False),
        sa.Column('updated_at', sa.DateTime(), nullable=False),
        key('thread_reader', 'thread_id', 'thread'), key('thread_reader', 'user_id', 'user'),
        sa.PrimaryKeyConstraint('thread_id', 'user_id', name=op.f('pk_thread_reader')),
    )
    op.create_index(op.f('ix_thread_reader_user_id'), 'thread_reader', ['user_id'])
    table(
        'time_request',
        sa.Column('thread_id', sa.Integer(), nullable=False),
        sa.Column('wanted_on', sa.Date(), nullable=False),
        sa.Column('line', sa.String(), nullable=False),
        sa.Column('asked_by', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(), nullable=False),
        sa.Column('granted_on', sa.Date(), nullable=True),
        sa.Column('answer', sa.String(), nullable=True),
        sa.Column('answered_by', sa.Integer(), nullable=True),
        sa.Column('answered_at', sa.DateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        key('time_request', 'thread_id', 'thread'), key('time_request', 'asked_by', 'user'),
        key('time_request', 'answered_by', 'user'),
    )
    is_open = sa.text('answered_at IS NULL')
    op.create_index(
        'uq_time_request_open', 'time_request', ['thread_id'], unique=True,
        sqlite_where=is_open, postgresql_where=is_open,
    )
    op.create_index('ix_time_request_thread_id', 'time_request', ['thread_id'])
    table(
        'extension', *owned('extension'),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('before_on', sa.Date(), nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('round', sa.Integer(), nullable=False),
        sa.Column('granted_by', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=True),
        key('extension', 'granted_by', 'user'),
        key('extension', 'request_id', 'time_request'),
        sa.UniqueConstraint('request_id', name=op.f('uq_extension_request_id')),
    )
    op.create_index(op.f('ix_extension_cohort_id'), 'extension', ['cohort_id'])
    for owner in ('enrollment_id', 'team_id'):
        op.create_index(
            f'ix_extension_{owner}_assignment_id', 'extension', [owner, 'assignment_id']
        )
    table(
        'draft_reading',
        sa.Column('thread_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('reference', sa.String(), nullable=False),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.Column('edition_digest', sa.String(), nullable=False),
        sa.Column('content_digest', sa.String(), nullable=False),
        sa.Column('attestation', sa.String(), nullable=False),
        sa.Column('sent_by', sa.Integer(), nullable=False),
        sa.Column('sent_at', sa.DateTime(), nullable=False),
        key('draft_reading', 'thread_id', 'thread'), key('draft_reading', 'sent_by', 'user'),
        sa.UniqueConstraint(
            'thread_id', 'number', name=op.f('uq_draft_reading_thread_id_number')
        ),
        sa.UniqueConstraint('reference', name=op.f('uq_draft_reading_reference')),
    )
    table(
        'draft_reply',
        sa.Column('reading_id', sa.Integer(), nullable=False),
        sa.Column('comments', sa.JSON(), nullable=False),
        sa.Column('overall', sa.String(), nullable=False),
        sa.Column('reader_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        key('draft_reply', 'reading_id', 'draft_reading'),
        key('draft_reply', 'reader_id', 'user'),
        sa.UniqueConstraint('reading_id', name=op.f('uq_draft_reply_reading_id')),
    )
    for name, columns in FROZEN.items():
        freeze(name, columns)


def downgrade() -> None:
    for name in FROZEN:
        thaw(name)
    for name in (
        'draft_reply', 'draft_reading', 'extension', 'time_request', 'thread_reader',
        'thread_message', 'thread',
    ):
        op.drop_table(name)
