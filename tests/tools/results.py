"""What pytest found, read from its JUnit files: counts by kind of test, and figures."""

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("unit", "integration", "functional", "browser", "faults")


@dataclass
class Results:
    """Sums over all runs. A test that ran on both databases counts twice: it ran twice."""

    by_kind: Counter[str] = field(default_factory=Counter)
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    figures: list[tuple[str, str, str]] = field(default_factory=list)
    """Run, name of the figure, and the figure."""

    def read(self, path: Path, run: str) -> None:
        """Add what one run wrote."""
        for case in ET.parse(path).iter("testcase"):  # noqa: S314 (our own file)
            self._count(case)
            for figure in case.iter("property"):
                self.figures.append((run, figure.get("name", ""), figure.get("value", "")))

    def _count(self, case: ET.Element) -> None:
        parts = case.get("classname", "").split(".")
        kind = parts[1] if len(parts) > 1 and parts[1] in KINDS else "other"
        if case.find("failure") is not None or case.find("error") is not None:
            self.failed += 1
        elif case.find("skipped") is not None:
            self.skipped += 1
        else:
            self.passed += 1
            self.by_kind[kind] += 1

    def summary(self) -> str:
        """Return the counts, one line for each kind that ran."""
        kinds = [*KINDS, "other"]
        return "\n".join(
            f"  {kind:<12}{self.by_kind[kind]:>6} passed" for kind in kinds if self.by_kind[kind]
        )
