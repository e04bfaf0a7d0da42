"""Stop a text for secrecy"""

revision = '0017_secrecy_stop'
down_revision = '0016_talking'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
