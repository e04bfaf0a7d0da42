"""Keep where in a lesson somebody is"""

import sqlalchemy as sa
from alembic import op

revision = '0010_lesson_places'
down_revision = '0009_notices'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lesson_place',
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.String(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_lesson_place_enrollment_id_enrollment')),
    sa.PrimaryKeyConstraint('enrollment_id', 'lesson_id', name=op.f('pk_lesson_place'))
    )


def downgrade() -> None:
    op.drop_table('lesson_place')
