"""Keep files and what is known of them"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0006_files'
down_revision = '0005_account'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stored_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('unchecked', 'clean', 'refused', name='filestate', native_enum=False, length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('has_text', sa.Boolean(), nullable=False),
    sa.Column('uploaded_by', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(), nullable=False),
    sa.Column('read_at', sa.DateTime(), nullable=True),
    sa.Column('checked_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['uploaded_by'], ['user.id'], name=op.f('fk_stored_file_uploaded_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_file')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_stored_file_sha256'), 'stored_file', ['sha256'])
    op.create_index('ix_stored_file_state_read_at', 'stored_file', ['state', 'read_at'])
    op.create_index(op.f('ix_stored_file_uploaded_by'), 'stored_file', ['uploaded_by'])
    op.create_table('file_finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stored_file_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('personal_number', 'phone', 'email', 'age_and_place', 'name', 'points_out', 'small_number', 'given_away', name='findingkind', native_enum=False, length=32), nullable=False),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['stored_file_id'], ['stored_file.id'], name=op.f('fk_file_finding_stored_file_id_stored_file'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_finding'))
    )
    op.create_index(op.f('ix_file_finding_stored_file_id'), 'file_finding', ['stored_file_id'])
    op.create_table('draft_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('assignment_id', sa.String(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('stored_file_id', sa.Integer(), nullable=False),
    sa.Column('added_by', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('(enrollment_id IS NULL) <> (team_id IS NULL)', name=op.f('ck_draft_file_one_owner')),
    sa.CheckConstraint('place BETWEEN 1 AND 5', name=op.f('ck_draft_file_at_most_five')),
    sa.ForeignKeyConstraint(['added_by'], ['user.id'], name=op.f('fk_draft_file_added_by_user')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_draft_file_enrollment_id_enrollment')),
    sa.ForeignKeyConstraint(['stored_file_id'], ['stored_file.id'], name=op.f('fk_draft_file_stored_file_id_stored_file')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_draft_file_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_file')),
    sa.UniqueConstraint('enrollment_id', 'assignment_id', 'place', name=op.f('uq_draft_file_enrollment_id_assignment_id_place')),
    sa.UniqueConstraint('team_id', 'assignment_id', 'place', name=op.f('uq_draft_file_team_id_assignment_id_place')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_draft_file_stored_file_id'), 'draft_file', ['stored_file_id'])
    op.create_table('round_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('stored_file_id', sa.Integer(), nullable=False),
    sa.Column('added_by', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['user.id'], name=op.f('fk_round_file_added_by_user')),
    sa.ForeignKeyConstraint(['round_id'], ['submission_round.id'], name=op.f('fk_round_file_round_id_submission_round')),
    sa.ForeignKeyConstraint(['stored_file_id'], ['stored_file.id'], name=op.f('fk_round_file_stored_file_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_file')),
    sa.UniqueConstraint('round_id', 'place', name=op.f('uq_round_file_round_id_place'))
    )
    op.create_index(op.f('ix_round_file_stored_file_id'), 'round_file', ['stored_file_id'])
    freeze('round_file')


def downgrade() -> None:
    thaw('round_file')
    op.drop_table('round_file')
    op.drop_table('draft_file')
    op.drop_table('file_finding')
    op.drop_table('stored_file')
