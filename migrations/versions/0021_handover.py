"""Hand over a place in a team"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0021_handover'
down_revision = '0020_municipal_plan'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'handover_note',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('updated_at', sa.DateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'],
            name=op.f('fk_handover_note_enrollment_id_enrollment'),
        ),
        sa.ForeignKeyConstraint(
            ['team_id'], ['team.id'], name=op.f('fk_handover_note_team_id_team')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_note')),
        sa.UniqueConstraint(
            'team_id', 'enrollment_id', name=op.f('uq_handover_note_team_id_enrollment_id')
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_handover_note_enrollment_id'), 'handover_note', ['enrollment_id'])
    op.create_table(
        'handover',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('successor_id', sa.Integer(), nullable=True),
        sa.Column('note', sa.String(), nullable=False),
        sa.Column('message', sa.String(), nullable=False),
        sa.Column('made_by', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'],
            name=op.f('fk_handover_enrollment_id_enrollment'),
        ),
        sa.ForeignKeyConstraint(
            ['made_by'], ['user.id'], name=op.f('fk_handover_made_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['successor_id'], ['enrollment.id'],
            name=op.f('fk_handover_successor_id_enrollment'),
        ),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_handover_team_id_team')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
        sa.UniqueConstraint(
            'team_id', 'enrollment_id', 'made_at',
            name=op.f('uq_handover_team_id_enrollment_id_made_at'),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_handover_enrollment_id'), 'handover', ['enrollment_id'])
    op.create_index(op.f('ix_handover_successor_id'), 'handover', ['successor_id'])
    freeze('handover')


def downgrade() -> None:
    thaw('handover')
    op.drop_index(op.f('ix_handover_successor_id'), table_name='handover')
    op.drop_index(op.f('ix_handover_enrollment_id'), table_name='handover')
    op.drop_table('handover')
    op.drop_index(op.f('ix_handover_note_enrollment_id'), table_name='handover_note')
    op.drop_table('handover_note')
