"""Addresses that work outside a request: they begin with the configured base URL."""

from typing import Any

from flask import current_app


def absolute(endpoint: str, **values: Any) -> str:
    """Return the full address of a page."""
    config = current_app.config["STEGVIS"]
    path = current_app.url_map.bind("").build(endpoint, values, force_external=False)
    return config.base_url + path
