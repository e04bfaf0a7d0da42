"""Keep what was promised and when"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0013_promises'
down_revision = '0012_registered_rounds'
branch_labels = None
depends_on = None

WAITING = sa.text("state IN ('submitted', 'in_review')")
BY_ITSELF = sa.text('moved_by IS NULL')


def upgrade() -> None:
    op.add_column('submission', sa.Column('promised_on', sa.Date(), nullable=True))
    op.add_column(
        'submission', sa.Column('turn', sa.Integer(), nullable=False, server_default='1')
    )
    op.create_index(
        'ix_submission_waiting', 'submission', ['turn', 'promised_on', 'id'],
        sqlite_where=WAITING, postgresql_where=WAITING,
    )
    _promise_what_waits()
    op.create_table(
        'promise_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('from_on', sa.Date(), nullable=False),
        sa.Column('to_on', sa.Date(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('moved_by', sa.Integer(), nullable=True),
        sa.Column('moved_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['moved_by'], ['user.id'], name=op.f('fk_promise_change_moved_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['round_id'], ['submission_round.id'],
            name=op.f('fk_promise_change_round_id_submission_round'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_promise_change')),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_promise_change_round_id', 'promise_change', ['round_id'])
    op.create_index(
        'uq_promise_change_round_id', 'promise_change', ['round_id'], unique=True,
        sqlite_where=BY_ITSELF, postgresql_where=BY_ITSELF,
    )
    freeze('promise_change')


def downgrade() -> None:
    thaw('promise_change')
    op.drop_table('promise_change')
    op.drop_index('ix_submission_waiting', table_name='submission')
    op.drop_column('submission', 'turn')
    op.drop_column('submission', 'promised_on')


def _promise_what_waits() -> None:
    """Ten weekdays are fourteen days. Holidays and the course's breaks are not known here: an
    answer is promised rather a little earlier than was said than later."""
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    day = "date(submitted_at, '+14 days')" if is_sqlite else "CAST(submitted_at AS date) + 14"
    op.execute(
        f"UPDATE submission SET promised_on = {day} WHERE submitted_at IS NOT NULL"  # noqa: S608
    )
    op.execute(
        "UPDATE submission SET turn = 0 WHERE round > 1 AND EXISTS (SELECT 1 FROM review "
        "JOIN submission_round ON submission_round.id = review.round_id "
        "WHERE submission_round.submission_id = submission.id)"
    )
