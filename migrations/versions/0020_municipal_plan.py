"""Compile and issue the municipal plan"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import freeze, thaw

revision = '0020_municipal_plan'
down_revision = '0019_sign_off'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'plan_chapter',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('chapter_id', sa.String(), nullable=False),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.Column('sources', sa.JSON(), nullable=False),
        sa.Column('updated_at', sa.DateTime(), nullable=False),
        sa.Column('updated_by', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_plan_chapter_team_id_team')),
        sa.ForeignKeyConstraint(
            ['updated_by'], ['user.id'], name=op.f('fk_plan_chapter_updated_by_user')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_chapter')),
        sa.UniqueConstraint(
            'team_id', 'chapter_id', name=op.f('uq_plan_chapter_team_id_chapter_id')
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'municipal_plan',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('fields', sa.JSON(), nullable=False),
        sa.Column('pdf', sa.LargeBinary(), nullable=False),
        sa.Column('pdf_sha256', sa.String(), nullable=False),
        sa.Column('docx', sa.LargeBinary(), nullable=False),
        sa.Column('docx_sha256', sa.String(), nullable=False),
        sa.Column('edition_digest', sa.String(), nullable=False),
        sa.Column('issued_at', sa.DateTime(), nullable=False),
        sa.Column('issued_by', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['issued_by'], ['user.id'], name=op.f('fk_municipal_plan_issued_by_user')
        ),
        sa.ForeignKeyConstraint(
            ['team_id'], ['team.id'], name=op.f('fk_municipal_plan_team_id_team')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_municipal_plan')),
        sa.UniqueConstraint('team_id', 'number', name=op.f('uq_municipal_plan_team_id_number')),
        sqlite_autoincrement=True,
    )
    freeze('municipal_plan')


def downgrade() -> None:
    thaw('municipal_plan')
    op.drop_table('municipal_plan')
    op.drop_table('plan_chapter')
