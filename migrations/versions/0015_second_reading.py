"""Let two read the same text"""

revision = '0015_second_reading'
down_revision = '0014_comment_bank'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
