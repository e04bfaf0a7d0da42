"""Keep reflections, encrypted"""

import sqlalchemy as sa
from alembic import op

revision = '0007_reflections'
down_revision = '0006_files'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reflection',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.String(), nullable=True),
    sa.Column('stored', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_reflection_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reflection'))
    )
    op.create_index('ix_reflection_user_id', 'reflection', ['user_id'])


def downgrade() -> None:
    op.drop_table('reflection')
