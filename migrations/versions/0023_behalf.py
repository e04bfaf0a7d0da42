"""Keep files that are to be handed in for somebody"""

import sqlalchemy as sa
from alembic import op

revision = '0023_behalf'
down_revision = '0024_claimed_index'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'behalf_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('stored_file_id', sa.Integer(), nullable=False),
        sa.Column('added_by', sa.Integer(), nullable=False),
        sa.Column('added_at', sa.DateTime(), nullable=False),
        sa.CheckConstraint('place BETWEEN 1 AND 5', name=op.f('ck_behalf_file_at_most_five')),
        sa.ForeignKeyConstraint(
            ['added_by'], ['user.id'], name=op.f('fk_behalf_file_added_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'],
            name=op.f('fk_behalf_file_enrollment_id_enrollment'),
        ),
        sa.ForeignKeyConstraint(
            ['stored_file_id'], ['stored_file.id'],
            name=op.f('fk_behalf_file_stored_file_id_stored_file'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_behalf_file')),
        sa.UniqueConstraint(
            'enrollment_id', 'assignment_id', 'added_by', 'place',
            name=op.f('uq_behalf_file_enrollment_id_assignment_id_added_by_place'),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_behalf_file_stored_file_id'), 'behalf_file', ['stored_file_id'])


def downgrade() -> None:
    op.drop_table('behalf_file')
