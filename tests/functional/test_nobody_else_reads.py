"""No role, route, file or search gives anybody another person's draft, unsent words or
reflection: every route is asked by every role, and every answer is searched, files and all."""

import html
import io
import zipfile
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app import clock
from app.copies.making import make
from courses.models import (
    Contribution,
    DataCopy,
    Draft,
    ReviewDraft,
    SectionComment,
    SharedContribution,
    SubmissionRound,
)
from courses.services.surveys import answer_survey
from courses.vocabulary import SubmissionState
from tests.conftest import token_from
from tests.functional.test_matrix import (  # noqa: F401 - its world is this one's
    ENDINGS,
    FORM,
    ROUTES,
    cast,
    key,
    rules,
    things,
)
from tests.reflecting import make_reflection

WORDS = {
    "reflection": "kvicksilverfjäll",
    "own draft": "trollsländevik",
    "joint draft": "storskarvsholme",
    "unshared contribution": "ripfjädersudde",
    "shared contribution": "sädesärlenäs",
    "comment": "tjäderspelsmo",
    "unsent feedback": "lappugglebo",
    "survey": "järvspårsmyr",
}
READERS = {
    "reflection": {"nora"},
    "own draft": {"nora"},
    "joint draft": {"nora", "teammate"},  # who holds the pen, and whom the same authority employs
    "unshared contribution": {"nora"},
    "shared contribution": {"nora", "teammate"},  # and Nora's own authority, which is the same
    "comment": {"nora", "teammate"},
    "unsent feedback": {"trainer"},
    "survey": set(),
}
SEARCHED = ("", *WORDS.values())


@pytest.fixture
def written(app, session, course, cast):  # noqa: F811
    """Something unmistakable in everything that is not for others; returns the reflection."""
    nora, trainer = cast.people["nora"], cast.people["trainer"]
    individual = next(a for a in course.assignments if not a.is_joint)
    joint = next(a for a in course.assignments if a.is_joint)
    for submission, assignment, word in (
        (cast.submission, individual, "own draft"), (cast.joint, joint, "joint draft"),
    ):
        submission.state = SubmissionState.RETURNED
        section = next(one for one in assignment.sections if one.kind == "text")
        session.add(
            Draft(
                enrollment_id=submission.enrollment_id, team_id=submission.team_id,
                assignment_id=assignment.id, answers={section.id: f"Vid {WORDS[word]} i maj."},
                updated_at=clock.now(), updated_by=nora.id,
            )
        )
    write_together(session, cast, joint, next(s.id for s in joint.sections if s.kind == "text"))
    latest = session.scalars(
        select(SubmissionRound.id)
        .where(SubmissionRound.submission_id == cast.submission.id)
        .order_by(SubmissionRound.number.desc())
    ).first()
    session.add(
        ReviewDraft(
            round_id=latest, reviewer_id=trainer.id, updated_at=clock.now(),
            content={"overall": f"Vid {WORDS['unsent feedback']} i maj."},
        )
    )
    survey = next(one for one in course.surveys if one.id == "slut")
    answer_survey(
        session, enrollment=cast.enrollment, course=course, survey=survey,
        answers={"f1": f"Vid {WORDS['survey']} i maj."}, today=cast.cohort.ends_on,
    )
    reflection = make_reflection(app, session, nora, f"Vid {WORDS['reflection']} i maj.")
    session.commit()
    return reflection.id


def write_together(session, cast, joint, section_id):  # noqa: F811
    """What Nora has written for her team, what she has shared of it, and what she says."""
    key = {"team_id": cast.team.id, "assignment_id": joint.id}
    now, nora = clock.now(), cast.enrollment
    session.add_all([
        Contribution(
            **key, enrollment_id=nora.id, section_id="", updated_at=now,
            text=f"Vid {WORDS['unshared contribution']} i maj.",
        ),
        SharedContribution(
            **key, enrollment_id=nora.id, organization_id=nora.organization_id, section_id="",
            number=1, text=f"Vid {WORDS['shared contribution']} i maj.", shared_at=now,
        ),
        SectionComment(
            **key, section_id=section_id, user_id=nora.user_id, created_at=now,
            text=f"Vid {WORDS['comment']} i maj.",
        ),
    ])


@pytest.fixture
def own_copy(app, session, cast, written):  # noqa: F811
    """A copy of all that is stored about Nora, as the worker makes it."""
    copy = DataCopy(
        user_id=cast.people["nora"].id, file="0" * 32, asked_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=24),
    )
    session.add(copy)
    session.commit()
    with app.app_context():
        make(app, {"copy_id": copy.id}, clock.now())
    return copy.id


def text_of(answer):
    """Everything that can be read in an answer: page, members of an archive, text of a PDF."""
    body = answer.get_data()
    read = [body.decode("utf-8", "ignore"), str(answer.headers)]
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            read += [
                part
                for name in archive.namelist()
                for part in (name, archive.read(name).decode("utf-8", "ignore"))
            ]
    if body.startswith(b"%PDF-") and len(body) > 100:
        read += [page.extract_text() for page in PdfReader(io.BytesIO(body)).pages]
    return html.unescape("\n".join(read))


def addresses(app, things):  # noqa: F811
    """Every route with every thing that stands in its address, the searches with every word."""
    for rule, method in rules(app):
        if rule.endpoint in ENDINGS:
            continue
        url = {name: things[ROUTES[key(rule)].url[name]] for name in rule.arguments}
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, url, method=method)
        searched = SEARCHED if rule.endpoint == "searching.show" else ("",)
        for word in searched:
            yield method, f"{path}?q={word}" if word else path, word


def test_every_answer_to_everybody_is_searched(
    app, cast, written, own_copy, things, login  # noqa: F811
):
    things |= {"reflection": written, "data copy": own_copy}
    clients = {name: login(user, on=app.test_client()) for name, user in cast.people.items()}
    clients["visitor"] = app.test_client()
    tokens = {name: token_from(client) for name, client in clients.items()}
    told, seen = [], {kind: set() for kind in WORDS}
    for method, path, asked in addresses(app, things):
        for name, client in clients.items():
            sent = {} if method == "GET" else {"data": FORM | {"csrf_token": tokens[name]}}
            answer = client.open(path, method=method, **sent)
            read = text_of(answer)
            answer.close()
            for kind, word in WORDS.items():
                if word == asked or word not in read:
                    continue
                seen[kind].add(name)
                if name not in READERS[kind]:
                    told.append((method, path, name, kind))
    assert not told, "\n".join(map(str, told))
    assert seen == READERS  # and who may read it does: the words were there to be found
