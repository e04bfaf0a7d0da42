"""`make lock`: compile requirements*.in into files that name each package with its hashes.

For Python 3.11.2, the one of Debian 12: a newer one would choose packages that it cannot run.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "lock"
UV = FOLDER / "bin" / "uv"
COMPILE = [
    str(UV), "pip", "compile", "--quiet", "--generate-hashes", "--python-version", "3.11.2",
    "--no-emit-index-url", "--no-emit-find-links",
]  # fmt: skip

if not UV.exists():
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    subprocess.run([FOLDER / "bin" / "python", "-m", "pip", "install", "-qq", "uv"], check=True)
for name in ("requirements", "requirements-dev"):
    subprocess.run([*COMPILE, f"{name}.in", "-o", f"{name}.txt"], cwd=ROOT, check=True)
