"""Files that only the server may read, made once by whichever of its processes comes first."""

import os
from pathlib import Path
from secrets import token_hex


def make_once(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, so that it survives a crash. One that is there stands."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # a process that started at the same moment made it
    finally:
        draft.unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
