"""A folder in memory for what the tests write and throw away."""

import os
import shutil
from pathlib import Path

SHARED = Path("/dev/shm")
ENOUGH = 4 * 2**30
"""The databases of a run take less than a tenth; browsers and LibreOffice want memory, too."""


def folder() -> Path | None:
    """Return a folder in memory, or nothing where there is none or too little of it: a database
    for every test is made and dropped in a third of the processor time there."""
    if not SHARED.is_dir() or not os.access(SHARED, os.W_OK | os.X_OK):
        return None
    free = min(shutil.disk_usage(SHARED).free, _available())
    return SHARED if free >= ENOUGH else None


def _available() -> int:
    for line in Path("/proc/meminfo").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name == "MemAvailable":
            return int(rest.split()[0]) * 1024
    return 0
