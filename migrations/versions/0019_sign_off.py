"""Show a version, sign off, say that one is ready"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0019_sign_off'
down_revision = '0018_joint_writing'
branch_labels = None
depends_on = None

FROZEN = ('shown_version', 'sign_off', 'sign_off_waiver', 'contribution_line')


def upgrade() -> None:
    op.add_column(
        'cohort',
        sa.Column('needs_sign_off', sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        'shown_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.Column('organization_id', sa.Integer(), nullable=True),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('draft_version', sa.Integer(), nullable=False),
        sa.Column('edition_digest', sa.String(), nullable=False),
        sa.Column('shown_by', sa.Integer(), nullable=False),
        sa.Column('shown_at', sa.DateTime(), nullable=False),
        *_keys(
            'shown_version', team_id='team', organization_id='organization', shown_by='user'
        ),
        sa.UniqueConstraint(
            'team_id', 'assignment_id', 'organization_id', 'digest',
            name=op.f('uq_shown_version_team_id_assignment_id_organization_id_digest'),
        ),
        sqlite_autoincrement=True,
    )
    whole_team = sa.text('organization_id IS NULL')
    op.create_index(
        'uq_shown_version_whole_team', 'shown_version', ['team_id', 'assignment_id', 'digest'],
        unique=True, sqlite_where=whole_team, postgresql_where=whole_team,
    )
    op.create_table(
        'sign_off',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('shown_version_id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('is_approved', sa.Boolean(), nullable=False),
        sa.Column('line', sa.String(), nullable=False),
        sa.Column('answered_at', sa.DateTime(), nullable=False),
        *_keys('sign_off', shown_version_id='shown_version', enrollment_id='enrollment'),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_sign_off_shown_version_id'), 'sign_off', ['shown_version_id'])
    op.create_index(op.f('ix_sign_off_enrollment_id'), 'sign_off', ['enrollment_id'])
    op.create_table(
        'sign_off_waiver',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.Column('organization_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('waived_by', sa.Integer(), nullable=False),
        sa.Column('waived_at', sa.DateTime(), nullable=False),
        *_keys(
            'sign_off_waiver', team_id='team', organization_id='organization', waived_by='user'
        ),
        sa.UniqueConstraint(
            'team_id', 'assignment_id', 'organization_id',
            name=op.f('uq_sign_off_waiver_team_id_assignment_id_organization_id'),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'ready_mark',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.String(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('draft_version', sa.Integer(), nullable=False),
        sa.Column('shown_version_id', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(), nullable=False),
        *_keys(
            'ready_mark', team_id='team', enrollment_id='enrollment',
            shown_version_id='shown_version',
        ),
        sa.UniqueConstraint(
            'team_id', 'assignment_id', 'enrollment_id',
            name=op.f('uq_ready_mark_team_id_assignment_id_enrollment_id'),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_ready_mark_enrollment_id'), 'ready_mark', ['enrollment_id'])
    op.create_table(
        'contribution_line',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('line', sa.String(), nullable=False),
        sa.Column('written_at', sa.DateTime(), nullable=False),
        *_keys('contribution_line', round_id='submission_round', enrollment_id='enrollment'),
        sa.UniqueConstraint(
            'round_id', 'enrollment_id',
            name=op.f('uq_contribution_line_round_id_enrollment_id'),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f('ix_contribution_line_enrollment_id'), 'contribution_line', ['enrollment_id']
    )
    op.create_table(
        'cohort_showing',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('shown_by', sa.Integer(), nullable=False),
        sa.Column('shown_at', sa.DateTime(), nullable=False),
        sa.Column('hidden_at', sa.DateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        *_keys('cohort_showing', round_id='submission_round', shown_by='user'),
        sa.UniqueConstraint('round_id', name=op.f('uq_cohort_showing_round_id')),
        sqlite_autoincrement=True,
    )
    for table in FROZEN:
        freeze(table)


def downgrade() -> None:
    for table in FROZEN:
        thaw(table)
    op.drop_table('cohort_showing')
    op.drop_table('contribution_line')
    op.drop_table('ready_mark')
    op.drop_table('sign_off_waiver')
    op.drop_table('sign_off')
    op.drop_table('shown_version')
    op.drop_column('cohort', 'needs_sign_off')


def _keys(table: str, **targets: str) -> list[sa.Constraint]:
    """The foreign keys of `table`, column → table it points at, and its primary key."""
    return [
        *(
            sa.ForeignKeyConstraint(
                [column], [f'{target}.id'], name=op.f(f'fk_{table}_{column}_{target}')
            )
            for column, target in targets.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]
