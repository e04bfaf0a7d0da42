"""Compile and issue the municipal plan"""

revision = '0020_municipal_plan'
down_revision = '0019_sign_off'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
