"""`flask content publish`: a folder becomes the published edition of its course."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock, db, editions
from app.reasons import sentence
from courses.catalog import ContentError, read_folder
from courses.errors import Refused
from courses.queries.concerned import Consequence
from courses.queries.publishing import Consequences, consequences
from courses.services.editions import Published, keep_files
from courses.services.editions import publish as publish_kept
from courses.vocabulary import Decision


@click.command("publish")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--cohorts", type=click.Choice(["keep", "new"]), default="keep", show_default=True,
    help="keep: cohorts that read what is published follow, and keep what they ask for. "
    "new: only cohorts created from now on.",
)
@with_appcontext
def publish(folder: Path, cohorts: str) -> None:
    """Freeze FOLDER as the newest edition of its course, and say what changed for how many."""
    store = editions.store()
    otherwise = Decision.NEW_COHORTS if cohorts == "new" else None
    try:
        loaded = keep_files(store, read_folder(folder), today=clock.today())
        with db.reading() as session:
            before = consequences(session, store, loaded, today=clock.today())
        with db.transaction() as session:
            published = publish_kept(
                session, store, loaded.digest, seen=before.seen, decisions={}, by=None,
                now=clock.now(), otherwise=otherwise,
            )
    except ContentError as error:
        raise click.ClickException(str(error)) from error
    except Refused as error:
        with current_app.test_request_context():  # reasons are put into words by the web layer
            raise click.ClickException(sentence(error)) from error
    for line in _report(before, published):
        click.echo(line)


def _report(before: Consequences, published: Published) -> Iterator[str]:
    yield f"{before.course_id}: upplaga {published.edition.number}"
    if before.changes is not None:
        yield "  " + ", ".join(
            f"{len(items)} {word}"
            for word, items in (
                ("nya", before.changes.added), ("borttagna", before.changes.removed),
                ("ändrade", before.changes.changed), ("flyttade", before.changes.moved),
                ("ändrade krav", before.changes.requirements),
            )
        )
    for cohort in before.cohorts:
        decision = published.cohorts.get(cohort.cohort_id)
        if decision is None:
            continue
        stays = decision is Decision.NEW_COHORTS
        what = (
            f"står kvar på upplaga {cohort.edition_number}" if stays
            else f"läser upplaga {published.edition.number}"
        )
        yield f"  {cohort.name}: {what}, {cohort.participants} deltagare"
        if not stays and (begun := _begun(cohort.by_decision[decision])):
            yield f"    {begun} har påbörjat en uppgift som inte finns kvar"


def _begun(meaning: Consequence) -> str:
    people, teams = len(meaning.left_over), len(meaning.teams_left_over)
    words = [f"{people} {'person' if people == 1 else 'personer'}"] if people else []
    return " och ".join(words + ([f"{teams} team"] if teams else []))
