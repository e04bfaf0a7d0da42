"""One blueprint a module; the URLs are Swedish words, the endpoints English."""

from flask import Flask

from app.views import (
    auth,
    coordination,
    health,
    home,
    invitations,
    messages,
    modules,
    public,
    review_queue,
    verify,
)

MODULES = (
    auth,
    coordination,
    health,
    home,
    invitations,
    messages,
    modules,
    public,
    review_queue,
    verify,
)


def register(app: Flask) -> None:
    for module in MODULES:
        app.register_blueprint(module.bp)
