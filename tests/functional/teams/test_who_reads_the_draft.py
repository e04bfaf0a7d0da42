"""Nobody outside the team reads its draft; another authority reads exactly what the cohort's
setting and deliberate showing allow.

The cases are made from everything that decides: the setting, what was shown to whom, whether it
is handed in, and who asks. What is expected is worked out here by itself, from the words of the
decision, not from the policy; what is found comes from every page that the reader can open.
"""

import html
import io
import zipfile
from itertools import product

import pytest
from sqlalchemy import func, select

from courses.models import Submission, SubmissionRound
from courses.vocabulary import OrganizationKind, Role, SubmissionState
from tests.factories import (
    make_enrollment,
    make_organization,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.teamwork import Trio, make_shown, send_back

NOW, TO_ALL, TO_POLICE = "nuvarandeord", "visatföralla", "visatförpolisen"
HANDED_IN = "inskicketord"
WORDS = (NOW, TO_ALL, TO_POLICE, HANDED_IN)
OUTSIDE = {
    "member of another team", "trainer", "coordinator of the county", "municipal coordinator",
    "administrator", "editor", "secrecy officer",
}
CASES = [
    (False, False, False, False), (True, False, False, False), (False, True, False, False),
    (False, False, True, False), (False, True, True, True), (True, True, True, True),
]


def expected(who, *, shares, to_all, to_police, handed_in):
    """What this person may come to read of it, by the decision in plain words."""
    may = set()
    in_team = who not in OUTSIDE
    writes = who in ("holder", "municipality") or (shares and in_team)
    if writes:
        may |= {NOW, *((TO_ALL,) if to_all else ()), *((TO_POLICE,) if to_police else ())}
    if in_team and to_all:
        may.add(TO_ALL)
    if who == "police" and to_police:
        may.add(TO_POLICE)
    if handed_in and (in_team or who == "trainer"):
        may.add(HANDED_IN)
    return may


LISTS = {"home.show", "reviews.queue", "coordination.show", "teams.mine"}
"""Pages without anything in their address that could show it."""


def readable(answer):
    """The words of a page or of a document that is downloaded."""
    data = answer.get_data()
    if data[:2] != b"PK":
        return data.decode(errors="ignore")
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        return " ".join(folder.read(name).decode(errors="ignore") for name in folder.namelist())


@pytest.fixture
def world(session, course, request):
    shares, to_all, to_police, handed_in = request.param
    trio = Trio(session, course, needs_sign_off=True, shares_drafts_across_authorities=shares)
    county = make_organization(session, name="Länsstyrelsen", kind=OrganizationKind.COUNTY_BOARD)
    third = make_enrollment(
        session, trio.cohort, team=trio.team, organization_id=county.id, user=make_user(session)
    )
    other = make_enrollment(session, trio.cohort, team=make_team(session, trio.cohort))
    town = make_organization(session)
    people = {
        "holder": trio.user(trio.karin), "municipality": trio.user(trio.anders),
        "police": trio.user(trio.yngve), "county board": trio.user(third),
        "member of another team": trio.user(other),
        "trainer": make_role(session, Role.TRAINER, cohort=trio.cohort),
        "coordinator of the county": make_role(session, Role.COORDINATOR),
        "municipal coordinator": make_role(
            session, Role.COORDINATOR, cohort=trio.cohort, organization=town
        ),
        "administrator": make_role(session, Role.ADMINISTRATOR),
        "editor": make_role(session, Role.EDITOR),
        "secrecy officer": make_role(session, Role.SECRECY_OFFICER),
    }
    section = next(s for s in trio.joint.sections if s.kind == "text")

    def answers(word):
        return trio.draft.answers | {section.id: f"Här står {word}."}

    shown = {}
    if to_all:
        shown["all"] = make_shown(
            session, trio.team, trio.joint, by=people["holder"], course=course,
            answers=answers(TO_ALL),
        ).id
    if to_police:
        shown["police"] = make_shown(
            session, trio.team, trio.joint, by=people["holder"], course=course,
            answers=answers(TO_POLICE), organization_id=trio.police.id,
        ).id
    if handed_in:  # and sent back: the draft is written on
        returned = make_submission(
            session, trio.cohort, trio.team, trio.joint, SubmissionState.RETURNED,
            answers=answers(HANDED_IN),
        )
        send_back(session, returned, by=people["trainer"])
    trio.draft.answers = answers(NOW)
    session.commit()
    case = {"shares": shares, "to_all": to_all, "to_police": to_police, "handed_in": handed_in}
    return trio, people, shown, case


def addresses(app, trio, shown, session):
    """Every page that can be opened with what there is: the team's, the text's, the shown ones,
    each section's, each person's."""
    things = {
        "team_id": [trio.team.id], "assignment_slug": [trio.joint.slug],
        "assignment_id": [trio.joint.id], "cohort_id": [trio.cohort.id],
        "section_id": [next(s for s in trio.joint.sections if s.kind == "text").id],
        "shown_id": list(shown.values()), "number": [1],
        "enrollment_id": [trio.karin.id], "submission_id": session.scalars(
            select(Submission.id)
        ).all(),
    }
    with app.test_request_context():
        urls = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            names = sorted(rule.arguments)
            if "GET" in rule.methods and set(names) <= things.keys() and (
                names or rule.endpoint in LISTS
            ):
                for values in product(*(things[name] for name in names)):
                    yield urls.build(rule.endpoint, dict(zip(names, values, strict=True)))


@pytest.mark.parametrize("world", CASES, indirect=True)
def test_everybody_reads_exactly_what_was_decided(world, app, session, as_):
    trio, people, shown, case = world
    wrong = []
    pages = list(addresses(app, trio, shown, session))
    session.commit()
    for who, user in people.items():
        client = as_(user)
        read = set()
        for address in pages:
            answer = client.get(address)
            assert answer.status_code < 500, (who, address)
            words = html.unescape(readable(answer))
            read |= {word for word in WORDS if word in words}
        if read != expected(who, **case):
            wrong.append((who, read, expected(who, **case)))
    assert not wrong, "\n".join(map(str, wrong))
    assert session.scalar(select(func.count(SubmissionRound.id))) == case["handed_in"]
