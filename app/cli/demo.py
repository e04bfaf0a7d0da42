"""`flask demo load` and `flask synthetic load`: something to look at, something to measure."""

import json
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from app import clock, db, editions
from app.demo import answer
from app.demo.build import NAME, Demonstration, password_for
from app.demo.synthetic import load_synthetic
from app.jobs import certificates
from app.jobs.notices import write_digests
from courses.models import Cohort, Edition, User

group = AppGroup("demo", help="The demonstration cohort.")
synthetic_group = AppGroup("synthetic", help="A cohort of any size, to measure with.")
COURSE = "processledarutbildning"


@group.command("load")
@click.option("--json", "as_json", is_flag=True, help="Print what an outside check needs.")
def load(as_json: bool) -> None:
    """Load the demonstration; the same answer when it is there already."""
    course = editions.current_course(COURSE)
    secret = current_app.config["STEGVIS"].secret_key
    holders: list[dict[str, Any]] = []
    with db.transaction() as session:
        if session.scalar(select(Cohort.id).where(Cohort.name == NAME)) is None:
            _refuse_other_people(session)
            demonstration = Demonstration(session, course, secret=secret, now=clock.now())
            demonstration.build()
            holders = demonstration.certificates_to_issue()
    for payload in holders:
        certificates.issue(current_app._get_current_object(), payload, clock.now())
    if holders:  # loaded just now: the day's mails wait, as they would
        write_digests(current_app._get_current_object())
    with db.transaction() as session:
        _print(answer.demonstration(session, course, secret), as_json)


@synthetic_group.command("load")
@click.option("--municipalities", type=click.IntRange(1, 290), required=True)
@click.option("--participants", type=click.IntRange(1, 20_000), required=True)
@click.option("--json", "as_json", is_flag=True)
def synthetic(municipalities: int, participants: int, as_json: bool) -> None:
    """Fill an empty database with a cohort of that size."""
    course = editions.current_course(COURSE)
    password = password_for(current_app.config["STEGVIS"].secret_key, "synthetic")
    with db.transaction() as session:
        _refuse_other_people(session)
        edition = session.scalars(select(Edition).where(Edition.digest == course.digest)).one()
        load_synthetic(
            session, course, edition.id, municipalities=municipalities,
            participants=participants, password=password, now=clock.now(),
        )
    with db.transaction() as session:
        _print(answer.synthetic(session, course, password), as_json)


def _refuse_other_people(session: Any) -> None:
    if session.scalar(select(User.id).limit(1)) is not None:
        raise click.ClickException(
            "Databasen innehåller redan personer. Demonstrationen laddas bara i en tom databas."
        )


def _print(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    width = max(len(account["role"]) for account in found["accounts"])
    for account in found["accounts"]:
        click.echo(f"{account['role']:{width}}  {account['email']:36}  {account['password']}")


