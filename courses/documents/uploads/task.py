"""The program of the process that opens a stranger's file; see `child`."""

import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Do one task, and say how it went on standard output."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from courses.documents.uploads.child import confine
    from courses.errors import Reason, Refused

    seconds, task, path, media_type, *more = sys.argv[1:]
    confine(int(seconds))
    try:
        answer: dict[str, Any] = _do(task, Path(path), media_type, more)
    except Refused as refused:
        answer = {"reason": refused.reason}
    except Exception:  # whatever a reader of files stumbles on, the file is what is wrong
        answer = {"reason": Reason.UPLOAD_UNREADABLE}
    sys.stdout.write(json.dumps(answer))


def _do(task: str, path: Path, media_type: str, more: list[str]) -> dict[str, Any]:
    from courses.documents.uploads.kinds import PDF, PICTURES
    from courses.documents.uploads.office import check_office
    from courses.documents.uploads.paragraphs import pieces_of
    from courses.documents.uploads.pdf import check_pdf
    from courses.documents.uploads.pictures import check_picture, rewrite
    from courses.documents.uploads.texts import text_of

    if task == "text":
        return {"text": text_of(path, media_type, int(more[0]))}
    if task == "pieces":
        return {"pieces": pieces_of(path)}
    if task == "rewrite":
        rewrite(path, Path(more[0]), media_type)
    elif media_type in PICTURES:
        check_picture(path, media_type)
    elif media_type == PDF:
        check_pdf(path)
    else:
        check_office(path, media_type)
    return {}


if __name__ == "__main__":
    main()
