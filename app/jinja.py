"""What templates may use besides Flask's own: labels of stored words, and strictness."""

from flask import Flask, current_app
from jinja2 import StrictUndefined

from app import labels


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["label"] = labels.label
    app.jinja_env.globals["settings"] = lambda: current_app.config["STEGVIS"]
    app.jinja_env.globals["known_endpoints"] = app.view_functions
