"""Make a virtual environment from a hashed requirements file, once for each version of it.

    python3 deploy/environment.py .venv requirements.txt

Standard library only: this runs before anything is installed.
"""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

OLDEST = (3, 11)


def prepare(folder: Path, requirements: Path) -> Path:
    """Return the Python of an environment that holds exactly what `requirements` says."""
    if sys.version_info < OLDEST:
        sys.exit(f"Stegvis needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    python = folder / "bin" / "python"
    stamp = folder / "stamp"
    wanted = sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Installing {requirements.name} into {folder.name}, this takes a minute …", flush=True)
    _run(
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        remedy="On Debian: apt-get install python3-venv",
    )
    _run(
        [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check",
         "--no-input", "--only-binary", ":all:", "--require-hashes", "-r", str(requirements)],
        remedy="Can this machine reach its package index?",
    )
    stamp.write_text(wanted)
    return python


def _run(command: list[str], *, remedy: str) -> None:
    if subprocess.run(command, stdin=subprocess.DEVNULL).returncode:
        sys.exit(f"{' '.join(command[:4])} … failed. {remedy}")


if __name__ == "__main__":
    prepare(Path(sys.argv[1]).absolute(), Path(sys.argv[2]))
