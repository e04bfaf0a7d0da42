"""`flask db upgrade`: bring the database to what this code needs, then publish what is new."""

import click
from alembic import command
from flask import current_app
from flask.cli import AppGroup

from app import editions, readiness
from courses.catalog import ContentError

group = AppGroup("db", help="The database.")


@group.command("upgrade")
def upgrade() -> None:
    """Run the migrations, then publish each course that has no edition yet."""
    config = current_app.config["STEGVIS"]
    command.upgrade(readiness.alembic_config(config.database_url), "head")
    current_app.extensions["ready"] = True
    try:
        editions.publish_first(current_app)
    except ContentError as error:
        raise click.ClickException(str(error)) from error
    click.echo("The database is up to date.")
