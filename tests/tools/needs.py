"""What the tests need beside Python, and how it comes onto the machine.

Standard library only: this runs before anything is installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
JAVA_LIBRARIES = Path("/usr/share/java")


@dataclass(frozen=True)
class Need:
    """A Debian package and how to see that what it brings is there."""

    package: str
    why: str
    present: Callable[[], bool]


def postgres_programs() -> Path | None:
    """Return the folder with initdb and postgres of the newest server, if there is one."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def chromium() -> str | None:
    """Return the path of the browser, if there is one."""
    return os.environ.get("STEGVIS_CHROMIUM") or shutil.which("chromium")


NEEDS = (
    Need("chromium", "the browser tests", lambda: chromium() is not None),
    Need("postgresql-15", "the second database", lambda: postgres_programs() is not None),
    Need("openjdk-17-jre-headless", "veraPDF and the HTML checker",
         lambda: shutil.which("java") is not None),
    Need("libjaxb-java", "veraPDF", lambda: (JAVA_LIBRARIES / "jaxb-runtime.jar").exists()),
    Need("npm", "axe and the HTML checker", lambda: shutil.which("npm") is not None),
    Need("libreoffice-writer-nogui", "opening the Word files we write",
         lambda: shutil.which("soffice") is not None),
    Need("strace", "counting what is synced to disk", lambda: shutil.which("strace") is not None),
)


def provide() -> list[str]:
    """Install what is missing, and return what could not be, as sentences with a remedy."""
    missing = [need for need in NEEDS if not need.present()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install([need.package for need in missing])
    problems = [
        f"{need.package} is missing, for {need.why}. As root: apt-get install {need.package}"
        for need in NEEDS
        if not need.present()
    ]
    if shutil.which("npm") and not _node_modules():
        problems.append("axe and the HTML checker could not be fetched. Try: npm ci")
    return problems


def _install(packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)} …", flush=True)
    # runlevel 1: a PostgreSQL that Debian starts on its own would only be in the way
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )
        if done.returncode:
            print(done.stdout[-2000:], file=sys.stderr)


def _node_modules() -> bool:
    """Bring node_modules to what package-lock.json says; whether that worked."""
    folder = ROOT / "node_modules"
    stamp = folder / ".stamp"
    wanted = sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )
    if done.returncode == 0:
        stamp.write_text(wanted)
    return done.returncode == 0
