"""Kills what serves and what works, at moments nobody has chosen."""

import os
import random
import signal
import threading
import time

from deploy.processes import Ended, children
from tests.faults.ledger import Ledger
from tests.live import Live

MASTER, JOBS = "web", "worker"


class Supervisor(threading.Thread):
    """Starts the job worker again whenever it has died, as an operator's init system does."""

    def __init__(self, live: Live) -> None:
        super().__init__(daemon=True)
        self.live = live
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(0.2):
            if self.live.group.processes[JOBS].poll() is not None:
                self.live.start_worker()


class Killer:
    """Sends SIGKILL to web workers, and every fifth time to the job worker."""

    def __init__(self, live: Live, ledger: Ledger, seed: int) -> None:
        self.live = live
        self.ledger = ledger
        self.random = random.Random(seed)  # noqa: S311 (no secret)
        self.web = self.jobs = 0

    def kill(self, times: int) -> None:
        """Kill so many; between two of them a few more things are acknowledged."""
        for n in range(times):
            self.ledger.wait_until(self.ledger.count + self.random.randint(1, 5), seconds=5)
            time.sleep(self.random.uniform(0, 0.1))
            if n % 5 == 4:
                self.jobs += self._kill(self.live.group.processes[JOBS].pid)
            else:
                self.web += self._kill(self._web_worker())

    def _web_worker(self) -> int:
        master = self.live.group.processes[MASTER]
        if master.poll() is not None:
            raise Ended("gunicorn's master has died")
        while not (found := children(master.pid)):
            time.sleep(0.05)
        return self.random.choice(found)

    def _kill(self, pid: int) -> int:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return 0
        return 1
