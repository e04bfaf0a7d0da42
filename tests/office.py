"""LibreOffice, to see that what we write opens in it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def converted(path: Path, wanted: str, *, file_filter: str = "") -> Path:
    """Return the document as LibreOffice saves it in another format (`wanted`: txt, odt …)."""
    if not shutil.which("soffice"):
        message = "No LibreOffice. As root: apt-get install libreoffice-writer-nogui"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    out = path.parent / "converted"
    out.mkdir(exist_ok=True)
    plain = out / f"document{path.suffix}"  # a name that every locale can read
    if plain != path:
        shutil.copy(path, plain)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{path.parent}/profile",
         "--convert-to", wanted + (f":{file_filter}" if file_filter else ""),
         "--outdir", str(out), str(plain)],
        check=True, capture_output=True, timeout=180,
    )
    return out / f"document.{wanted}"


def read_in_office(path: Path) -> str:
    """Return the words that LibreOffice reads in a document."""
    plain = converted(path, "txt", file_filter="Text (encoded):UTF8")
    return " ".join(plain.read_text("utf-8-sig").split())
