"""Acknowledged means on the disk: a kill leaves the system's cache alone, so count the syncs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import Database
from config import ROOT
from tests.tools import needs, postgres

COMMITS = 100
PROGRAM = """
import sys
from sqlalchemy import text
from app import db
if sys.argv[2] == "careless":
    db.PRAGMAS["synchronous"] = 0
database = db.Database(sys.argv[1])
for n in range(100):
    with database.session(writes=True) as session, session.begin():
        session.execute(text("INSERT INTO written VALUES (:n)"), {"n": n})
"""


def test_every_commit_is_synced(tmp_path, record_property):
    if os.environ.get("STEGVIS_TEST_DATABASE"):
        counted, careless = on_postgresql(), None
    else:
        counted, careless = on_sqlite(tmp_path, "ours"), on_sqlite(tmp_path, "careless")
    record_property(f"synkningar till disk vid {COMMITS} sparade", counted)
    assert counted >= COMMITS
    assert careless is None or careless < COMMITS / 2, "the counter would not notice"


def on_sqlite(folder: Path, mood: str) -> int:
    """Return how often commits through our engine sync a file, as the kernel sees it."""
    if shutil.which("strace") is None:
        pytest.fail("Counting needs strace: apt-get install strace")
    url = f"sqlite:///{folder / mood}.db"
    _make_table(Database(url))
    trace = folder / f"{mood}.trace"
    subprocess.run(
        ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", trace,
         sys.executable, "-c", PROGRAM, url, mood],
        cwd=ROOT, check=True,
    )  # fmt: skip
    return sum("sync(" in line for line in trace.read_text().splitlines())


def on_postgresql() -> int:
    """Return how often they sync the log of a server with its own defaults, as it counts."""
    programs = needs.postgres_programs()
    assert programs is not None
    with postgres.server(programs, {"listen_addresses": "127.0.0.1"}) as url:
        _make_table(Database(url))
        before = _log_syncs(url)
        subprocess.run([sys.executable, "-c", PROGRAM, url, "ours"], cwd=ROOT, check=True)
        return _log_syncs(url) - before


def _make_table(database: Database) -> None:
    with database.session(writes=True) as session, session.begin():
        session.execute(text("CREATE TABLE written (n INTEGER)"))
    database.engine.dispose()


def _log_syncs(url: str) -> int:
    database = Database(url)
    with database.session(writes=False) as session:
        counted = session.scalar(text("SELECT wal_sync FROM pg_stat_wal"))
    database.engine.dispose()
    return counted
