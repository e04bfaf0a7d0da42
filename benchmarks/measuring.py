"""Processor time and memory of a server's processes, as the kernel counts them."""

import http.client
import os
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tests.browser.sitemap import read

TICK = os.sysconf("SC_CLK_TCK")
WARM, MEASURED = 10, 60


class Browser:
    """One connection that stays open, with cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = SimpleCookie()

    def get(self, path: str) -> bytes:
        """Return what the page weighs on the wire; 200 or an error."""
        return self._ask("GET", path)

    def log_in(self, email: str, password: str) -> None:
        """Log in through the form."""
        html = self._ask("GET", "/logga-in", packed=False).decode()
        form = read(html).forms["/logga-in"] | {"email": email, "password": password}
        self._ask("POST", "/logga-in", urlencode(form), expected=303)

    def _ask(
        self, method: str, path: str, body: str = "", expected: int = 200, *, packed: bool = True
    ) -> bytes:
        headers = {"Cookie": "; ".join(f"{m.key}={m.value}" for m in self.cookies.values())}
        if packed:
            headers["Accept-Encoding"] = "gzip, deflate, br"
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(value)
        if answer.status != expected:
            raise RuntimeError(f"{method} {path} answered {answer.status}")
        return content


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time that the processes have used, in user and kernel mode."""
    total = 0
    for pid in pids:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(after_name[11]) + int(after_name[12])
    return total / TICK


def memory_mb(pids: list[int]) -> float:
    """Return the memory of the processes, what they share counted once among them."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def milliseconds(browser: Browser, path: str, pids: list[int], times: int = MEASURED) -> float:
    """Return the processor time that one view of a page takes."""
    for _ in range(WARM):
        browser.get(path)
    before = cpu_seconds(pids)
    for _ in range(times):
        browser.get(path)
    return (cpu_seconds(pids) - before) / times * 1000
