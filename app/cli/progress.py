"""`flask progress rebuild`: completion and progress from the events, which are what counts."""

import sys

import click
from flask.cli import AppGroup

from app import db, editions
from courses.services.rebuild import rebuild_progress

group = AppGroup("progress", help="What participants have finished.")


@group.command("rebuild")
@click.option("--check", is_flag=True, help="Only say what differs; write nothing.")
def rebuild(check: bool) -> None:
    """Derive everybody's progress again. With --check: exit 1 when something differs."""
    with db.transaction() as session:
        found = list(rebuild_progress(session, editions.course))
        if check:
            session.rollback()
    for one in found:
        click.echo(
            f"{one.cohort}, enrollment {one.enrollment_id}, {one.about}: "
            f"{_words(one.stored)} -> {_words(one.right)}"
        )
    click.echo(f"{len(found)} differences" if check else f"{len(found)} rows written")
    sys.exit(1 if check and found else 0)


def _words(values: tuple[object, ...] | None) -> str:
    return "nothing" if values is None else " ".join(str(value) for value in values)
