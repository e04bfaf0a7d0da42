"""The worker and the scanner: a real socket that speaks clamd's protocol at the other end."""

import io
import os
import socketserver
import threading
import time
import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from struct import unpack

import pytest
from sqlalchemy import select

from app import clock
from app.files import jobs as file_jobs
from app.files.scanner import ScannerAway, is_clean
from app.worker import Worker
from courses.documents.storage import LocalStorage
from courses.documents.uploads import MEDIA_TYPES
from courses.models import Cohort, DraftFile, Job, StoredFile
from courses.services.outbox import enqueue_job
from courses.vocabulary import FileState
from tests.factories import make_cohort, make_enrollment, user_of
from tests.files.bad import EICAR
from tests.files.good import odt, ooxml, pdf, photo_with_place
from tests.filing import beside_draft


class Clamd(socketserver.BaseRequestHandler):
    """Takes a stream, looks for the test virus in it and in what is packed in it, answers."""

    def handle(self):
        self.server.asked += 1
        assert self._take(10) == b"zINSTREAM\0"
        content = b""
        while size := unpack("!L", self._take(4))[0]:
            content += self._take(size)
        if self.server.answer is not None:
            self.request.sendall(self.server.answer)
            return
        found = b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
        self.request.sendall(found if infected(content) else b"stream: OK\0")

    def _take(self, size):
        taken = b""
        while len(taken) < size:
            piece = self.request.recv(size - len(taken))
            assert piece
            taken += piece
        return taken


def infected(content):
    if EICAR in content:
        return True
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(infected(archive.read(name)) for name in archive.namelist())


@pytest.fixture
def clamd(app):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.answer, server.asked = None, 0
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        url = f"tcp://127.0.0.1:{server.server_address[1]}"
        app.config["STEGVIS"] = replace(app.config["STEGVIS"], clamd_url=url)
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def add(app, session, course):
    enrollment = make_enrollment(session, make_cohort(session, course))

    def add_file(content, **fields):
        file = beside_draft(
            app, session, enrollment, course.items["U1"], by=user_of(session, enrollment),
            content=content, state=FileState.UNCHECKED, is_read=False, **fields,
        )
        enqueue_job(
            session, "file:read", dedupe_key=f"file:read:{file.stored_file_id}", now=clock.now(),
            file_id=file.stored_file_id,
        )
        session.commit()
        return file

    return add_file


def stored(session):
    session.rollback()
    return session.scalars(select(StoredFile)).one()


@pytest.mark.parametrize("ending,content", [
    ("pdf", pdf(objects=[b"<</Length %d>>stream\n%s\nendstream" % (len(EICAR), EICAR)])),
    ("docx", ooxml("docx", more=[("word/media/a.png", EICAR)])),
    ("xlsx", ooxml("xlsx", more=[("xl/media/a.png", EICAR)])),
    ("odt", odt(more=[("Pictures/a.png", EICAR)])),
])
def test_what_the_scanner_finds_is_stopped(app, session, clamd, add, ending, content):
    add(content, media_type=MEDIA_TYPES[ending])

    Worker(app).drain()

    file = stored(session)
    assert (file.state, file.reason) == (FileState.REFUSED, "upload_virus")


def test_what_is_clean_is_opened(app, session, clamd, add):
    add(pdf())

    Worker(app).drain()

    assert stored(session).state is FileState.CLEAN
    assert clamd.asked == 1


@pytest.mark.parametrize("answer", [b"stream: INSTREAM size limit exceeded. ERROR\0", b""])
def test_no_verdict_leaves_a_file_unchecked(app, session, clamd, add, answer):
    clamd.answer = answer
    add(pdf())

    Worker(app).drain()

    file = stored(session)
    assert file.state is FileState.UNCHECKED
    assert file.read_at
    waiting = session.scalars(select(Job).where(Job.kind == "file:scan")).one()
    assert waiting.last_error.startswith("ScannerAway")


def test_a_scanner_that_is_away_is_told(tmp_path):
    (tmp_path / "a").write_bytes(b"a")
    for url in ("tcp://127.0.0.1:1", f"unix:{tmp_path}/no-socket"):
        with pytest.raises(ScannerAway):
            is_clean(url, tmp_path / "a")


@pytest.mark.parametrize("opens,state", [
    (False, FileState.UNCHECKED), (True, FileState.CLEAN),
])
def test_without_a_scanner_the_owner_decides(app, session, add, opens, state):
    app.config["STEGVIS"] = replace(app.config["STEGVIS"], opens_unscanned=opens)
    add(pdf())

    Worker(app).drain()

    assert stored(session).state is state


def test_a_scanner_that_comes_later_is_asked_at_the_next_sweep(app, session, add, clamd):
    url = app.config["STEGVIS"].clamd_url
    app.config["STEGVIS"] = replace(app.config["STEGVIS"], clamd_url="")
    add(pdf())
    Worker(app).drain()
    assert stored(session).state is FileState.UNCHECKED
    app.config["STEGVIS"] = replace(app.config["STEGVIS"], clamd_url=url)

    Worker(app).drain()

    assert stored(session).state is FileState.CLEAN


def test_going_through_twice_changes_nothing(app, session, add):
    file = add(photo_with_place(), media_type="image/jpeg", name="foto.jpg")
    Worker(app).drain()
    first = stored(session).sha256

    file_jobs.read(app, {"file_id": file.stored_file_id}, clock.now())

    assert stored(session).sha256 == first


def test_what_nobody_has_is_swept_and_what_is_young_stays(app, session, add, tmp_path):
    app.extensions["storage"] = LocalStorage(tmp_path / "files")
    add(pdf())
    storage = app.extensions["storage"]
    old, young = (keep(storage, content) for content in (b"old", b"young"))
    ancient = time.time() - 7_200
    os.utime(storage.path(old), (ancient, ancient))
    os.utime(storage.path(stored(session).sha256), (ancient, ancient))
    session.rollback()

    file_jobs.sweep_files(app, clock.now())

    assert not storage.path(old).exists()
    assert storage.path(young).exists()
    assert storage.path(stored(session).sha256).exists()


def test_files_of_drafts_go_after_the_cohort(app, session, add):
    add(pdf())
    for cohort in session.scalars(select(Cohort)):
        cohort.ends_on = date(2020, 1, 1)
    session.commit()

    file_jobs.sweep_files(app, clock.now())

    session.rollback()
    assert session.scalars(select(DraftFile)).all() == session.scalars(select(StoredFile)).all()


def keep(storage, content):
    digest = sha256(content).hexdigest()
    file, path = storage.draft()
    with file:
        file.write(content)
    storage.keep(path, digest)
    return digest
