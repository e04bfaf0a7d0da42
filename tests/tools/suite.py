"""`make sure`, `make test`, `make verify`: everything that must hold, from an empty machine.

    python3 tests/tools/suite.py sure|test|verify|bench

Standard library only: this makes the environment that the rest runs in.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "deploy"), str(Path(__file__).parent)]

import evidence  # noqa: E402 (the paths come first)
import memory  # noqa: E402
import needs  # noqa: E402
import postgres  # noqa: E402
from environment import prepare  # noqa: E402
from results import Results  # noqa: E402

PLAIN = ["tests/unit", "tests/integration", "tests/functional"]
ON_BOTH = ["tests/integration", "tests/functional"]
PROOFS = [
    "tests/unit/test_certificate.py", "tests/functional/test_matrix.py",
    "tests/functional/test_budgets.py", "tests/integration/life_cycle",
]
WRITING = ["tests/browser/test_writing.py", "tests/browser/test_writing_with_others.py"]
"""Where a text must not be lost, whatever the database."""
TWO = ("-n", "2", "--dist", "worksteal")
LONGEST = 7_200
"""Seconds after which a step that hangs is ended, so that the others are still told."""


class Suite:
    """Runs checks and tests one after the other, and remembers how they went."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.python = python
        self.folder = folder
        self.results = Results()
        self.broken: list[str] = []
        self.times: list[tuple[str, float, float]] = []
        """Name, seconds on the clock, and seconds that processors worked."""

    def check(self, name: str, *command: str) -> None:
        """Run a program that says with its exit code whether all is well."""
        self._step(name, [str(self.python.parent / command[0]), *command[1:]], {})

    def pytest(self, name: str, paths: list[str], *options: str, **environment: str) -> None:
        """Run tests under those of `paths` that exist, and count them."""
        report = self.folder / f"{len(self.times)}.xml"
        paths = [path for path in paths if (ROOT / path).exists()]
        if not paths:
            return
        before = self.results.failed
        most = 3_600 if os.environ.get("STEGVIS_VERIFY") else 600  # seconds for one test
        self._step(
            name,
            [str(self.python), "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--timeout={most}",
             f"--junitxml={report}", "-o", "junit_family=xunit1", *options, *paths],
            environment,
        )
        if report.exists():
            self.results.read(report, name)
        if self.results.failed > before and name in self.broken:
            # counted as tests, not as a broken step
            self.broken.remove(name)

    def _step(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        print(f"\n── {name}", flush=True)
        begun, worked = time.monotonic(), _processor_time()
        try:
            code = subprocess.run(
                command, cwd=ROOT, env=_environment() | environment, stdin=subprocess.DEVNULL,
                timeout=LONGEST,
            ).returncode
        except subprocess.TimeoutExpired:
            name, code = f"{name} (not done after {LONGEST} s)", 1
        self.times.append((name, time.monotonic() - begun, _processor_time() - worked))
        if code:
            self.broken.append(name)

    def finish(self) -> int:
        """Print the totals, the very last line in the form that machines read."""
        print("\n── Times")
        for name, seconds, worked in self.times:
            print(f"  {name:<44}{seconds:>6.0f} s{worked:>6.0f} s of processor time")
        print(f"\n── Tests\n{self.results.summary()}")
        for name in self.broken:
            print(f"  BROKEN: {name}")
        failed = self.results.failed + len(self.broken)
        skipped = f", {self.results.skipped} skipped" if self.results.skipped else ""
        print(f"\n{self.results.passed} passed, {failed} failed{skipped}", flush=True)
        return 1 if failed or not self.results.passed else 0


def _processor_time() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _environment() -> dict[str, str]:
    """Return our environment without settings of a Stegvis that somebody runs here."""
    ours = ("STEGVIS_CHROMIUM", "STEGVIS_VERIFY")
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("STEGVIS_") or name in ours
    }


def sure(suite: Suite) -> None:
    """What a change must pass before it is committed: half a minute."""
    suite.check("Lint", "ruff", "check", "--no-cache", ".")
    suite.check("Imports", "lint-imports", "--no-cache")
    suite.check("Types", "mypy", "--strict", "courses")
    suite.check("Content", "flask", "--app", "wsgi", "content", "check")
    suite.check("Length of files", "python", "tests/tools/lengths.py")


def test(suite: Suite, stack: ExitStack) -> None:
    """All of it, with a short form of the long proofs."""
    sure(suite)
    quick = in_memory(stack)
    suite.pytest("Tests on SQLite", PLAIN, *TWO, **quick)
    second = second_database(suite, stack)
    if second:
        suite.pytest("Tests on PostgreSQL", ON_BOTH, *TWO, **quick, **second)
    prove(suite, second, quick)


def verify(suite: Suite, stack: ExitStack) -> None:
    """The proofs in their long form: documents, roles, budgets, every page, the kills."""
    os.environ["STEGVIS_VERIFY"] = "1"
    quick = in_memory(stack)
    second = second_database(suite, stack)
    suite.pytest("Certificate, roles, budgets and life cycles on SQLite", PROOFS, *TWO, **quick)
    if second:
        suite.pytest(
            "Roles, budgets and life cycles on PostgreSQL", PROOFS[1:], *TWO, **quick, **second
        )
    prove(suite, second, quick)


def in_memory(stack: ExitStack) -> dict[str, str]:
    """Return the setting that lets tests write what they throw away into memory. Those that
    kill and those that count what is synced stay on the disk."""
    place = memory.folder()
    if place is None:
        return {}
    made = tempfile.TemporaryDirectory(
        prefix="stegvis-test-", dir=place, ignore_cleanup_errors=True
    )
    return {"TMPDIR": stack.enter_context(made)}


def second_database(suite: Suite, stack: ExitStack) -> dict[str, str]:
    """Start a PostgreSQL for the rest of the run; return the setting that leads to it."""
    programs = needs.postgres_programs()
    if not programs:
        return {}
    try:
        return {"STEGVIS_TEST_DATABASE": stack.enter_context(postgres.server(programs))}
    except (RuntimeError, OSError) as error:  # what does not need it is still told
        suite.broken.append(f"PostgreSQL does not start: {error}")
        return {}


def prove(suite: Suite, second: dict[str, str], quick: dict[str, str]) -> None:
    """What takes a browser, or kills: as long as STEGVIS_VERIFY says."""
    if needs.chromium():
        suite.pytest("Tests in a browser", ["tests/browser"], *TWO, **quick)
        if second:
            suite.pytest("Writing in a browser, on PostgreSQL", WRITING, *TWO, **quick, **second)
    suite.pytest("Faults on SQLite", ["tests/faults"])
    if second:
        suite.pytest("Faults on PostgreSQL", ["tests/faults"], **second)


def main(action: str) -> int:
    python = prepare(ROOT / ".venv-dev", ROOT / "requirements-dev.txt")
    if action == "bench":
        return subprocess.run([str(python), "-m", "benchmarks"], cwd=ROOT).returncode
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stegvis-test-")))
        suite = Suite(python, folder)
        if action == "sure":
            sure(suite)
            suite.pytest("Quick tests", ["tests/unit"], "-n", "2")
            return suite.finish()
        problems = needs.provide()
        print("\n".join(problems), file=sys.stderr)
        if os.environ.get("CI"):  # a missing browser or database is a failure, never a skip
            suite.broken += problems
        {"test": test, "verify": verify}[action](suite, stack)
        if action == "verify":
            evidence.write(ROOT / "docs" / "bevis" / "verify.md", suite)
        return suite.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
