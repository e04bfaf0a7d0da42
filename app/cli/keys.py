"""`flask keys rotate`: a new key, and everything written anew under it."""

import sys

import click
from flask.cli import AppGroup

from app.jobs import rotation

group = AppGroup("keys", help="The keys of what is stored encrypted.")


@group.command("rotate")
def rotate() -> None:
    """Add a key to each ring and write everything anew under it, while the site runs."""
    for ring, number in rotation.rotate().items():
        click.echo(f"{ring}: key {number}")
    _renew()


@group.command("renew")
@click.option("--check", is_flag=True, help="Only count what older keys encrypted.")
def renew(check: bool) -> None:
    """Go on where an interrupted rotation stopped; add no key. With --check: exit 1 when
    something is left."""
    if not check:
        _renew()
        return
    left = {sealed.table.__tablename__: rotation.count_old(sealed) for sealed in rotation.SEALED}
    for table, count in left.items():
        click.echo(f"{table}: {count} under an older key")
    sys.exit(1 if any(left.values()) else 0)


def _renew() -> None:
    lost = 0
    for sealed in rotation.SEALED:
        done = list(rotation.renew(sealed))
        for one in done:
            if one.is_lost:
                click.echo(f"{one.table} {one.row_id}: no key opens it; left as it is", err=True)
        unreadable = sum(one.is_lost for one in done)
        lost += unreadable
        click.echo(f"{sealed.table.__tablename__}: {len(done) - unreadable} written anew")
    sys.exit(1 if lost else 0)
