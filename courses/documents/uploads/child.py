"""A stranger's file is opened in a process of its own, with little memory, time and knowledge.

Whatever a file does to the program that reads it, it does to that process: the server goes on,
and the file is one that cannot be opened. The process inherits no settings and no secrets.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from courses.documents.uploads.kinds import DOCX, PICTURES, refuse_other_signature, wanted_type
from courses.errors import Reason, Refused

MEMORY = 240 * 1024 * 1024
CHECK_SECONDS = 6
READ_SECONDS = 30
ROOT = Path(__file__).resolve().parents[3]
_NO_SETTINGS = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}


def check(path: Path, name: str) -> str:
    """Return the media type of an uploaded file that is what its name says; Refused, with a
    reason of its own for each, when it is broken, locked, dangerous or something else."""
    media_type = wanted_type(name)
    refuse_other_signature(path, media_type)
    _in_a_child("check", path, media_type, seconds=CHECK_SECONDS)
    return media_type


def extract_text(path: Path, media_type: str, limit: int = 500_000) -> str:
    """Return at most `limit` characters of what stands in a stored file; of a picture, and of a
    document of pictures, nothing. Refused when it cannot be read."""
    if media_type in PICTURES:
        return ""
    found = _in_a_child("text", path, media_type, str(limit), seconds=READ_SECONDS)
    return str(found["text"])


def read_pieces(path: Path) -> list[dict[str, Any]]:
    """Return the paragraphs and tables of a Word document that has been checked, in order:
    {"text", "level", "sign"} or {"rows"}. Refused when it cannot be read."""
    found: list[dict[str, Any]] = _in_a_child("pieces", path, DOCX, seconds=READ_SECONDS)["pieces"]
    return found


def rewrite_picture(path: Path, target: Path, media_type: str) -> None:
    """Write a picture anew at `target`, without place, time and camera; Refused when it cannot
    be read."""
    _in_a_child("rewrite", path, media_type, str(target), seconds=READ_SECONDS)


def _in_a_child(
    task: str, path: Path, media_type: str, *more: str, seconds: int
) -> dict[str, Any]:
    command = [
        sys.executable, "-I", str(Path(__file__).with_name("task.py")), str(seconds), task,
        str(path), media_type, *more,
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds * 5,
            env=_NO_SETTINGS, cwd=ROOT, check=False, close_fds=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(Reason.UPLOAD_UNREADABLE) from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:  # it was ended: too much memory, too much time
        raise Refused(Reason.UPLOAD_UNREADABLE) from error
    if "reason" in answer:
        raise Refused(Reason(answer["reason"]))
    return answer


def confine(seconds: int) -> None:
    """Take away from this process what a reader of files does not need."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
