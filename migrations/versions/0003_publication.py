"""Remember which edition was published when, also when it is an earlier one"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0003_publication'
down_revision = '0002_content_change'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('publication',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_publication_edition_id_edition')),
    sa.ForeignKeyConstraint(['published_by'], ['user.id'], name=op.f('fk_publication_published_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    sa.UniqueConstraint('course_id', 'number', name=op.f('uq_publication_course_id_number'))
    )
    # until now every edition was published once, when it was made
    op.execute(
        "INSERT INTO publication (course_id, number, edition_id, published_at, published_by) "
        "SELECT course_id, number, id, published_at, published_by FROM edition ORDER BY id"
    )
    freeze('publication')


def downgrade() -> None:
    thaw('publication')
    op.drop_table('publication')
