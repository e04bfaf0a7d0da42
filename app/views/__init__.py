"""One blueprint a module; the URLs are Swedish words, the endpoints English."""

from flask import Flask

from app.views import auth, health, public, review_queue


def register(app: Flask) -> None:
    for module in (auth, health, public, review_queue):
        app.register_blueprint(module.bp)
