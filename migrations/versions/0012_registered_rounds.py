"""Say who registered a round for somebody, and which rounds are sealed"""

import sqlalchemy as sa
from alembic import op

revision = '0012_registered_rounds'
down_revision = '0011_my_data'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('submission_round', sa.Column('registered_reason', sa.String(), nullable=True))
    op.add_column('submission_round', sa.Column('presented_on', sa.Date(), nullable=True))
    op.create_table(
        'secrecy_stop',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('passages', sa.JSON(), nullable=False),
        sa.Column('pressed_by', sa.Integer(), nullable=False),
        sa.Column('pressed_at', sa.DateTime(), nullable=False),
        sa.Column('taken_over_by', sa.Integer(), nullable=True),
        sa.Column('taken_over_at', sa.DateTime(), nullable=True),
        sa.Column('closed_at', sa.DateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['pressed_by'], ['user.id'], name=op.f('fk_secrecy_stop_pressed_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['round_id'], ['submission_round.id'],
            name=op.f('fk_secrecy_stop_round_id_submission_round'),
        ),
        sa.ForeignKeyConstraint(
            ['taken_over_by'], ['user.id'], name=op.f('fk_secrecy_stop_taken_over_by_user')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_secrecy_stop')),
        sa.UniqueConstraint('round_id', name=op.f('uq_secrecy_stop_round_id')),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table('secrecy_stop')
    op.drop_column('submission_round', 'presented_on')
    op.drop_column('submission_round', 'registered_reason')
