"""`flask --app wsgi …`: what is done from the server, not from a page."""

from flask import Flask

from app.cli import content, database


def init_app(app: Flask) -> None:
    for module in (content, database):
        app.cli.add_command(module.group)
