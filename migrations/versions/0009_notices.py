"""Keep what is to be told, and calendar addresses"""

revision = '0009_notices'
down_revision = '0008_surveys'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
