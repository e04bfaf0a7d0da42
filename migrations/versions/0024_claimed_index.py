"""Find what a trainer has by itself"""

import sqlalchemy as sa
from alembic import op

revision = '0024_claimed_index'
down_revision = '0021_handover'
branch_labels = None
depends_on = None

CLAIMED = sa.text('claimed_until IS NOT NULL')


def upgrade() -> None:
    op.create_index(
        'ix_submission_claimed_until', 'submission', ['claimed_until'],
        sqlite_where=CLAIMED, postgresql_where=CLAIMED,
    )


def downgrade() -> None:
    op.drop_index('ix_submission_claimed_until', table_name='submission')
