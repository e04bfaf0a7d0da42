"""Keep where in a lesson somebody is"""

revision = '0010_lesson_places'
down_revision = '0009_notices'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
