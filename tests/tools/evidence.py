"""Writes what `make verify` showed, for those who want to see the proof and not the promise."""

import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suite import Suite


def write(path: Path, suite: "Suite") -> None:
    """Replace the table at `path` by this run's."""
    results = suite.results
    failed = results.failed + len(suite.broken)
    lines = [
        "# Bevis",
        "",
        "Skriven av `make verify`, som kör de långa proven.",
        "",
        "| | |",
        "|---|---|",
        f"| Datum | {datetime.now(UTC):%Y-%m-%d %H:%M} UTC |",
        f"| Incheckning | `{_commit()}` |",
        "| Kommando | `make verify` |",
        f"| Python | {platform.python_version()} |",
        f"| Prov | {results.passed} gick igenom, {failed} inte, {results.skipped} överhoppade |",
        "",
        "| Del | Sekunder |",
        "|---|---:|",
        *(f"| {name} | {seconds:.0f} |" for name, seconds, _ in suite.times),
        "",
        "| Del | Mått | Värde |",
        "|---|---|---:|",
        *(f"| {run} | {name} | {value} |" for (run, name), value in _sums(results.figures)),
        "",
    ]
    if suite.broken:
        lines += ["Det här gick inte igenom:", "", *(f"- {name}" for name in suite.broken), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def _sums(figures: list[tuple[str, str, str]]) -> list[tuple[tuple[str, str], str]]:
    """Add up what several tests counted under one name."""
    found: dict[tuple[str, str], str] = {}
    for run, name, value in figures:
        before = found.get((run, name), "0")
        both = before.isdecimal() and value.isdecimal()
        found[run, name] = str(int(before) + int(value)) if both else value
    return sorted(found.items())


def _commit() -> str:
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"],
        cwd=Path(__file__).parent, capture_output=True, text=True,
    )  # fmt: skip
    return described.stdout.strip() or "okänd"
