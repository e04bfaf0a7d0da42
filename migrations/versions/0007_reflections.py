"""Keep reflections, encrypted"""

revision = '0007_reflections'
down_revision = '0006_files'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
