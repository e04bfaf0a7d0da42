"""Reading the course without a network: what a browser may keep, and for whom.

A service worker (`static/sw.js`) keeps the pages listed here on a device that its owner has
called their own, and nothing else. Every page that somebody is shown says whose it is, as a
mark that means nothing outside of this installation; when it is not who saved, or the device
is no longer theirs, the worker deletes what it has before the page is drawn.
"""

import hmac
from hashlib import sha256

from flask import Flask, Response, current_app, g, request, url_for
from flask_login import current_user

from app import assets, i18n
from app.http import devices
from courses.catalog import Course

READER = "Stegvis-Reader"
"""On pages for somebody who is logged in: whose the page is, or `shared`."""
KEEPS = "Stegvis-Keeps"
"""On what the worker may keep. It keeps no answer without it."""
SHARED = "shared"
ASSETS = ("app.css", "app.js", "exit.js", "offline.js",
          "fonts/public-sans-latin-wght-normal.woff2")


def reader() -> str:
    """Return the mark of who is logged in, or `shared` on a device that is not their own."""
    if not devices.is_own_device():
        return SHARED
    secret = current_app.config["STEGVIS"].secret_key.encode()
    whose = f"offline {current_user.identity.user_id}".encode()
    return hmac.new(secret, whose, sha256).hexdigest()[:24]


def version(course: Course) -> str:
    """Return what changes when the saved pages do: edition, language, looks."""
    return f"{course.digest[:12]}-{i18n.select_language()}-{assets.digest()}"


def pages(slugs: list[str]) -> list[str]:
    """Return the addresses that are saved, the page for having no network first."""
    return [
        url_for("offline.without_network"),
        url_for("public.support"),
        *(url_for("offline.content", slug=slug) for slug in slugs),
        *(f"{current_app.static_url_path}/{name}" for name in ASSETS),
    ]


def may_be_kept(response: Response) -> Response:
    response.headers[KEEPS] = "yes"
    return response


def _finish(response: Response) -> Response:
    # only where the page has asked who it is anyway: public pages run no statement
    if "_login_user" in g and current_user.is_authenticated:
        response.headers[READER] = reader()
    if request.endpoint in ("static", "public.support"):
        may_be_kept(response)
    return response


def init_app(app: Flask) -> None:
    app.after_request(_finish)
