"""Keep what people ask of their data"""

revision = '0011_my_data'
down_revision = '0010_lesson_places'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
