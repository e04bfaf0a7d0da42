"""Start programs side by side and stop them all when one ends or somebody presses Ctrl-C."""

import os
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from http.client import HTTPException
from pathlib import Path

PATIENCE = 15.0


class Ended(Exception):
    """A program that should go on has ended."""


class Group:
    """Programs that live and die together."""

    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path | None = None,
    ) -> None:
        """Start a program in a process group of its own, so that Ctrl-C reaches only us."""
        with ExitStack() as stack:
            output = stack.enter_context(log.open("ab")) if log else None
            self.processes[name] = subprocess.Popen(
                command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, start_new_session=True,
            )

    def check(self) -> None:
        """Raise Ended when a program is no longer running."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise Ended(f"{name} ended with exit code {process.returncode}")

    def wait(self) -> None:
        """Return never: raises Ended, or what a signal raises."""
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask every program to stop; after some patience, do not ask."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()


def children(pid: int) -> list[int]:
    """Return the processes that `pid` has started (Linux)."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def is_free(port: int) -> bool:
    """Whether nobody listens on the port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of this machine that nobody listens on.

    Below those that the system deals to outgoing connections: somebody who waits for a server
    on one of these may be dealt the same port, and be connected to themselves.
    """
    while not is_free(port := random.randint(15_000, 32_000)):  # noqa: S311 (no secret)
        pass
    return port


def wait_until_ready(url: str, *, meanwhile: Callable[[], None], seconds: float = 60) -> None:
    """Return when `url` answers 200; TimeoutError after a while, or what `meanwhile` raises."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        meanwhile()
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, HTTPException, OSError):
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within {seconds:.0f} seconds")
