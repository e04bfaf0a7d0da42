"""The small course of our own, and a copy of it to break."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from courses.catalog import LoadedCourse, load_course
from tests.unit.courses.catalog import PROVKURS

Edit = Callable[..., None]


@pytest.fixture(scope="session")
def loaded() -> LoadedCourse:
    return load_course(PROVKURS)


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(PROVKURS, tmp_path / "provkurs"))


@pytest.fixture
def edit(folder) -> Edit:
    """Replace a piece of one file; the piece must be there."""

    def replace(file: str, old: str, new: str, count: int = 1) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, count), "utf-8")

    return replace
