"""How often one address may do something, counted together by all processes of the machine.

The counters lie in a small file that the processes share as memory. So a page that only reads
writes nothing to the database, no table is needed for rows that are worthless a minute later,
and no address is kept: an address is only ever a place in the file, found with our key. Several
machines count each for themselves, which is enough for what is counted here: it keeps somebody
from trying on and on, while the secrets themselves are far too long to be guessed.
"""

import fcntl
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from ipaddress import ip_address
from mmap import mmap
from pathlib import Path
from struct import Struct
from threading import Lock

from flask import Flask, current_app, request

from app import clock

SLOTS = 4096
RECORD = Struct("<II")
"""Which window, counted from 1970, and how many times in it."""


class Counter:
    """At most `limit` times in a window of `seconds` for one key."""

    def __init__(
        self, secret: str, *, limit: int, seconds: int, path: Path | None = None
    ) -> None:
        """Count in the file at `path`, or without one in this process alone."""
        self.secret, self.limit, self.seconds = secret.encode(), limit, seconds
        self.file = -1
        if path:
            self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            os.ftruncate(self.file, SLOTS * RECORD.size)
        self.memory = mmap(self.file, SLOTS * RECORD.size)
        self.lock = Lock()

    def wait(self, key: str, now: datetime) -> int:
        """Return how many seconds `key` must wait; 0 when it need not."""
        window, place = self._window(now), self._place(key)
        with self._alone():
            stored, times = RECORD.unpack_from(self.memory, place)
        if stored != window or times < self.limit:
            return 0
        return max((window + 1) * self.seconds - int(now.timestamp()), 1)

    def count(self, key: str, now: datetime) -> None:
        """Note that `key` did it once more."""
        window, place = self._window(now), self._place(key)
        with self._alone():
            stored, times = RECORD.unpack_from(self.memory, place)
            times = times + 1 if stored == window else 1
            RECORD.pack_into(self.memory, place, window, min(times, self.limit))

    def _window(self, now: datetime) -> int:
        return int(now.timestamp()) // self.seconds

    def _place(self, key: str) -> int:
        digest = hmac.digest(self.secret, key.encode(), "sha256")
        return int.from_bytes(digest[:4], "big") % SLOTS * RECORD.size

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep threads apart by a lock of ours, processes by one on the file."""
        with self.lock:
            if self.file < 0:
                yield
                return
            fcntl.lockf(self.file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self.file, fcntl.LOCK_UN)


def address() -> str:
    """Return whom a request comes from: an IPv4 address, or the network of an IPv6 one."""
    raw = request.remote_addr or "unknown"
    try:
        parsed = ip_address(raw)
    except ValueError:
        return raw
    return raw if parsed.version == 4 else str(int(parsed) >> 64)


def counter(name: str) -> Counter:
    return current_app.extensions["counters"][name]


def waiting_time(name: str) -> int:
    """Return how many seconds the one who asks must wait before doing `name` again."""
    return counter(name).wait(address(), clock.now())


def count(name: str) -> None:
    """Note that the one who asks did `name`."""
    counter(name).count(address(), clock.now())


def init_app(app: Flask) -> None:
    app.extensions["counters"] = {
        "lookup": _make(app, "lookup", limit=10, seconds=60),
        "message": _make(app, "message", limit=5, seconds=600),
    }


def _make(app: Flask, name: str, *, limit: int, seconds: int) -> Counter:
    config = app.config["STEGVIS"]
    if config.testing:  # every test counts from nothing
        return Counter(config.secret_key, limit=limit, seconds=seconds)
    folder = config.data_dir / "counters"
    folder.mkdir(parents=True, exist_ok=True)
    return Counter(config.secret_key, limit=limit, seconds=seconds, path=folder / name)
