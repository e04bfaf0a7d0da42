"""Write together, section by section"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0018_joint_writing'
down_revision = '0017_secrecy_stop'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'section_comment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.Column('section_id', sa.String(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('resolved_at', sa.DateTime(), nullable=True),
        sa.Column('resolved_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['resolved_by'], ['user.id'], name=op.f('fk_section_comment_resolved_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['team_id'], ['team.id'], name=op.f('fk_section_comment_team_id_team')
        ),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user.id'], name=op.f('fk_section_comment_user_id_user')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_section_comment')),
        sqlite_autoincrement=True,
    )
    op.create_index(
        'ix_section_comment_team_id_assignment_id', 'section_comment', ['team_id', 'assignment_id']
    )
    op.create_index(op.f('ix_section_comment_user_id'), 'section_comment', ['user_id'])
    op.create_table(
        'contribution',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.Column('section_id', sa.String(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('updated_at', sa.DateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'],
            name=op.f('fk_contribution_enrollment_id_enrollment'),
        ),
        sa.ForeignKeyConstraint(
            ['team_id'], ['team.id'], name=op.f('fk_contribution_team_id_team')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution')),
        sa.UniqueConstraint(
            'enrollment_id', 'team_id', 'assignment_id', 'section_id', name='uq_contribution_own'
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'joint_section',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.Column('section_id', sa.String(), nullable=False),
        sa.Column('writer_id', sa.Integer(), nullable=True),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('saved_at', sa.DateTime(), nullable=True),
        sa.Column('saved_by', sa.Integer(), nullable=True),
        sa.Column('open_by', sa.Integer(), nullable=True),
        sa.Column('opened_at', sa.DateTime(), nullable=True),
        sa.Column('open_until', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ['open_by'], ['user.id'], name=op.f('fk_joint_section_open_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['saved_by'], ['user.id'], name=op.f('fk_joint_section_saved_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['team_id'], ['team.id'], name=op.f('fk_joint_section_team_id_team')
        ),
        sa.ForeignKeyConstraint(
            ['writer_id'], ['enrollment.id'], name=op.f('fk_joint_section_writer_id_enrollment')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_joint_section')),
        sa.UniqueConstraint(
            'team_id', 'assignment_id', 'section_id',
            name=op.f('uq_joint_section_team_id_assignment_id_section_id'),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'shared_contribution',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.Column('section_id', sa.String(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('organization_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('shared_at', sa.DateTime(), nullable=False),
        sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'],
            name=op.f('fk_shared_contribution_enrollment_id_enrollment'),
        ),
        sa.ForeignKeyConstraint(
            ['organization_id'], ['organization.id'],
            name=op.f('fk_shared_contribution_organization_id_organization'),
        ),
        sa.ForeignKeyConstraint(
            ['team_id'], ['team.id'], name=op.f('fk_shared_contribution_team_id_team')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_contribution')),
        sa.UniqueConstraint(
            'team_id', 'assignment_id', 'section_id', 'enrollment_id', 'number',
            name='uq_shared_contribution_number',
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f('ix_shared_contribution_enrollment_id'), 'shared_contribution', ['enrollment_id']
    )
    op.create_table(
        'section_source',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('section_row_id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('added_by', sa.Integer(), nullable=False),
        sa.Column('added_at', sa.DateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('before', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ['added_by'], ['user.id'], name=op.f('fk_section_source_added_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['contribution_id'], ['shared_contribution.id'],
            name=op.f('fk_section_source_contribution_id_shared_contribution'),
        ),
        sa.ForeignKeyConstraint(
            ['section_row_id'], ['joint_section.id'],
            name=op.f('fk_section_source_section_row_id_joint_section'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_section_source')),
        sa.UniqueConstraint(
            'section_row_id', 'contribution_id',
            name=op.f('uq_section_source_section_row_id_contribution_id'),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f('ix_section_source_contribution_id'), 'section_source', ['contribution_id']
    )
    op.create_table(
        'round_source',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('sources', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ['round_id'], ['submission_round.id'],
            name=op.f('fk_round_source_round_id_submission_round'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_round_source')),
        sa.UniqueConstraint('round_id', name=op.f('uq_round_source_round_id')),
        sqlite_autoincrement=True,
    )
    freeze('round_source')


def downgrade() -> None:
    thaw('round_source')
    op.drop_table('round_source')
    op.drop_index(op.f('ix_section_source_contribution_id'), table_name='section_source')
    op.drop_table('section_source')
    op.drop_index(op.f('ix_shared_contribution_enrollment_id'), table_name='shared_contribution')
    op.drop_table('shared_contribution')
    op.drop_table('joint_section')
    op.drop_table('contribution')
    op.drop_index(op.f('ix_section_comment_user_id'), table_name='section_comment')
    op.drop_index('ix_section_comment_team_id_assignment_id', table_name='section_comment')
    op.drop_table('section_comment')
