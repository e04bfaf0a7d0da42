"""Keep the draft of a course, file by file"""

import sqlalchemy as sa
from alembic import op

revision = '0002_content_change'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('content_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.String(), nullable=False),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('base_digest', sa.String(), nullable=False),
    sa.Column('edited_by', sa.Integer(), nullable=False),
    sa.Column('edited_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edited_by'], ['user.id'], name=op.f('fk_content_change_edited_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_change')),
    sa.UniqueConstraint('course_id', 'path', name=op.f('uq_content_change_course_id_path'))
    )


def downgrade() -> None:
    op.drop_table('content_change')
