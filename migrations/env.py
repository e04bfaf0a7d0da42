"""Alembic's environment: our engine settings, our metadata, batch mode for SQLite."""

from alembic import context

from app.db import make_engine
from courses.models import Base

engine = make_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.execution_options(stegvis_writes=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
