"""Folders that editors have sent in, until they have said what shall become of them."""

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from flask import Flask, current_app

from courses.catalog import pack_files, unpack
from courses.catalog.files import Files
from courses.errors import NotFound

KEPT_SECONDS = 24 * 3600
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Uploads:
    """Packed folders by digest. Who comes back with the digest is still asked who they are."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def keep(self, files: Files) -> str:
        """Lay a folder aside for a day; return what it is found by. Older ones go."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self._sweep()
        digest, data = pack_files(files)
        handle, name = mkstemp(dir=self.directory, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, self.directory / f"{digest}.zip")
        return digest

    def find(self, digest: str) -> dict[str, bytes]:
        """Return the files of a folder that was laid aside; NotFound when it is gone."""
        if not _DIGEST.fullmatch(digest):
            raise NotFound
        try:
            return unpack((self.directory / f"{digest}.zip").read_bytes())
        except FileNotFoundError:
            raise NotFound from None

    def _sweep(self) -> None:
        oldest = time.time() - KEPT_SECONDS
        for path in self.directory.iterdir():
            with suppress(FileNotFoundError):  # another process sweeps, or names its new file
                if path.stat().st_mtime < oldest:
                    path.unlink()


def uploads() -> Uploads:
    return current_app.extensions["uploads"]


def init_app(app: Flask) -> None:
    app.extensions["uploads"] = Uploads(app.config["STEGVIS"].data_dir / "uploads")
