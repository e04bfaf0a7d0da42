"""Hand over a place in a team"""

revision = '0021_handover'
down_revision = '0020_municipal_plan'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
