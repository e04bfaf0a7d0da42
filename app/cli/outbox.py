"""`flask outbox send`: send what waits, without a worker."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.mail.sending import send_all

group = AppGroup("outbox", help="Outgoing mail.")


@group.command("send")
def send() -> None:
    """Send every mail that is due."""
    app = current_app._get_current_object()
    if not app.config["STEGVIS"].smtp_url:
        raise click.ClickException("STEGVIS_SMTP_URL is not set: mail waits.")
    sent, failed = send_all(app)
    click.echo(f"{sent} sent, {failed} not sent")
