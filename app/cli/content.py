"""`flask content check|facts`: for those who write courses."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from app import clock
from config import ROOT
from courses.catalog import (
    ContentError,
    FactUse,
    LoadedCourse,
    ModuleSummary,
    Severity,
    examine,
    fact_uses,
    module_summaries,
    read_folder,
)

group = AppGroup("content", help="The courses under content/.")
FOLDER = click.argument("folder", type=click.Path(path_type=Path), default=ROOT / "content")


@group.command("check", with_appcontext=False)
@FOLDER
def check(folder: Path) -> None:
    """Check every course under FOLDER, and say what each module amounts to."""
    failed = False
    for name in _courses(folder):
        loaded, problems = examine(read_folder(name), today=clock.today())
        for problem in problems:
            click.echo(str(problem))
        if loaded:
            click.echo()
            for line in _table(loaded):
                click.echo(line)
        errors = sum(1 for problem in problems if problem.severity is Severity.ERROR)
        failed = failed or errors > 0
        click.echo(f"{name.name}: {errors} fel, {len(problems) - errors} påpekanden")
    sys.exit(1 if failed else 0)


@group.command("facts", with_appcontext=False)
@FOLDER
def facts(folder: Path) -> None:
    """List the facts of every course under FOLDER: status, dates, source, where they are cited."""
    for name in _courses(folder):
        loaded, problems = examine(read_folder(name))
        if loaded is None:
            raise click.ClickException(str(ContentError(problems)))
        for use in fact_uses(loaded):
            click.echo(_fact(use))


def _courses(folder: Path) -> list[Path]:
    found = sorted(path.parent for path in folder.glob("*/course.toml"))
    if not found and (folder / "course.toml").exists():
        return [folder]
    if not found:
        raise click.ClickException(f"Ingen course.toml under {folder}")
    return found


def _table(loaded: LoadedCourse) -> Iterator[str]:
    """The modules in figures, under each other."""
    heads = ["Modul", "lektioner", "ord", "min", "frågor", "fakta", "figurer"]
    heads += [f"på {code}" for code in loaded.languages[1:]]
    rows = [_row(one) for one in module_summaries(loaded)]
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    for row in [heads, *rows]:
        first, *figures = (cell.ljust(w) if not at else cell.rjust(w)
                           for at, (cell, w) in enumerate(zip(row, widths, strict=True)))
        yield "  ".join([first, *figures])


def _row(one: ModuleSummary) -> list[str]:
    figures = [one.lessons, one.words, one.minutes, one.questions, one.facts, one.figures]
    covered = [f"{done}/{one.translatable}" for done in one.translated.values()]
    return [f"{one.id} {one.title}", *map(str, figures), *covered]


def _fact(use: FactUse) -> str:
    fact = use.fact
    overdue = " (passerat)" if fact.review_by < clock.today() else ""
    return (
        f"{fact.id}  {'kontrollerad' if fact.status == 'verified' else 'inte kontrollerad'}  "
        f"gäller {fact.as_of}  granskas {fact.review_by}{overdue}  "
        f"{', '.join(use.cited_in) or 'används inte'}\n    {fact.source}"
        + (f"  {fact.url}" if fact.url else "")
    )
