"""Keep files and what is known of them"""

revision = '0006_files'
down_revision = '0005_account'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
