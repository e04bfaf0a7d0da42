"""Static files under an address that changes with their content, so that browsers keep them."""

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

STATIC = Path(__file__).parent / "static"


def digest() -> str:
    """Return twelve characters that change when any static file does."""
    whole = sha256()
    for path in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        whole.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()[:12]


def _finish(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def init_app(app: Flask) -> None:
    app.after_request(_finish)
    app.jinja_env.globals["asset"] = lambda name: f"{app.static_url_path}/{name}"
