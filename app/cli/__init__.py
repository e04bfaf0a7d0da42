"""`flask --app wsgi …`: what is done from the server, not from a page."""

from flask import Flask

from app.cli import (
    content,
    database,
    demo,
    keys,
    notices,
    outbox,
    progress,
    publishing,
    user,
    worker,
)


def init_app(app: Flask) -> None:
    for module in (content, database, demo, keys, notices, outbox, progress, user, worker):
        app.cli.add_command(module.group)
    app.cli.add_command(demo.synthetic_group)
    content.group.add_command(publishing.publish)
