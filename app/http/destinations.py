"""Where a form may send somebody: pages of this site, and nowhere else."""

from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException


def safe_next(target: str | None) -> str | None:
    """Return `target` when it is a path on this site to go on to, else None."""
    if not target or not target.startswith("/") or "//" in target or "\\" in target:
        return None
    if any(ord(c) < 33 for c in target) or len(target) > 2000:
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or parts.path == url_for("auth.login"):
        return None
    return target


def page_at(path: str | None) -> str | None:
    """Return `path` when it is one of our pages that can be opened, else None."""
    target = safe_next(path)
    if target is None:
        return None
    try:
        current_app.url_map.bind("").match(urlsplit(target).path, method="GET")
    except HTTPException:
        return None
    return target
