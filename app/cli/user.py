"""`flask user …`: the first people of an installation, and links for those locked out."""

import click
from flask.cli import AppGroup

from app import clock, db
from app.mail.links import absolute
from courses.errors import Refused
from courses.queries.accounts import account_by_email
from courses.queries.security import own_account
from courses.services.accounts import find_or_add_person, grant_role
from courses.services.invitations import invite
from courses.services.second_factor import reset_second_factor
from courses.vocabulary import Role

group = AppGroup("user", help="People.")


def _invite(email: str, name: str, role: Role | None) -> None:
    """There are no passwords to begin with: everybody chooses their own, behind a link."""
    now = clock.now()
    try:
        with db.transaction() as session:
            person = find_or_add_person(session, email=email, name=name, now=now)
            if role:
                grant_role(session, person, role, by=None, now=now)
            token = invite(session, person, None, now, renews_account=True)
    except (Refused, ValueError) as error:
        raise click.ClickException(f"{email}: {error}") from error
    click.echo(absolute("invitations.show", token=token))


@group.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Make NAME an administrator; prints (and mails) a link for choosing a password."""
    _invite(email, name, Role.ADMINISTRATOR)


@group.command("invite")
@click.argument("email")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([r.value for r in (Role.COORDINATOR, Role.EDITOR, Role.SECRECY_OFFICER)]),
    help="Give a role for the whole county.",
)
def invite_person(email: str, name: str, role: str | None) -> None:
    """Print (and mail) a link with which NAME makes an account or chooses a new password."""
    _invite(email, name, Role(role) if role else None)


@group.command("reset-second-factor")
@click.argument("email")
def reset(email: str) -> None:
    """Take passkeys, app and recovery codes away from who is locked out; ends all logins.

    Make sure who is asking first: until they get another step the password alone lets them in.
    """
    with db.transaction() as session:
        account = account_by_email(session, email)
        if account is None:
            raise click.ClickException(f"{email}: no such account")
        reset_second_factor(
            session, own_account(session, account.user_id), by=None, now=clock.now()
        )
    click.echo(f"{email} logs in with the password alone from now on")
