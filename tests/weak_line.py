"""A weak line to a server: slow, late, and now and then it loses a request or an answer.

A relay of our own between browser and server, because what a browser's own tools drop never
reaches the server: here half of what is lost has been done before its answer is lost.
"""

import random
import re
import socket
import threading
import time
from contextlib import suppress
from types import TracebackType

PIECE = 2_048
END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class WeakLine:
    """Relays HTTP to `port` on this machine; `url` is where the browser goes instead."""

    def __init__(
        self, port: int, *, bits_per_second: int = 256_000, latency: float = 0.1,
        one_lost_in: int = 10, seed: int = 1,
    ) -> None:
        self.port = port
        self.rate = bits_per_second / 8
        self.latency = latency
        self.one_lost_in = one_lost_in
        self.chance = random.Random(seed)  # noqa: S311 - the same losses in every run
        self.lost = self.passed = 0
        self.turn = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def __enter__(self) -> "WeakLine":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                browser, _ = self.listener.accept()
                threading.Thread(target=self._relay, args=(browser,), daemon=True).start()

    def _relay(self, browser: socket.socket) -> None:
        """One request a connection: what is lost takes nothing else with it."""
        with browser, suppress(OSError):
            request = _read_request(browser)
            if not request:
                return
            with self.turn:
                is_lost = self.one_lost_in and not self.chance.randrange(self.one_lost_in)
                has_arrived = not is_lost or bool(self.chance.randrange(2))
                self.lost, self.passed = self.lost + bool(is_lost), self.passed + (not is_lost)
            self._take_time(len(request))
            if not has_arrived:
                return
            answer = self._ask(request)
            if not is_lost:
                for start in range(0, len(answer), PIECE):
                    piece = answer[start : start + PIECE]
                    self._take_time(len(piece), latency=0 if start else self.latency)
                    browser.sendall(piece)

    def _ask(self, request: bytes) -> bytes:
        head, _, body = request.partition(END_OF_HEAD)
        lines = [
            line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")
        ]
        with socket.create_connection(("127.0.0.1", self.port)) as server:
            server.sendall(b"\r\n".join([*lines, b"Connection: close"]) + END_OF_HEAD + body)
            answer = b""
            while piece := server.recv(65_536):
                answer += piece
        return answer

    def _take_time(self, size: int, latency: float | None = None) -> None:
        time.sleep(self.latency if latency is None else latency)
        with self.turn:  # everything shares one line
            time.sleep(size / self.rate)


def _read_request(browser: socket.socket) -> bytes:
    request = b""
    while END_OF_HEAD not in request:
        piece = browser.recv(65_536)
        if not piece:
            return b""
        request += piece
    head, _, body = request.partition(END_OF_HEAD)
    length = int(found[1]) if (found := _LENGTH.search(head)) else 0
    while len(body) < length:
        piece = browser.recv(65_536)
        if not piece:
            return b""
        body += piece
    return head + END_OF_HEAD + body
