"""Write together, section by section"""

revision = '0018_joint_writing'
down_revision = '0017_secrecy_stop'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
