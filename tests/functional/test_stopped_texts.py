"""After a stop the words are nowhere but with the writers, who pressed, and the officer.

Generated: every route of the matrix, for everybody in it, on what has been stopped. A route that
is added is walked at once. Then the same for copies of one's own data, and for who pressed.
Long because one world is made for all of it.
"""

import io
import json
import zipfile
from html import unescape

import pytest
from sqlalchemy import select

from courses.models import (
    Draft,
    Review,
    ReviewDraft,
    RoundFile,
    SecrecyStop,
    SubmissionRound,
    User,
    owned_by,
)
from courses.queries.my_data import own_rows
from courses.rules.secrecy import Passage
from courses.services import secrecy_steps as steps
from courses.vocabulary import Outcome, SubmissionState
from tests.conftest import token_from
from tests.factories import make_submission
from tests.files.good import pdf
from tests.filing import store
from tests.functional.test_matrix import (
    ENDINGS,
    FORM,
    ROUTES,
    cast,  # noqa: F401 - fixture
    key,
    rules,
    things,  # noqa: F401 - fixture
)
from tests.planning import PARTS
from tests.reviewing import NOON
from tests.stopping import stop_round

PLANNED = "Mannen med den röda båten i Fäboda slog sin bror."
TEAM = {"nora", "teammate", "police teammate"}
CASES = {"own": {"nora"}, "joint": TEAM, "elsewhere": TEAM, "planned": TEAM}
"""What is stopped → who in the matrix wrote these words; elsewhere they are the same."""
ELSEWHERE = {"own": ("/granska/fragor/team/",), "joint": (), "elsewhere": (), "planned": ()}
"""Where other work of the matrix, which is not stopped, says the same."""


def telltale(case):
    """The name of a file, which may say something, too."""
    return f"en-viss-person-{case}.pdf"


@pytest.fixture
def works(session, course, cast):  # noqa: F811
    """What is to be stopped, and the words in it. The rounds hold them from the start."""
    planned = course.items[PARTS[0]]
    section = next(one for one in planned.sections if one.kind == "text").id
    plan = make_submission(
        session, cast.cohort, cast.team, planned, SubmissionState.APPROVED,
        answers={section: PLANNED},
    )
    return {
        "own": (cast.submission, *_words(session, course, cast.submission)),
        "joint": (cast.joint, *_words(session, course, cast.joint)),
        "elsewhere": (cast.approved, *_words(session, course, cast.approved)),
        "planned": (plan, section, PLANNED),
    }


def _words(session, course, submission):
    """The first text of its latest round."""
    answers = _rounds(session, submission)[-1].answers
    assignment = course.items[submission.assignment_id]
    section = next(one.id for one in assignment.sections if one.kind == "text")
    return section, answers[section]


def _rounds(session, submission):
    return session.scalars(
        select(SubmissionRound)
        .where(SubmissionRound.submission_id == submission.id)
        .order_by(SubmissionRound.number)
    ).all()


@pytest.fixture
def quoted(app, session, course, cast, works):  # noqa: F811
    """The same words in a draft, in an answer and in what a trainer has not sent; and a file."""
    content = pdf() + f"\n% {PLANNED}".encode()
    for name, (submission, section, words) in works.items():
        rounds = _rounds(session, submission)
        session.add(
            ReviewDraft(
                round_id=rounds[-1].id, reviewer_id=cast.people["trainer"].id, updated_at=NOON,
                content={"overall": f"Du skriver: {words}"},
            )
        )
        before = session.scalars(
            select(Review).where(Review.round_id == rounds[0].id, Review.corrects_id.is_(None))
        ).one_or_none()
        session.add(
            Review(
                round_id=rounds[0].id, reviewer_id=cast.people["trainer"].id,
                outcome=Outcome.APPROVE if name in ("elsewhere", "planned") else Outcome.RETURN,
                levels={}, comments={}, overall=f"Du skriver: {words}", created_at=NOON,
                corrects_id=before.id if before else None, reason="Fel" if before else None,
            )
        )
        stored = store(app, session, by=cast.people["nora"], content=content)
        session.add(
            RoundFile(
                round_id=rounds[-1].id, place=2, name=telltale(name), sha256=stored.sha256,
                size=stored.size, media_type=stored.media_type, stored_file_id=stored.id,
                added_by=cast.people["nora"].id,
            )
        )
        owner = {"own": cast.enrollment, "joint": cast.team}.get(name)
        if owner is not None:
            session.add(
                Draft(
                    **owned_by(owner), assignment_id=submission.assignment_id, updated_at=NOON,
                    answers={section: words}, updated_by=cast.people["nora"].id,
                )
            )
    session.flush()


@pytest.fixture
def world(app, session, course, cast, works, quoted, things, login):  # noqa: F811
    session.commit()
    clients = {name: login(user, on=app.test_client()) for name, user in cast.people.items()}
    return clients, things | _addresses(works)


def _addresses(works):
    return {"planned id": works["planned"][0].assignment_id}


def press(session, course, cast, works):  # noqa: F811
    """Stop all of it, by a trainer who is not in the matrix."""
    by = session.get_one(User, cast.role.user_id)
    for submission, section, words in works.values():
        stop_round(
            session, submission, course, by=by, number=submission.round,
            passages=[Passage(section=section, text=words)],
        )
    session.commit()
    return by


def readable(answer):
    """Everything that an answer says, also inside of a document."""
    body = answer.get_data()
    found = unescape(body.decode("utf-8", "replace"))
    if body[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            found += "".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    return found + unescape(answer.headers.get("Location", ""))


def walk(app, things, client, methods):  # noqa: F811
    """Every page that there is, with the files and versions of the latest round, too."""
    token = token_from(client)
    for rule, method in rules(app):
        if rule.endpoint in ENDINGS or method not in methods:
            continue
        if method != "GET" and rule.endpoint.startswith("secrecy."):
            continue  # what the officer does has tests of its own
        row = ROUTES[key(rule)]
        for other in _others(rule, row, things):
            values = {name: things[row.url[name]] for name in rule.arguments} | other
            with app.test_request_context():
                path = app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
            answer = client.open(path, method=method, data=FORM | {"csrf_token": token})
            yield method, path, readable(answer)
            answer.close()


def _others(rule, row, things):  # noqa: F811
    """Which other things of its kind a page is to be asked for."""
    found = [{}]
    if "place" in rule.arguments:
        found += [{"place": 2}, {"place": 2, "number": 2}]
    elif "number" in rule.arguments and row.url["number"] == "round":
        found += [{"number": 2}]
    if row.url.get("submission_id") == "submission":
        found += [one | {"submission_id": things["joint submission"]} for one in list(found)]
    return found


def leaks(app, world, works, people, methods):
    """Where somebody reads words that they may not."""
    clients, addresses = world
    return [
        (name, case, method, path)
        for name in people
        for method, path, text in walk(app, addresses, clients[name], methods)
        for case, (_submission, _section, words) in works.items()
        if name not in CASES[case] | {"secrecy officer"}
        and (words in text or telltale(case) in text)
        and not path.startswith(ELSEWHERE[case])
    ]


OTHERS = ("trainer", "county coordinator", "coordinator of Norr", "participant of Söder")


def test_before_a_stop_others_read_it(app, world, works):
    """The walk finds what is there to be found."""
    found = leaks(app, world, works, ("trainer", "coordinator of Norr"), {"GET"})

    assert {("trainer", "own"), ("trainer", "joint"), ("coordinator of Norr", "elsewhere")} <= {
        (name, case) for name, case, *_ in found
    }


def test_after_a_stop_nobody_else_reads_a_word_of_it(
    app, session, course, cast, works, world  # noqa: F811
):
    press(session, course, cast, works)

    everybody = [name for name in world[0] if name != "secrecy officer"]
    assert leaks(app, world, works, everybody, {"GET"}) == []
    assert leaks(app, world, works, OTHERS, {"POST"}) == []


def test_in_nobody_elses_copy_either(session, course, cast, works, quoted):  # noqa: F811
    press(session, course, cast, works)

    for name, user in cast.people.items():
        copy = json.dumps(own_rows(session, user.id), default=str, ensure_ascii=False)
        for case, (_submission, _section, words) in works.items():
            if name not in CASES[case]:
                assert words not in copy, (name, case)
            elif name == "nora":
                assert words in copy, (name, case)


def test_who_pressed_reads_it_until_the_officer_has_taken_over(
    app, session, course, cast, works, world, login  # noqa: F811
):
    presser = press(session, course, cast, works)
    browser = login(presser, on=app.test_client())
    stop = session.scalars(
        select(SecrecyStop)
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .where(SubmissionRound.submission_id == cast.submission.id)
        .order_by(SubmissionRound.number.desc())
    ).first()
    words = works["own"][2]
    assert words in readable(browser.get(f"/sekretess/{stop.id}"))
    assert browser.get(f"/sekretess/{stop.id}/filer/2").status_code == 200

    session.commit()
    steps.take_over(
        session, stop, actor_id=cast.people["secrecy officer"].id, now=NOON
    )
    session.commit()

    assert browser.get(f"/sekretess/{stop.id}").status_code == 404
    assert browser.get(f"/sekretess/{stop.id}/filer/2").status_code == 404
    clients, addresses = world
    assert not [
        path
        for _method, path, text in walk(app, addresses, browser, {"GET"})
        if words in text and not path.startswith(ELSEWHERE["own"])
    ]
    assert words in readable(clients["secrecy officer"].get(f"/sekretess/{stop.id}"))


def test_what_is_in_the_diary_is_shown_to_its_writers_no_more(
    app, session, course, cast, works, world  # noqa: F811
):
    press(session, course, cast, works)
    officer = cast.people["secrecy officer"].id
    for stop in session.scalars(select(SecrecyStop)).all():
        if stop.taken_over_at is None:
            steps.take_over(session, stop, actor_id=officer, now=NOON)
        if stop.moved_at is None:
            steps.move_to_diary(
                session, stop, number="1234-2026", on=NOON.date(), actor_id=officer, now=NOON
            )
    session.execute(Draft.__table__.delete())  # what they are writing is theirs
    session.commit()
    clients, addresses = world

    for name in ("nora", "secrecy officer"):
        assert not [
            path
            for _method, path, text in walk(app, addresses, clients[name], {"GET"})
            if works["own"][2] in text and "utkastlasning" not in path  # a draft is theirs
        ]
    rows = own_rows(session, cast.people["nora"].id)
    found = {
        table
        for table, some in rows.items()
        if works["own"][2] in json.dumps(some, default=str, ensure_ascii=False)
    }
    assert found <= {"draft_reading"}  # a draft is theirs
