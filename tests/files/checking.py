"""Checks the files of a folder one by one, in a process that holds nothing else.

    python -m tests.files.checking FOLDER

Prints what was said of each, and the most memory that this process and any that it started took.
"""

import json
import resource
import sys
from pathlib import Path

from courses.documents.uploads import check
from courses.errors import Refused


def main(folder: Path) -> None:
    said = {}
    for path in sorted(folder.iterdir()):
        try:
            check(path, path.name.partition("-")[2])
        except Refused as refused:
            said[path.name] = refused.reason.value
        else:
            said[path.name] = "taken"
    kilobytes = [_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]
    sys.stdout.write(json.dumps({"said": said, "kilobytes": kilobytes}))


def _own_peak() -> int:
    """What this program took; the other way to ask also counts who started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
