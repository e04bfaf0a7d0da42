"""Keep what was promised and when"""

revision = '0013_promises'
down_revision = '0012_registered_rounds'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
