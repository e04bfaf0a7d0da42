"""What was acknowledged, written down outside Stegvis before anybody goes on."""

import json
import os
import threading
import time
from pathlib import Path


class Ledger:
    """A file that is synced at every line; threads share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a")
        self._grew = threading.Condition()
        self.count = 0

    def write(self, **entry: object) -> None:
        """Note one acknowledged thing."""
        with self._grew:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self.count += 1
            self._grew.notify_all()

    def wait_until(self, count: int, seconds: float) -> None:
        """Return when `count` things have been noted, or after a while."""
        deadline = time.monotonic() + seconds
        with self._grew:
            while self.count < count and (left := deadline - time.monotonic()) > 0:
                self._grew.wait(left)

    def close(self) -> list[dict]:
        """Return all that was noted, as it lies on the disk."""
        self._file.close()
        return [json.loads(line) for line in self.path.read_text().splitlines()]
