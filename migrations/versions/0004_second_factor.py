"""Keep passkeys, authenticator apps and recovery codes"""

revision = '0004_second_factor'
down_revision = '0003_publication'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
