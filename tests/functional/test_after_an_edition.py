"""A cohort comes to an edition that has lost something: every page still works, what was handed
in is read and answered, and nobody sees less done than before."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from app import clock
from courses.models import Completion, CompletionEvent, Draft
from courses.services.progress import derive, record_completion
from courses.vocabulary import Decision, Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
    user_of,
)
from tests.press import Press
from tests.reviewing import answer_to, fresh
from tests.small_course import PLAN, Line, Part, Step, changed, without

NOW = clock.now()


@pytest.fixture
def config(config, tmp_path):
    """A site whose only course is the small one."""
    return replace(config, data_dir=tmp_path / "data", content_dir=tmp_path / "none")


@pytest.fixture
def press(app):
    press = Press(app)
    press.publish(PLAN)
    return press


@pytest.fixture
def cohort(session, press):
    return make_cohort(session, press.course)


@pytest.fixture
def team(session, cohort):
    return make_team(session, cohort, name="Team Norr")


@pytest.fixture
def nora(session, press, cohort, team):
    """She has finished the lessons and the check, handed in U1 and written a draft of G1."""
    nora = make_enrollment(session, cohort, team=team, user=make_user(session, name="Nora"))
    team.holder_id = nora.id
    derive(session, [nora], press.course)
    for item_id in ("L1", "L2", "K1", "L3", "L4"):
        record_completion(
            session, enrollment=nora, item_id=item_id, course=press.course, actor_id=None,
            now=NOW,
        )
    session.add(
        Draft(
            team_id=team.id, assignment_id="G1", answers={"text": "Vårt utkast"},
            updated_at=NOW, updated_by=nora.user_id,
        )
    )
    session.flush()
    return nora


@pytest.fixture
def handed_in(session, press, cohort, nora):
    return make_submission(session, cohort, nora, press.course.items["U1"])


@pytest.fixture
def lost(press, session, handed_in):
    """The edition without the check, U1, a lesson and the joint assignment."""
    session.commit()
    press.publish(without(PLAN, "K1", "U1", "L3", "G1"))


def test_every_page_of_the_cohort_still_works(
    app, client, session, login, lost, cohort, team, nora
):
    login(user_of(session, nora))
    for page in ("/hem", "/modul/m1", "/modul/m2", "/modul/m2/l4"):
        assert client.get(page).status_code == 200, page
    for page in ("/modul/m1/kunskapskoll", "/modul/m2/l3"):
        assert client.get(page).status_code == 404, page
    coordinator = login(make_role(session, Role.COORDINATOR), on=app.test_client())
    for page in (
        f"/samordna/{cohort.id}", f"/samordna/team/{team.id}",
        f"/samordna/deltagare/{nora.id}", f"/samordna/{cohort.id}/intyg",
        f"/samordna/{cohort.id}/datum", f"/samordna/{cohort.id}/forbered",
    ):
        assert coordinator.get(page).status_code == 200, page


def test_what_was_handed_in_can_be_read_by_its_author_though_it_is_asked_for_no_more(
    client, session, login, lost, nora, handed_in
):
    login(user_of(session, nora))

    assert client.get("/uppgift/u1").status_code == 200
    assert "Det här står under" in client.get("/uppgift/u1/versioner/1").get_data(as_text=True)
    assert client.get("/uppgift/u1/kvitto").status_code == 200


def test_a_draft_of_what_is_no_more_can_be_read_and_not_written(
    client, session, login, lost, team, nora
):
    login(user_of(session, nora))
    page = f"/team/{team.id}/uppgift/g1"

    assert "Vårt utkast" in client.get(page).get_data(as_text=True)
    assert client.get(f"{page}/skriv").status_code == 303


def test_nobody_else_finds_what_is_no_more(app, session, login, lost, cohort):
    other = login(user_of(session, make_enrollment(session, cohort)), on=app.test_client())

    assert other.get("/uppgift/u1").status_code == 404


def test_an_address_from_an_old_mail_leads_to_the_assignment_where_it_is_now(
    client, session, login, press, nora, handed_in
):
    session.commit()
    plan = PLAN.with_parts(
        lambda one: replace(one, slug="nytt-namn") if one.id == "U1" else one
    )
    press.publish(plan)
    login(user_of(session, nora))

    assert client.get("/uppgift/nytt-namn").status_code == 200
    assert client.get("/uppgift/u1").status_code == 200


def test_a_trainer_answers_what_is_no_more_and_it_counts_as_the_wording_that_was_answered(
    client, session, login, post, press, lost, cohort, nora, handed_in
):
    login(make_role(session, Role.TRAINER, cohort=cohort))
    post("/sekretessforbindelse", {"agreed": "1"})
    assert client.get("/granska").status_code == 200
    assert post("/granska/nasta").location == f"/granska/{handed_in.id}"
    assert client.get(f"/granska/{handed_in.id}").status_code == 200
    first = press.course_of(press.history().lines[1].digest).items["U1"]
    answer = answer_to(first, overall="Tack.")
    assert post(f"/granska/{handed_in.id}", answer).status_code == 303
    sent = post(f"/granska/{handed_in.id}/skicka", {"round": 1, "v": 1})

    assert sent.location == f"/granska/{handed_in.id}/klart"
    assert fresh(session, handed_in).state is SubmissionState.APPROVED
    event = session.scalars(
        select(CompletionEvent).where(CompletionEvent.item_id == "U1")
    ).one()
    assert (event.enrollment_id, event.content_digest) == (nora.id, first.digest)


def test_the_next_step_is_what_is_asked_again(client, session, login, press, nora):
    session.commit()
    press.publish(changed(PLAN, "L2"), Decision.ASK_AGAIN)
    login(user_of(session, nora))

    page = client.get("/hem").get_data(as_text=True)
    assert 'href="/modul/m1/l2"' in page.split('class="next"', 1)[1].split("</section>", 1)[0]


def test_whoever_has_all_that_is_asked_for_is_done_though_the_edition_holds_more(
    client, session, login, press, nora
):
    session.execute(delete(Draft))
    nora_has = ("L1", "L2", "K1", "L3", "L4")
    plan = replace(PLAN, lines=(Line("allt", nora_has),))
    session.commit()
    press.publish(plan, Decision.ASK_AGAIN)
    more = replace(plan, steps=(*plan.steps, Step("M3", (Part("L9"),))))
    press.publish(more)
    login(user_of(session, nora))

    page = client.get("/hem").get_data(as_text=True)
    assert "Du har gjort allt som utbildningen kräver" in page
    assert "Modul M3" in page  # there to read, and not the next thing to do


def test_a_module_that_is_finished_says_so_after_something_was_moved_into_it(
    client, session, login, press, cohort
):
    bo = make_enrollment(session, cohort)
    for item_id in ("L3", "L4", "G1"):
        record_completion(
            session, enrollment=bo, item_id=item_id, course=press.course, actor_id=None, now=NOW
        )
    login(user_of(session, bo))
    one, two = PLAN.steps
    moved = replace(
        PLAN,
        steps=(
            replace(one, parts=one.parts[1:]), replace(two, parts=(one.parts[0], *two.parts))
        ),
    )
    press.publish(moved)

    assert "3 av 3 delar klara" in client.get("/hem").get_data(as_text=True)
    assert session.get(Completion, (bo.id, "L1")) is None
