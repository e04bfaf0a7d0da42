"""What somebody need not do: said by the county's coordinator, with a reason that stands there."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from courses.errors import Refused
from courses.models import Completion, CompletionEvent, RoleAssignment, Submission
from courses.services.excusing import excuse
from courses.vocabulary import CompletionKind, Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
    user_of,
)
from tests.reviewing import NOON

WHY = "Kom med efter V24"


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def team(session, cohort):
    return make_team(session, cohort)


@pytest.fixture
def karin(session, cohort, team):
    return make_enrollment(session, cohort, team=team, user=make_user(session, name="Karin"))


@pytest.fixture
def mia(session, karin, login):
    """The county's coordinator, logged in."""
    mia = make_role(session, Role.COORDINATOR, user=make_user(session, name="Mia Koord"))
    login(mia)
    return mia


def of(owner):
    kind = "team" if hasattr(owner, "holder_id") else "deltagare"
    return f"/samordna/{kind}/{owner.id}"


@pytest.fixture
def let_off(post):
    def do(owner, item="U1", reason=WHY):
        return post(f"{of(owner)}/behover-inte", {"item": item, "reason": reason})

    return do


@pytest.fixture
def ask(post):
    def do(owner, item="U1", reason="Det var fel person"):
        return post(f"{of(owner)}/ska-anda", {"item": item, f"{item}-reason": reason})

    return do


def test_it_counts_as_finished_and_everybody_it_concerns_reads_why(
    app, client, session, login, let_off, mia, karin, course
):
    answer = let_off(karin)

    assert answer.location == f"{of(karin)}/behover-inte"
    assert session.scalars(select(Submission.state)).all() == [SubmissionState.EXCUSED]
    assert session.scalars(select(Completion.item_id)).all() == ["U1"]
    session.commit()
    assert WHY in client.get(of(karin)).text
    reader = login(user_of(session, karin), on=app.test_client())
    for page in ("/hem", f"/uppgift/{course.items['U1'].slug}"):
        text = reader.get(page).text
        assert WHY in text, page
        assert "Mia Koord" in text, page
        assert "Behöver inte göras" in text, page
    assert reader.get(f"/uppgift/{course.items['U1'].slug}/skriv").status_code in (302, 303)


def test_a_team_is_let_off_with_everyone_at_home(session, let_off, mia, cohort, team, karin):
    other = make_enrollment(session, cohort, team=team)
    make_enrollment(session, cohort)
    session.commit()

    let_off(team, "GU4")

    assert session.scalars(select(Submission.team_id)).all() == [team.id]
    assert set(session.scalars(select(Completion.enrollment_id))) == {karin.id, other.id}


def test_one_person_is_let_off_joint_work_and_the_teams_goes_on(
    session, let_off, mia, cohort, team, karin
):
    make_enrollment(session, cohort, team=team)
    session.commit()

    let_off(karin, "GU4")

    assert session.scalars(select(Submission)).all() == []
    assert session.scalars(select(Completion.enrollment_id)).all() == [karin.id]


@pytest.mark.parametrize("item", ["L1.1", "GU4.bidrag"])
def test_anything_that_the_certificate_asks_for(session, let_off, mia, cohort, karin, item):
    asked = {one for line in cohort.requirement_set for one in line["items"]}
    item = item if item in asked else sorted(asked)[0]

    let_off(karin, item)

    assert session.scalars(select(Completion.item_id)).all() == [item]


@pytest.mark.parametrize(
    ("item", "reason", "sentence"),
    [("", WHY, "Välj vad det gäller"), ("U1", " ", "Skriv ett skäl")],
)
def test_something_is_missing(session, let_off, mia, karin, item, reason, sentence):
    answer = let_off(karin, item, reason)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalars(select(CompletionEvent)).all() == []


@pytest.mark.parametrize("state", [SubmissionState.SUBMITTED, SubmissionState.ON_HOLD])
def test_not_what_is_handed_in(session, let_off, mia, cohort, karin, course, state):
    make_submission(session, cohort, karin, course.items["U1"], state)
    session.commit()

    assert let_off(karin).status_code == 409
    assert session.scalars(select(CompletionEvent)).all() == []


def test_twice_is_once(session, let_off, mia, karin):
    let_off(karin)

    answer = let_off(karin)

    assert answer.status_code == 409
    assert "redan klart" in answer.text
    assert len(session.scalars(select(CompletionEvent)).all()) == 1


class TestAfterAll:
    def test_it_is_asked_for_again_and_what_was_written_lies_there(
        self, client, session, let_off, ask, mia, karin
    ):
        let_off(karin)

        answer = ask(karin)

        assert answer.status_code == 303
        assert session.scalars(select(Submission.state)).one() is SubmissionState.DRAFT
        assert session.scalars(select(Completion)).all() == []
        last = session.scalars(select(CompletionEvent).order_by(CompletionEvent.id.desc())).first()
        assert (last.kind, last.reason) == (CompletionKind.UNDONE, "Det var fel person")
        assert WHY not in client.get(of(karin)).text

    def test_what_was_returned_is_returned_again(
        self, session, let_off, ask, mia, cohort, karin, course
    ):
        make_submission(session, cohort, karin, course.items["U1"], SubmissionState.RETURNED)
        session.commit()
        let_off(karin)

        ask(karin)

        state = session.scalars(select(Submission.state)).one()
        assert state is SubmissionState.WITHDRAWN  # nobody has answered it in this test

    def test_a_team(self, session, let_off, ask, mia, team, karin):
        let_off(team, "GU4")

        ask(team, "GU4")

        assert session.scalars(select(Completion)).all() == []
        assert session.scalars(select(Submission.state)).all() == [SubmissionState.DRAFT]

    def test_a_reason_is_needed(self, session, let_off, ask, mia, karin):
        let_off(karin)

        answer = ask(karin, reason="")

        assert answer.status_code == 422
        assert session.scalars(select(Completion.item_id)).all() == ["U1"]

    def test_not_what_is_done(self, session, ask, mia, karin):
        assert ask(karin).status_code == 404


def test_a_municipal_coordinator_reads_it_and_decides_nothing(
    app, session, login, post, let_off, mia, cohort, karin
):
    let_off(karin)
    session.commit()
    local = make_role(session, Role.COORDINATOR, cohort=cohort)
    role = session.scalars(select(RoleAssignment).where(RoleAssignment.user_id == local.id)).one()
    role.organization_id = karin.organization_id
    session.commit()
    browser = login(local, on=app.test_client())

    assert WHY in browser.get(of(karin)).text
    assert browser.get(f"{of(karin)}/behover-inte").status_code == 403


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_let_somebody_off_at_once_do_it_once(app, session, course, mia, karin, attempt):
    key, by = karin.id, mia.id
    session.commit()
    ready = Barrier(2)

    def let(_number):
        ready.wait()
        try:
            with app.extensions["database"].session(writes=True) as own, own.begin():
                excuse(
                    own, own.get_one(type(karin), key), item_id="U1", reason=WHY, course=course,
                    actor_id=by, now=NOON,
                )
                return "done"
        except Refused:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(let, range(2)))

    assert sorted(outcomes) == ["done", "refused"]
    assert len(session.scalars(select(CompletionEvent)).all()) == 1
