"""Stop a text for secrecy"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0017_secrecy_stop'
down_revision = '0016_talking'
branch_labels = None
depends_on = None

STATES = sa.Enum(
    'draft', 'submitted', 'in_review', 'returned', 'approved', 'withdrawn', 'excused', 'on_hold',
    name='submissionstate', native_enum=False, length=32,
)
KINDS = sa.Enum(
    'press', 'take_over', 'mask', 'replaced', 'registrar', 'move', 'open', 'lift', 'close',
    name='secrecystepkind', native_enum=False, length=32,
)
ADDED = (
    ('state_before', STATES), ('message', sa.String()), ('masked', sa.JSON()),
    ('diary_number', sa.String()), ('diary_on', sa.Date()), ('moved_at', sa.DateTime()),
    ('lifted_at', sa.DateTime()),
)


def upgrade() -> None:
    for name, kind in ADDED:
        op.add_column('secrecy_stop', sa.Column(name, kind, nullable=True))
    op.create_table(
        'secrecy_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stop_id', sa.Integer(), nullable=False),
        sa.Column('kind', KINDS, nullable=False),
        sa.Column('actor_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ['actor_id'], ['user.id'], name=op.f('fk_secrecy_step_actor_id_user')
        ),
        sa.ForeignKeyConstraint(
            ['stop_id'], ['secrecy_stop.id'], name=op.f('fk_secrecy_step_stop_id_secrecy_stop')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_secrecy_step')),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_secrecy_step_stop_id', 'secrecy_step', ['stop_id'])
    op.create_table(
        'secrecy_undertaking',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user.id'], name=op.f('fk_secrecy_undertaking_user_id_user')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_secrecy_undertaking')),
        sa.UniqueConstraint(
            'user_id', 'digest', name=op.f('uq_secrecy_undertaking_user_id_digest')
        ),
        sqlite_autoincrement=True,
    )
    freeze('secrecy_step')
    freeze('secrecy_undertaking')


def downgrade() -> None:
    thaw('secrecy_undertaking')
    op.drop_table('secrecy_undertaking')
    thaw('secrecy_step')
    op.drop_index('ix_secrecy_step_stop_id', table_name='secrecy_step')
    op.drop_table('secrecy_step')
    for name, _kind in reversed(ADDED):
        op.drop_column('secrecy_stop', name)
