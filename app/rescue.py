"""What somebody wrote when their login had run out: shown at once, saved after logging in."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

MACHINERY = {"csrf_token", "idem", "password"}


def page() -> ResponseReturnValue:
    """Return the page that shows what was posted, with a way to log in again."""
    kept = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in MACHINERY and value.strip()
    ]
    return render_template("errors/rescue.html", kept=kept), 400
