"""Keep what people ask of their data"""

import sqlalchemy as sa
from alembic import op

revision = '0011_my_data'
down_revision = '0010_lesson_places'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'data_copy',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('file', sa.String(), nullable=False),
        sa.Column('asked_at', sa.DateTime(), nullable=False),
        sa.Column('ready_at', sa.DateTime(), nullable=True),
        sa.Column('expires_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_data_copy_user_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_data_copy')),
        sa.UniqueConstraint('file', name=op.f('uq_data_copy_file')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_data_copy_user_id'), 'data_copy', ['user_id'])
    op.create_index('ix_data_copy_expires_at', 'data_copy', ['expires_at'])


def downgrade() -> None:
    op.drop_index('ix_data_copy_expires_at', table_name='data_copy')
    op.drop_index(op.f('ix_data_copy_user_id'), table_name='data_copy')
    op.drop_table('data_copy')
