"""`flask content check|publish`: for those who write courses."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app import clock, db
from config import ROOT
from courses.catalog import ContentError, Severity, check_content
from courses.services.editions import publish_edition

group = AppGroup("content", help="The courses under content/.")


@group.command("check", with_appcontext=False)
@click.argument("folder", type=click.Path(path_type=Path), default=ROOT / "content")
def check(folder: Path) -> None:
    """Check every course under FOLDER; needs no settings and no database."""
    courses = sorted(path.parent for path in folder.glob("*/course.toml"))
    if not courses:
        raise click.ClickException(f"Ingen course.toml under {folder}")
    failed = False
    for course in courses:
        problems = check_content(course, today=clock.today())
        for problem in problems:
            click.echo(str(problem))
        errors = sum(1 for problem in problems if problem.severity is Severity.ERROR)
        failed = failed or errors > 0
        click.echo(f"{course.name}: {errors} fel, {len(problems) - errors} påpekanden")
    sys.exit(1 if failed else 0)


@group.command("publish")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
def publish(folder: Path) -> None:
    """Freeze FOLDER as the newest edition of its course."""
    try:
        with db.transaction() as session:
            edition = publish_edition(
                session, current_app.extensions["editions"], folder, by=None, now=clock.now()
            )
            click.echo(f"{edition.course_id}: upplaga {edition.number}")
    except ContentError as error:
        raise click.ClickException(str(error)) from error
