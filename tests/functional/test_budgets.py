"""No page asks the database more than eight times, nor more in a cohort of 2,000 than of ten.

Every address that answers GET is opened, by everybody for whom the matrix has it.

Long because every page needs something to show.
"""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, create_app
from courses.models import (
    Cohort,
    Draft,
    Enrollment,
    Invitation,
    LoginSession,
    Review,
    ReviewDraft,
    RoleAssignment,
    Submission,
    SubmissionRound,
    Team,
    User,
)
from courses.rules.reviews import Answer
from courses.rules.tokens import token_hash
from courses.services.team_word import show_to_cohort
from courses.vocabulary import Outcome, SubmissionState
from tests.addresses import secret_addresses
from tests.cast import make_certificate, make_login, make_passkey
from tests.conftest import fresh_database, statements_of
from tests.copying import make_copy
from tests.drafting import make_draft, published
from tests.factories import answers_to, make_submission, make_team, undertake
from tests.filing import beside_draft, in_rounds, on_behalf
from tests.functional.test_matrix import ROUTES, key
from tests.planning import PARTS, approve, make_plan
from tests.reading import make_both_read
from tests.reflecting import make_reflection
from tests.stopping import stop_round
from tests.talking import make_threads
from tests.teamwork import make_shown
from tests.writing_together import make_joint_work

MOST = 8
WITHOUT_A_DATABASE = {"public.start", "auth.login", "searching.show", "public.page"}
"""For visitors."""
STATUS = {
    "auth.landing": 303, "editing.index": 303, "assignments.home_team": 303,
    "second_step.show": 303,
    "reviews.conflict": 409, "links.login": 410, "links.reset": 410, "links.new_address": 410,
    "links.old_address": 410, "installing.enter": 404, "installing.show": 404,
    "modules.changed": 303,
    "assignments.compare": 303, "assignments.write (team)": 303,
    "talking.time": 303,
    "teams.mine": 303, "teams.own_line": 303, "teams.own_line (team)": 200,
}
"""Of addresses that lead on to another page, tell of a conflict or know no such link."""
WHOLE = {"coordination.show": "?alla"}
"""What an address needs so that the page itself is shown."""
ACCOUNTS = {
    "nora": "deltagare0", "trainer": "trainer", "county coordinator": "county_coordinator",
    "coordinator of Norr": "municipal_coordinator", "editor": "editor",
    "administrator": "administrator", "secrecy officer": "secrecy_officer",
}
"""Role as the matrix names it → its account in the synthetic cohort."""
TOKEN = "an-invitation-to-look-at"


@dataclass
class Site:
    app: Flask
    things: dict[str, object]
    """Name in a row's `url` → what stands in the address."""

    def open(self, name, path):
        """Return the status of the page and the statements that it took."""
        client = self.app.test_client()
        if name:
            client.set_cookie("stegvis-login", name)
        with statements_of(self.app) as statements:
            answer = client.get(path)
        answer.close()
        return answer.status_code, len(statements)


@pytest.fixture
def sites(template, config, tmp_path):
    """The same world in a cohort of ten and in one of 2,000."""
    with ExitStack() as stack:
        found = []
        for participants in (10, 2_000):
            folder = tmp_path / str(participants)
            folder.mkdir()
            url = stack.enter_context(fresh_database(template, folder))
            app = create_app(replace(config, database_url=url))
            stack.callback(app.extensions["database"].engine.dispose)
            loaded = app.test_cli_runner().invoke(
                args=["synthetic", "load", "--municipalities", "3",
                      "--participants", str(participants)]
            )
            assert loaded.exit_code == 0, loaded.output
            with app.extensions["database"].session(writes=True) as session, session.begin():
                found.append(Site(app, furnish(app, session)))
        yield found


def furnish(app, session):
    """Let the first participant have something on every page; return what stands in addresses."""
    course = app.extensions["editions"].published("processledarutbildning").course("sv")
    now = clock.now()
    users = {
        role: session.scalars(
            select(User).where(User.email == f"{account}@matning.example")
        ).one()
        for role, account in ACCOUNTS.items()
    }
    undertake(session, users["trainer"])
    for role, user in users.items():  # the cookie holds the role's name
        session.add(
            LoginSession(
                user_id=user.id, token_hash=token_hash(role), created_at=now,
                last_seen_at=now, proved_at=now,
            )
        )
    nora = session.scalars(select(Enrollment).where(Enrollment.user_id == users["nora"].id)).one()
    team = session.get_one(Team, nora.home_team_id)
    individual = next(a for a in course.assignments if not a.is_joint)
    joint = next(a for a in course.assignments if a.is_joint)
    own = session.scalars(
        select(Submission).where(Submission.enrollment_id == nora.id)
    ).one()
    own.state = SubmissionState.RETURNED
    cohort = session.get_one(Cohort, nora.cohort_id)
    shared = make_submission(session, cohort, team, joint, SubmissionState.RETURNED)
    for submission, assignment in ((own, individual), (shared, joint)):
        send_back(session, submission, by=users["trainer"])
        session.add(
            Draft(
                enrollment_id=submission.enrollment_id, team_id=submission.team_id,
                assignment_id=assignment.id, answers=answers_to(assignment), updated_at=now,
                updated_by=users["nora"].id,
            )
        )
    waiting = session.scalars(
        select(Submission).where(Submission.state == SubmissionState.SUBMITTED)
    ).first()
    begin_to_read(session, waiting, individual, by=users["trainer"])
    session.add(
        Invitation(
            user_id=users["nora"].id, token_hash=token_hash(TOKEN), created_at=now,
            expires_at=now + timedelta(days=1),
        )
    )
    second = make_team(session, cohort, organization_id=team.organization_id)
    approved = make_submission(
        session, cohort, second, joint, SubmissionState.APPROVED, submitted_by=users["nora"]
    )
    by_two = next(a for a in course.assignments if a.readers > 1)
    read = make_both_read(session, cohort, second, by_two, users["trainer"])
    show_to_cohort(session, approved, by=users["nora"].id, now=now)
    cohort.needs_sign_off = True
    approve(session, cohort, team, course, *PARTS[1:], by=users["nora"])
    make_plan(session, team, users["nora"])
    module = course.modules[0]
    store = app.extensions["editions"]
    folder = app.extensions["uploads"].keep(published(store))
    return make_draft(session, store, users["editor"].id) | {
        "folder": folder,
        "module": module.slug, "lesson": module.lessons[0].slug, "round": 1,
        "vouched": "webbkurs",
        "individual": individual.slug, "joint": joint.slug,
        "submission": waiting.id, "answered": own.id, "read by two": read.id,
        "cohort": cohort.id, "team": team.id, "enrollment": nora.id,
        "approved team": second.id, "joint id": joint.id,
        "certificate": make_certificate(session, nora, course).id,
        "role": session.scalars(select(RoleAssignment.id).order_by(RoleAssignment.id)).first(),
        **secret_addresses(app, session, users["nora"]),
        "page": course.pages[-1].slug, "code": "7K3M-9QXW-2HFT-R6ND", "unknown token": TOKEN,
        "chapter": "lage",
        "shown version": make_shown(
            session, team, joint, by=users["nora"], course=course,
            organization_id=team.organization_id,
        ).id,
        "survey": "fore",
        "reflection": make_reflection(app, session, users["nora"]).id,
        "login": make_login(session, users["nora"]).id,
        "passkey": make_passkey(session, users["nora"]).id,
        "data copy": make_copy(app, session, users["nora"]).id,
        "individual id": individual.id,
        **make_threads(
            session, cohort, nora, team, individual, joint, by=users["nora"]
        ),
        "stop": furnish_with_stop(app, session, course, nora, users).id,
        **furnish_with_files(app, session, users["nora"], own, shared, waiting),
        "paper file": on_behalf(app, session, nora, individual, by=users["trainer"]).id,
        **make_joint_work(session, SimpleNamespace(team=team, enrollment=nora), course),
    }


def furnish_with_stop(app, session, course, nora, users):
    """Something that a trainer has stopped, with a masked copy."""
    assignment = [one for one in course.assignments if not one.is_joint][1]
    cohort = session.get_one(Cohort, nora.cohort_id)
    submission = make_submission(session, cohort, nora, assignment)
    in_rounds(app, session, submission, by=users["nora"])
    stop = stop_round(session, submission, course, by=users["trainer"])
    stop.masked = {}
    session.flush()
    return stop


def furnish_with_files(app, session, nora, own, shared, waiting):
    """Files beside the drafts and in the rounds; return what stands in addresses."""
    found = {"newest round": waiting.round}
    for name, submission in (("own file", own), ("joint file", shared), ("", waiting)):
        in_rounds(app, session, submission, by=nora)
        owner = session.get_one(
            Enrollment if submission.enrollment_id else Team,
            submission.enrollment_id or submission.team_id,
        )
        assignment = SimpleNamespace(id=submission.assignment_id)
        found[name] = beside_draft(app, session, owner, assignment, by=nora).id
    return found


def send_back(session, submission, *, by):
    """The round that was handed in is answered; something that was not sent is left over."""
    session.add(
        Review(
            round_id=round_of(session, submission), reviewer_id=by.id, outcome=Outcome.RETURN,
            levels={}, comments={}, overall="Mer, tack.", due_on=date(2099, 1, 31),
            created_at=clock.now(),
        )
    )
    write_review(session, submission, Answer(overall="För sent."), by=by)


def begin_to_read(session, submission, assignment, *, by):
    """The trainer has the text, and an answer to it that is ready to be checked."""
    submission.state = SubmissionState.IN_REVIEW
    submission.claimed_by = by.id
    submission.claimed_until = clock.now() + timedelta(minutes=30)
    written = Answer(
        levels={criterion.id: "approved" for criterion in assignment.criteria},
        overall="Tack.", outcome=Outcome.APPROVE.value,
    )
    write_review(session, submission, written, by=by)


def write_review(session, submission, answer, *, by):
    session.add(
        ReviewDraft(
            round_id=round_of(session, submission), reviewer_id=by.id, content=answer.content(),
            updated_at=clock.now(),
        )
    )
    session.flush()


def round_of(session, submission):
    return session.scalars(
        select(SubmissionRound.id).where(SubmissionRound.submission_id == submission.id)
    ).one()


def pages(app):
    """Yield each endpoint that answers GET, with who opens it and what its address needs."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        row = ROUTES[key(rule)]
        url = {name: row.url[name] for name in rule.arguments}
        if rule.endpoint in ("reviews.done", "reviews.conflict"):
            url["submission_id"] = "answered"
        is_public = app.view_functions[rule.endpoint].guard == "public"
        for role in ("",) if is_public else ACCOUNTS.keys() & row.ok:
            yield rule, role, url


def status_of(rule):
    return STATUS.get(key(rule), STATUS.get(rule.endpoint, 200))


def test_every_page_stays_within_its_statements(sites):
    wrong = []
    for rule, role, url in pages(sites[0].app):
        found = []
        for site in sites:
            path = site.app.url_map.bind("localhost").build(
                rule.endpoint, {name: site.things[thing] for name, thing in url.items()}
            )
            found.append(site.open(role, path + WHOLE.get(rule.endpoint, "")))
        most = 0 if rule.endpoint in WITHOUT_A_DATABASE else MOST
        of_ten, of_many = found
        if of_ten != of_many or of_ten[0] != status_of(rule) or of_ten[1] > most:
            wrong.append((rule.rule, role, of_ten, of_many))
    assert not wrong, "\n".join(map(str, wrong))
