"""The web: HTTP in, HTML out. Knows the course engine; nothing in the engine knows it."""

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from app import (
    assets,
    cli,
    csrf,
    db,
    editions,
    errors,
    guard,
    headers,
    i18n,
    identity,
    installing,
    jinja,
    owner,
    readiness,
    sessions,
    views,
    who_sees,
)
from app.files import receiving, uploads
from app.http import (
    autosave,
    converters,
    devices,
    frequency,
    idempotency,
    incoming,
    offline,
    rescue,
)
from app.login import passkeys, second_step
from app.pages import editing
from config import Config


def create_app(config: Config) -> Flask:
    """Return the application, or raise when it may not start as it is."""
    config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask(__name__, static_url_path=f"/static/{assets.digest()}")
    app.config.update(
        STEGVIS=config,
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        TRUSTED_HOSTS=config.trusted_hosts,
        MAX_CONTENT_LENGTH=2_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,  # 500 kB of text, each byte written as %XX
        SESSION_COOKIE_NAME="__Host-stegvis" if config.is_https else "stegvis",
        SESSION_COOKIE_SECURE=config.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIN_SIZE=600,
    )
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    Compress(app)
    converters.init_app(app)
    incoming.init_app(app)
    receiving.init_app(app)
    views.register(app)
    # after_request runs in reverse order: `db` must commit before the others set cookies and
    # headers on what turned out to be the answer, so it comes last of those that use it
    for part in (
        headers, assets, i18n, csrf, sessions, devices, second_step, identity, idempotency, jinja,
        errors, db,
    ):
        part.init_app(app)
    # guard last: it inspects every view
    for part in (
        offline, passkeys, rescue, autosave, who_sees, cli, readiness, owner, editions, editing,
        uploads, frequency, installing, guard,
    ):
        part.init_app(app)
    # a server may fork from here: what was opened to look at the database is not to be shared
    app.extensions["database"].engine.dispose()
    return app


def tools() -> Flask:
    """Return an application that serves nothing: for authors who have a folder and no server."""
    app = Flask(__name__)
    app.cli.add_command(cli.content.group)
    return app
