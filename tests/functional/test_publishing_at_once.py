"""While an edition is published others read, finish lessons and publish, on whichever database
the suite runs: everybody meets one whole edition, and one of two editors wins."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from threading import Barrier, Event

import pytest
from sqlalchemy import event, func, select

from app import db
from courses.errors import Refused
from courses.models import AuditEvent, Cohort, Completion, CompletionEvent, Publication
from courses.services.progress import derive
from courses.services.rebuild import rebuild_progress
from courses.vocabulary import CompletionKind, Decision
from tests.conftest import token_from
from tests.factories import make_cohort, make_enrollment, user_of
from tests.press import Press
from tests.small_course import COURSE, PLAN, Line, changed, marked

READERS, EDITIONS = 8, 6
PUBLIC = ("/", "/om")
PAGES = (*PUBLIC, "/hem", "/modul/m1", "/modul/m1/l1", "/modul/m2", "/modul/m2/l3")
MARKER = re.compile(r"upplaga-\d\d")


@pytest.fixture
def config(config, tmp_path):
    """A site whose only course is the small one."""
    return replace(config, data_dir=tmp_path / "data", content_dir=tmp_path / "none")


@pytest.fixture
def press(app):
    press = Press(app)
    press.publish(marked(PLAN, "upplaga-00"))
    return press


@pytest.fixture
def browsers(app, press, session, login):
    """Participants of one cohort, each logged in."""
    cohort = make_cohort(session, press.course)
    people = [make_enrollment(session, cohort) for _ in range(READERS)]
    derive(session, people, press.course)
    users = [user_of(session, one) for one in people]
    session.commit()
    return [login(user, on=app.test_client()) for user in users]


class Crowd:
    """Several who do the same thing over and over while something else happens."""

    def __init__(self, do):
        """`do(number, turn)` is one turn of one of them; what it returns is kept."""
        self.do, self.done, self.is_over = do, [[] for _ in range(READERS)], Event()

    def __enter__(self):
        self.pool = ThreadPoolExecutor(READERS)
        self.workers = [self.pool.submit(self._work, number) for number in range(READERS)]
        return self

    def __exit__(self, *_error):
        self.is_over.set()
        self.pool.shutdown()
        for worker in self.workers:
            worker.result()

    def wait_for_turns(self, turns):
        """Stay until each has begun and ended so many turns from now."""
        until = [len(done) + turns + 1 for done in self.done]  # one may be under way
        while any(len(done) < goal for done, goal in zip(self.done, until, strict=True)):
            for worker in self.workers:
                if worker.done():
                    worker.result()  # tells why it stopped
            self.is_over.wait(0.01)

    def _work(self, number):
        while not self.is_over.is_set():
            self.done[number].append(self.do(number, len(self.done[number])))
            self.is_over.wait(0.02)  # SQLite's write lock goes to whoever asks: nobody may hog it


def test_every_reader_meets_one_whole_edition(press, browsers):
    def read(number, turn):
        page = PAGES[(number + turn) % len(PAGES)]
        answer = browsers[number].get(page)
        text = answer.get_data(as_text=True)
        if page not in PUBLIC:
            text = text.partition("<footer")[0]  # leads to what is public, whoever reads
        return page, answer.status_code, MARKER.findall(text)

    with Crowd(read) as readers:
        readers.wait_for_turns(1)
        for number in range(1, EDITIONS + 1):
            press.publish(marked(PLAN, f"upplaga-{number:02}"))
        readers.wait_for_turns(1)

    for seen in readers.done:
        assert {status for _page, status, _markers in seen} == {200}
        for page, _status, markers in seen:
            assert len(markers) > 1, page  # a page shows its edition in several places …
            assert len(set(markers)) == 1, (page, Counter(markers))  # … and it is one
        for page in PAGES:
            editions = [markers[0] for shown, _status, markers in seen if shown == page]
            assert all(earlier <= later for earlier, later in pairwise(editions))
        assert seen[0][2][0] == "upplaga-00"
        assert seen[-1][2][0] == f"upplaga-{EDITIONS:02}"


def test_of_two_editors_who_publish_at_once_one_wins_and_the_other_is_told(press, app):
    hands = 4
    barrier = Barrier(hands)
    digests = [press.keep(changed(PLAN, "L1", text=f"text {n}")).digest for n in range(hands)]

    def publish(number):
        barrier.wait()
        try:
            return press.publish_kept(digests[number], seen=1).edition.number
        except Refused as refused:
            return refused.reason.value, refused.params["number"]

    with ThreadPoolExecutor(hands) as pool:
        answers = list(pool.map(publish, range(hands)))

    assert sorted(answers, key=str) == [("published_meanwhile", 2)] * 3 + [2]
    history = press.history()
    assert (history.seen, len(history.lines)) == (2, 2)
    assert history.current.digest == digests[answers.index(2)] == press.course.digest


def test_who_finishes_a_lesson_meanwhile_has_it_or_is_asked_again_and_never_half(
    press, app, browsers, session
):
    tokens = [token_from(browser) for browser in browsers]
    lines = (Line("lektioner", ("L1", "L2", "L3", "L4")), Line("kollen", ("K1",)))

    def work(number, turn):
        lesson = ("m1/l1", "m1/l2", "m2/l3", "m2/l4")[turn % 4]
        return browsers[number].post(
            f"/modul/{lesson}/klar",
            data={"csrf_token": tokens[number], "idem": f"work-{number}-{turn}"},
        ).status_code

    with Crowd(work) as workers:
        for number in range(1, EDITIONS + 1):
            workers.wait_for_turns(1)
            press.publish(
                replace(marked(PLAN, f"upplaga-{number:02}"), lines=lines), Decision.ASK_AGAIN
            )

    assert {status for answers in workers.done for status in answers} == {303}
    session.rollback()
    assert list(rebuild_progress(session, press.course_of)) == []
    undone = select(func.count(CompletionEvent.id)).where(
        CompletionEvent.kind == CompletionKind.UNDONE
    )
    assert session.scalar(undone) > 0
    current = {key: item.digest for key, item in press.course.items.items()}
    finished = session.execute(
        select(Completion.item_id, CompletionEvent.content_digest).join(
            CompletionEvent, CompletionEvent.id == Completion.event_id
        )
    ).all()
    # whatever stands as finished was finished in the wording that is asked for
    assert {tuple(row) for row in finished} <= set(current.items())


def test_a_publication_that_fails_half_way_leaves_everything_as_it_was(
    press, app, browsers, session
):
    def die(*_row):
        raise RuntimeError("the power went")

    event.listen(AuditEvent, "before_insert", die)  # its row is written last
    try:
        with pytest.raises(RuntimeError):
            press.publish(marked(PLAN, "upplaga-01"), Decision.ASK_AGAIN)
    finally:
        event.remove(AuditEvent, "before_insert", die)

    session.rollback()
    assert session.scalar(
        select(func.count(Publication.id)).where(Publication.course_id == COURSE)
    ) == 1
    assert session.scalars(select(Cohort)).one().edition_id == press.history().current.edition_id
    assert press.course.title.endswith("upplaga-00")
    with db.transaction(app) as own:
        assert list(rebuild_progress(own, press.course_of)) == []
