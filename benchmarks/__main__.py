"""`make bench`: what a page costs, against a bare page on the same machine in the same run."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.measuring import Browser, memory_mb, milliseconds
from config import ROOT
from deploy.processes import children, free_port, wait_until_ready
from tests.live import Live, running

sys.path.insert(0, str(ROOT / "tests" / "tools"))
sys.path.insert(0, str(ROOT / "deploy"))

import needs
import postgres

BUDGETS = {"SQLite": 2.5, "PostgreSQL": 3.0}
SIZES = (200, 2_000)
MEMORY_MB = 150
START_SECONDS = 4
GROWTH = 3.0


class Bench:
    """Collects figures and prints each with its budget."""

    def __init__(self) -> None:
        self.over: list[str] = []

    def show(self, name: str, value: float, unit: str, budget: float | None = None) -> None:
        """Print one figure."""
        mark = ""
        if budget is not None:
            mark = f"  budget {budget:g}"
            if value > budget:
                self.over.append(name)
                mark += "  OVER"
        print(f"  {name:<52}{value:>9.2f} {unit}{mark}", flush=True)


@contextmanager
def bare(live: Live) -> Iterator[float]:
    """Give the milliseconds of the bare page on the same database."""
    port = free_port()
    environment = live.environment | {
        "WEB_CONCURRENCY": "1", "STEGVIS_BIND": f"127.0.0.1:{port}"
    }
    command = [sys.executable, "-m", "gunicorn", "--log-level", "warning", "benchmarks.bare:app"]
    live.group.start("bare", command, environment)
    wait_until_ready(f"http://127.0.0.1:{port}/in", meanwhile=live.group.check)
    browser = Browser(port)
    browser.get("/in")
    yield milliseconds(browser, "/", children(live.group.processes["bare"].pid))
    live.group.stop()


def measure(bench: Bench, database: str, participants: int) -> dict[str, float]:
    """Measure every page of a cohort of that size; return milliseconds by page."""
    print(f"\n{database}, {participants} participants")
    found = {}
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as live:
        loaded = json.loads(
            live.flask("synthetic", "load", "--municipalities", "15",
                       "--participants", str(participants), "--json")
        )  # fmt: skip
        with bare(live) as floor:
            bench.show("a bare page", floor, "ms")
        begun = time.monotonic()
        live.start(workers=2)
        bench.show("from start to ready", time.monotonic() - begun, "s", START_SECONDS)
        workers = children(live.group.processes["web"].pid)
        for role, paths in loaded["paths"].items():
            browser = Browser(live.port)
            accounts = [a for a in loaded["accounts"] if a["role"] == role]
            if accounts:
                browser.log_in(accounts[0]["email"], accounts[0]["password"])
            elif role != "public":
                continue
            for name, path in paths.items():
                spent = milliseconds(browser, path, workers)
                found[f"{role} {name}"] = spent
                bench.show(f"{role}: {name}", spent / floor, "× bare", BUDGETS[database])
                for _ in range(6):  # on new connections, so that both workers see the page
                    browser.connection.close()
                    browser.get(path)
        bench.show("memory of two web workers", memory_mb(workers), "MB", MEMORY_MB)
    return found


def main() -> int:
    bench = Bench()
    programs = needs.postgres_programs()
    for database in BUDGETS:
        with ExitStack() as stack:
            os.environ.pop("STEGVIS_TEST_DATABASE", None)
            if database == "PostgreSQL":
                if programs is None:
                    print("\nNo PostgreSQL here: apt-get install postgresql-15")
                    continue
                os.environ["STEGVIS_TEST_DATABASE"] = stack.enter_context(
                    postgres.server(programs)
                )
            small, large = (measure(bench, database, size) for size in SIZES)
            matrix = "county_coordinator overview"
            if matrix in small:
                growth = large[matrix] / small[matrix]
                bench.show("the matrix, 2,000 against 200", growth, "×", GROWTH)
    print(f"\n{len(bench.over)} over budget" + "".join(f"\n  {name}" for name in bench.over))
    return 1 if bench.over else 0


if __name__ == "__main__":
    sys.exit(main())
