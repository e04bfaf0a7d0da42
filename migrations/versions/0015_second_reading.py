"""Let two read the same text"""

import sqlalchemy as sa
from alembic import op

revision = '0015_second_reading'
down_revision = '0014_comment_bank'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'second_reader',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=True),
        sa.Column('submission_id', sa.Integer(), nullable=True),
        sa.Column('reader_id', sa.Integer(), nullable=False),
        sa.Column('named_by', sa.Integer(), nullable=False),
        sa.Column('named_at', sa.DateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint(
            '(team_id IS NULL) <> (submission_id IS NULL)',
            name=op.f('ck_second_reader_team_or_submission'),
        ),
        sa.ForeignKeyConstraint(
            ['named_by'], ['user.id'], name=op.f('fk_second_reader_named_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['reader_id'], ['user.id'], name=op.f('fk_second_reader_reader_id_user')
        ),
        sa.ForeignKeyConstraint(
            ['submission_id'], ['submission.id'],
            name=op.f('fk_second_reader_submission_id_submission'),
        ),
        sa.ForeignKeyConstraint(
            ['team_id'], ['team.id'], name=op.f('fk_second_reader_team_id_team')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_second_reader')),
        sa.UniqueConstraint('submission_id', name=op.f('uq_second_reader_submission_id')),
        sa.UniqueConstraint('team_id', name=op.f('uq_second_reader_team_id')),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'reading',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('reader_id', sa.Integer(), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('done_at', sa.DateTime(), nullable=True),
        sa.Column('compared_at', sa.DateTime(), nullable=True),
        sa.Column('joint_at', sa.DateTime(), nullable=True),
        sa.Column('review_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['reader_id'], ['user.id'], name=op.f('fk_reading_reader_id_user')
        ),
        sa.ForeignKeyConstraint(
            ['review_id'], ['review.id'], name=op.f('fk_reading_review_id_review')
        ),
        sa.ForeignKeyConstraint(
            ['round_id'], ['submission_round.id'],
            name=op.f('fk_reading_round_id_submission_round'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reading')),
        sa.UniqueConstraint('round_id', 'reader_id', name=op.f('uq_reading_round_id_reader_id')),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'lone_reading',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('recorded_by', sa.Integer(), nullable=False),
        sa.Column('recorded_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['recorded_by'], ['user.id'], name=op.f('fk_lone_reading_recorded_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['round_id'], ['submission_round.id'],
            name=op.f('fk_lone_reading_round_id_submission_round'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_lone_reading')),
        sa.UniqueConstraint('round_id', name=op.f('uq_lone_reading_round_id')),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table('lone_reading')
    op.drop_table('reading')
    op.drop_table('second_reader')
