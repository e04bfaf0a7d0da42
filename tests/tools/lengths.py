"""No file of the code is over 300 lines without a reason in its first lines.

The reason is a line that begins with `Long because` after its comment mark.
"""

import re
import subprocess
import sys
from pathlib import Path

LIMIT = 300
KINDS = (".py", ".html", ".css", ".js")
REASON = re.compile(r"\blong because\b", re.IGNORECASE)


def too_long(root: Path) -> list[str]:
    """Return what is wrong, one line for each file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    problems = []
    for name in filter(None, listed.split("\0")):
        path = root / name
        if not name.endswith(KINDS) or not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > LIMIT and not REASON.search("\n".join(lines[:10])):
            problems.append(f"{name}: {len(lines)} lines, and its first lines give no reason")
    return problems


if __name__ == "__main__":
    found = too_long(Path(__file__).resolve().parent.parent.parent)
    print("\n".join(found))
    sys.exit(1 if found else 0)
