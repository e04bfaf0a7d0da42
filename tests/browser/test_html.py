"""Every page of the demonstration is HTML as the standard has it, says the Nu HTML checker."""

import json
import shutil
import subprocess

import pytest

from tests.browser.sitemap import Session
from tests.browser.test_accessibility import in_language, none


def test_the_checker_finds_no_error(demo, pages, node_modules, tmp_path, record_property):
    java = shutil.which("java")
    if java is None:
        pytest.fail("The HTML checker needs Java: apt-get install openjdk-17-jre-headless")
    files = {}
    for role, paths in pages.items():
        session = Session(demo, role)
        for language in ("sv", "en"):
            for path in paths:
                file = tmp_path / f"{len(files)}.html"
                file.write_text(session.get(in_language(path, language))[1], encoding="utf-8")
                files[file.name] = f"{role} {in_language(path, language)}"

    checker = node_modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [java, "-Xss4m", "-jar", checker, "--errors-only", "--format", "json", "--stdout",
         *sorted(tmp_path.glob("*.html"))],
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip

    messages = json.loads(done.stdout)["messages"]
    record_property("sidor utan fel i HTML", len(files))
    none([
        f"{files[m['url'].rsplit('/', 1)[-1]]} line {m.get('lastLine')}: {m['message']}"
        for m in messages
    ])
    assert done.returncode == 0, done.stderr
