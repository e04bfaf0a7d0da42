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
    )
    op.create_index(op.f('ix_data_copy_user_id'), 'data_copy', ['user_id'])
    op.create_index('ix_data_copy_expires_at', 'data_copy', ['expires_at'])
    op.create_table(
        'file_finding',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stored_file_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('personal_number', 'phone', 'email', 'age_and_place', 'name', 'points_out', 'small_number', 'given_away', name='findingkind', native_enum=False, length=32), nullable=False),
        sa.Column('page', sa.Integer(), nullable=True),
        sa.Column('line', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['stored_file_id'], ['stored_file.id'], name=op.f('fk_file_finding_stored_file_id_stored_file'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_file_finding')),
    )
    op.create_index(op.f('ix_file_finding_stored_file_id'), 'file_finding', ['stored_file_id'])


def downgrade() -> None:
    op.drop_table('file_finding')
    op.drop_index('ix_data_copy_expires_at', table_name='data_copy')
    op.drop_index(op.f('ix_data_copy_user_id'), table_name='data_copy')
    op.drop_table('data_copy')
