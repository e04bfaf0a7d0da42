"""A whole Stegvis as an operator would run it: gunicorn, a worker, a database of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, make_url, text

from config import ROOT, Config
from deploy.processes import Group, free_port, wait_until_ready

SECRET = "for-a-live-server-" * 3


class Live:
    """The programs of one Stegvis under `folder`, and the settings they run with."""

    def __init__(self, folder: Path, database_url: str, smtp_url: str = "") -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "STEGVIS_DATABASE_URL": database_url,
            "STEGVIS_SECRET_KEY": SECRET,
            "STEGVIS_DATA_DIR": str(folder),
            "STEGVIS_BASE_URL": self.url,
            "STEGVIS_BIND": f"127.0.0.1:{self.port}",
            "STEGVIS_SMTP_URL": smtp_url,
            "STEGVIS_DEMO": "1",
        }
        self.environment = os.environ | self.settings
        self.group = Group()

    @property
    def config(self) -> Config:
        """The settings as the app reads them."""
        return Config.from_environment(self.settings)

    def flask(self, *command: str) -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(
            flask(*command), cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True,
        )
        assert done.returncode == 0, f"flask {' '.join(command)}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def load_demo(self) -> dict:
        """Fill the database with the demonstration cohort; return what an outside check needs."""
        return json.loads(self.flask("demo", "load", "--json"))

    def start(self, *, workers: int = 2) -> None:
        """Start the web server and the worker, and wait until a page can be had."""
        web = [sys.executable, "-m", "gunicorn", "--chdir", str(ROOT), "--config",
               str(ROOT / "gunicorn.conf.py"), "--workers", str(workers), "wsgi:app"]
        self.group.start("web", web, self.environment, self.folder / "web.log")
        self.start_worker()
        wait_until_ready(f"{self.url}/halsa/redo", meanwhile=self.group.check)

    def start_worker(self) -> None:
        """Start what does the jobs and sends the mail."""
        self.group.start("worker", flask("worker"), self.environment, self.folder / "worker.log")

    def stop(self) -> None:
        """Stop all that was started."""
        self.group.stop()


def flask(*command: str) -> list[str]:
    """Return the command line of a flask command of ours."""
    return [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), *command]


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """An empty database: on the server that the suite was given, else a file."""
    server = os.environ.get("STEGVIS_TEST_DATABASE", "")
    if not server:
        yield f"sqlite:///{folder / 'stegvis.db'}"
        return
    name = f"stegvis_live_{token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def _migrate(live: Live) -> None:
    """Migrate an empty Stegvis; of files from the second time on by a copy of the first."""
    template = Path(_migrated.name)
    is_file = live.settings["STEGVIS_DATABASE_URL"].startswith("sqlite")
    if is_file and any(template.iterdir()):
        shutil.copytree(template, live.folder, dirs_exist_ok=True)
        return
    live.flask("db", "upgrade")
    if is_file:
        shutil.copytree(live.folder, template, dirs_exist_ok=True)


_migrated = TemporaryDirectory(prefix="stegvis-migrated-")
"""What this run has migrated first; nothing with PostgreSQL. It goes when the run ends."""


@contextmanager
def running(folder: Path, smtp_url: str = "") -> Iterator[Live]:
    """A migrated, empty Stegvis, not yet started; stopped at the end whatever happens."""
    with fresh_database(folder) as url:
        live = Live(folder, url, smtp_url)
        _migrate(live)
        try:
            yield live
        finally:
            live.stop()
