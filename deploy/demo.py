"""`make demo`: from nothing to a demonstration cohort that one can click about in.

    python3 deploy/demo.py          serve it, keeping what is there
    python3 deploy/demo.py reset    start over with fresh data
    python3 deploy/demo.py develop  serve it with reloading on every change of the code

Everything it keeps lies in `.venv/` and `var/demo/`. Standard library only.
"""

import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from environment import prepare
from processes import Ended, Group, is_free, wait_until_ready

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "var" / "demo"
LOCK = ROOT / "var" / "demo.lock"


def main(action: str) -> None:
    port = int(os.environ.get("PORT", "8000"))
    lock = _lock()
    if action != "reset" and not is_free(port):
        sys.exit(f"Port {port} is taken. Stop what listens there, or: make demo PORT={port + 1}")
    python = prepare(ROOT / ".venv", ROOT / "requirements.txt")
    if action == "reset":
        shutil.rmtree(DATA, ignore_errors=True)
    environment = _environment(port)
    flask = [str(python), "-m", "flask", "--app", "wsgi"]
    _run([*flask, "db", "upgrade"], environment)
    _run([*flask, "demo", "load"], environment)
    if action == "reset":
        print("\nThe demonstration is as new. `make demo` serves it.")
        return
    web = [str(python), "-m", "gunicorn", "--log-level", "warning", "wsgi:app"]
    if action == "develop":
        web = [*flask, "run", "--debug", "--port", str(port)]
    _serve(web, [*flask, "worker"], environment)
    lock.close()


def _lock():
    """Return an open file that nobody else holds, so that two never share the data."""
    LOCK.parent.mkdir(exist_ok=True)
    lock = LOCK.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("The demonstration is running already. Stop it first (Ctrl-C where it runs).")
    return lock


def _environment(port: int) -> dict[str, str]:
    DATA.mkdir(parents=True, exist_ok=True)
    secret = DATA / "secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_hex(32))
    return os.environ | {
        "STEGVIS_DATABASE_URL": f"sqlite:///{DATA / 'stegvis.db'}",
        "STEGVIS_SECRET_KEY": secret.read_text(),
        "STEGVIS_DATA_DIR": str(DATA),
        "STEGVIS_BASE_URL": f"http://127.0.0.1:{port}",
        "STEGVIS_BIND": f"127.0.0.1:{port}",
        "STEGVIS_DEMO": "1",
        "STEGVIS_OPEN_UNSCANNED": "1",  # a demonstration has no virus scanner
        "PYTHONUNBUFFERED": "1",
    }


def _run(command: list[str], environment: dict[str, str]) -> None:
    if code := subprocess.run(command, env=environment, cwd=ROOT).returncode:
        sys.exit(f"`{' '.join(command[2:])}` failed with exit code {code}.")


def _serve(web: list[str], worker: list[str], environment: dict[str, str]) -> None:
    """Run the web server and the worker until one ends or somebody stops us."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    os.chdir(ROOT)
    group = Group()
    try:
        group.start("The web server", web, environment)
        group.start("The worker", worker, environment)
        url = environment["STEGVIS_BASE_URL"]
        wait_until_ready(f"{url}/halsa/redo", meanwhile=group.check)
        print(f"\nStegvis is on {url}   (Ctrl-C stops it)", flush=True)
        group.wait()
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    except (Ended, TimeoutError) as error:
        sys.exit(f"{error}.")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        group.stop()


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "serve")
    except KeyboardInterrupt:
        sys.exit(130)
