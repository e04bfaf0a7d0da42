"""Keep survey answers apart from who has answered"""

import sqlalchemy as sa
from alembic import op

revision = '0008_surveys'
down_revision = '0007_reflections'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('survey_answer',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_survey_answer_cohort_id_cohort')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_survey_answer')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_survey_answer_cohort_id_survey_id', 'survey_answer', ['cohort_id', 'survey_id'])
    op.create_table('survey_participation',
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(), nullable=False),
    sa.Column('choice', sa.Enum('answered', 'declined', name='surveychoice', native_enum=False, length=32), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_survey_participation_enrollment_id_enrollment')),
    sa.PrimaryKeyConstraint('enrollment_id', 'survey_id', name=op.f('pk_survey_participation'))
    )
    op.create_table('survey_result',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_survey_result_cohort_id_cohort')),
    sa.PrimaryKeyConstraint('cohort_id', 'survey_id', name=op.f('pk_survey_result'))
    )


def downgrade() -> None:
    op.drop_table('survey_result')
    op.drop_table('survey_participation')
    op.drop_table('survey_answer')
