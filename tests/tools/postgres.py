"""A PostgreSQL server of the tests' own: a fresh cluster on a free port, gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent / "deploy"))
sys.path.append(str(Path(__file__).resolve().parent))

import memory
from processes import free_port

# nothing here must survive a power cut, and the suite takes a third of the time
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",  # it may lie in memory
    "autovacuum": "off",  # no database lives longer than a test
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
}


@contextmanager
def server(programs: Path, settings: dict[str, str] = SETTINGS) -> Iterator[str]:
    """Run a server during the block; gives its address for SQLAlchemy."""
    place = memory.folder() if settings.get("fsync") == "off" else None
    folder = Path(tempfile.mkdtemp(prefix="stegvis-postgres-", dir=place))
    prefix: list[str] = []
    if os.geteuid() == 0:  # initdb refuses root
        shutil.chown(folder, "postgres", "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]
    data, log = folder / "data", folder / "log"
    port = free_port()
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    try:
        _run([*prefix, programs / "initdb", "-D", data, "-U", "stegvis", "--auth=trust",
              "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], folder)
        control = [*prefix, programs / "pg_ctl", "-D", data, "-w"]
        _run([*control, "-l", log, "-o", f"-p {port} -k {folder} {options}", "start"], folder)
        try:
            yield f"postgresql://stegvis@127.0.0.1:{port}/postgres"
        finally:
            with suppress(RuntimeError):  # it may have died: the tests have told
                _run([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str | Path], folder: Path) -> None:
    # output to a file: the server would inherit a pipe and keep it open
    with (folder / "output").open("wb") as output:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    if done.returncode:
        raise RuntimeError(f"{command[-1]}: {(folder / 'output').read_text()}")

