"""A file beside some of what the demonstration's people have written: a page with a timeline."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from app.files.receiving import storage
from courses.models import DraftFile, RoundFile, StoredFile
from courses.vocabulary import FileState

NAME = "Tidslinje.pdf"
LINES = (
    "Tidslinje", "September: kartan ritas", "Oktober: teamet enas om tre fragor",
    "November: forsta traffen med skolan", "Februari: uppfoljning",
)


def put_beside(
    session: Session, owner: dict[str, int | None], assignment_id: str, by: int, at: datetime
) -> None:
    """Put the page beside a draft."""
    session.add(
        DraftFile(
            **owner, assignment_id=assignment_id, place=1, name=NAME,
            stored_file_id=_stored(session, by, at).id, added_by=by, added_at=at,
        )
    )


def put_in(session: Session, round_id: int, by: int, at: datetime) -> None:
    """Hand the page in with a round."""
    stored = _stored(session, by, at)
    session.add(
        RoundFile(
            round_id=round_id, place=1, name=NAME, sha256=stored.sha256, size=stored.size,
            media_type=stored.media_type, stored_file_id=stored.id, added_by=by,
        )
    )


def _stored(session: Session, by: int, at: datetime) -> StoredFile:
    content = _page()
    file, path = storage().draft()
    with file:
        file.write(content)
    digest = sha256(content).hexdigest()
    storage().keep(path, digest)
    stored = StoredFile(
        sha256=digest, size=len(content), media_type="application/pdf", has_text=True,
        state=FileState.CLEAN, uploaded_by=by, uploaded_at=at, read_at=at, checked_at=at,
    )
    session.add(stored)
    session.flush()
    return stored


def _page() -> bytes:
    """Return a PDF of one page with the lines on it."""
    text = b"BT /F1 14 Tf 60 760 Td 24 TL " + b" ".join(
        b"(%s) Tj T*" % line.encode("ascii") for line in LINES
    ) + b" ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n" \
        b"startxref\n%d\n%%%%EOF\n" % (table, len(data))
