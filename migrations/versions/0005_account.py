"""Keep account links, settings and what the account page needs"""

revision = '0005_account'
down_revision = '0004_second_factor'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
