"""Keep comments to use again"""

revision = '0014_comment_bank'
down_revision = '0013_promises'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
