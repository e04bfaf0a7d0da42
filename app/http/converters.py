"""What may stand in an address."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""The greatest number a row's id can be, on both databases."""


class RowNumber(IntegerConverter):
    """A number that a row may have; an address with a greater one leads nowhere: 404."""

    def __init__(self, map: Any, **kwargs: Any) -> None:
        super().__init__(map, **{"max": LARGEST} | kwargs)


def init_app(app: Flask) -> None:
    """Read every `<int:…>` so. Runs before the views are registered."""
    app.url_map.converters["int"] = RowNumber
