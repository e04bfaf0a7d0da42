"""Talk about an assignment, ask for time"""

revision = '0016_talking'
down_revision = '0015_second_reading'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
