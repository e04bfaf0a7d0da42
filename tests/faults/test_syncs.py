"""Acknowledged means on the disk: a kill leaves the system's cache alone, so count the syncs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import Database
from config import ROOT

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


def syncs(folder: Path, mood: str) -> int:
    """Return how often 100 commits through our engine sync a file."""
    url = f"sqlite:///{folder / mood}.db"
    database = Database(url)
    with database.session(writes=True) as session, session.begin():
        session.execute(text("CREATE TABLE written (n INTEGER)"))
    database.engine.dispose()
    trace = folder / f"{mood}.trace"
    subprocess.run(
        ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", trace,
         sys.executable, "-c", PROGRAM, url, mood],
        cwd=ROOT, check=True,
    )  # fmt: skip
    return sum("sync(" in line for line in trace.read_text().splitlines())


def test_every_commit_is_synced(tmp_path, record_property):
    if shutil.which("strace") is None:
        pytest.fail("Counting needs strace: apt-get install strace")
    counted = syncs(tmp_path, "ours")
    record_property(f"synkningar vid {COMMITS} bekräftelser (SQLite)", counted)
    assert counted >= COMMITS
    assert syncs(tmp_path, "careless") < COMMITS / 2, "the counter would not notice"
