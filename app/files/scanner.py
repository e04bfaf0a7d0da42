"""The virus scanner: clamd's INSTREAM, over TCP or a socket of this machine.

The whole protocol is: `zINSTREAM`, pieces with their length in front, a length of nothing; the
answer is one line that ends with OK, with FOUND, or says what went wrong.
"""

import socket
from pathlib import Path
from struct import pack
from urllib.parse import urlsplit

PIECE = 65_536
SECONDS = 60


class ScannerAway(Exception):
    """No answer, or none that says whether the file is clean."""


def is_clean(url: str, path: Path) -> bool:
    """Return whether the scanner at `url` found nothing; raise ScannerAway."""
    try:
        with _connect(url) as connection, path.open("rb") as file:
            connection.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                connection.sendall(pack("!L", len(piece)) + piece)
            connection.sendall(pack("!L", 0))
            answer = _answer(connection)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error
    if answer.endswith("FOUND"):
        return False
    if answer.endswith("OK"):
        return True
    raise ScannerAway("no verdict")


def _connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(SECONDS)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket) -> str:
    received = b""
    while b"\0" not in received and len(received) < 1_000:
        piece = connection.recv(1_000)
        if not piece:
            break
        received += piece
    return received.split(b"\0")[0].decode("ascii", "replace").strip()
