"""Keep comments to use again"""

import sqlalchemy as sa
from alembic import op

revision = '0014_comment_bank'
down_revision = '0013_promises'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'saved_comment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('criterion_id', sa.String(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user.id'], name=op.f('fk_saved_comment_user_id_user')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_comment')),
        sqlite_autoincrement=True,
    )
    op.create_index(
        'ix_saved_comment_user_id_criterion_id', 'saved_comment', ['user_id', 'criterion_id']
    )


def downgrade() -> None:
    op.drop_index('ix_saved_comment_user_id_criterion_id', table_name='saved_comment')
    op.drop_table('saved_comment')
