"""Keep survey answers apart from who has answered"""

revision = '0008_surveys'
down_revision = '0007_reflections'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
