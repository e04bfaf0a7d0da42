"""Show a version, sign off, say that one is ready"""

revision = '0019_sign_off'
down_revision = '0018_joint_writing'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
