"""The list of what waits."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from courses.models import AccessEvent
from courses.vocabulary import Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.reviewing import NOON, hand_in


def test_the_oldest_promise_comes_first(client, session, login, cohort, trainer, own):
    hand_in(session, cohort, own, days=2, name="Karin")
    hand_in(session, cohort, own, days=6, name="Olle")
    hand_in(session, cohort, own, days=0, name="Per")
    login(trainer)

    page = client.get("/granska").text

    assert page.index("Olle") < page.index("Karin") < page.index("Per")
    assert "6 dagar" in page
    assert "(i dag)" in page
    assert "Väntar (3)" in page


def test_what_comes_back_is_before_what_is_new(client, session, login, cohort, trainer, own):
    hand_in(session, cohort, own, days=9, name="Ny")
    hand_in(session, cohort, own, days=1, name="Kompletterad", rounds=2)
    login(trainer)

    page = client.get("/granska").text

    assert page.index("Kompletterad") < page.index("Ny<")
    assert "(kompletterad)" in page


@pytest.mark.parametrize("promised, words", [
    (date(2026, 11, 6), "försenat svar"), (date(2026, 11, 9), "9 november 2026, <b>i dag</b>"),
    (date(2026, 11, 10), "1 arbetsdag kvar"), (date(2026, 11, 16), "5 arbetsdagar kvar"),
])
def test_each_row_says_what_is_promised(
    client, session, login, cohort, trainer, own, promised, words
):
    hand_in(session, cohort, own, promised_on=promised)
    login(trainer)

    assert words in client.get("/granska").text


def test_the_rule_stands_on_the_page_in_words(client, session, login, cohort, trainer):
    login(trainer)

    page = client.get("/granska").text

    assert "inom 10 arbetsdagar" in page
    assert "flyttas den 5 arbetsdagar, en gång" in page

def test_a_team_stands_under_its_own_name(client, session, login, cohort, trainer, joint):
    team = make_team(session, cohort, name="Team Granåsa")
    make_enrollment(session, cohort, team=team)
    make_submission(session, cohort, team, joint)
    login(trainer)

    assert "Team Granåsa" in client.get("/granska").text


def test_each_state_has_its_tab(client, session, login, cohort, trainer, own):
    hand_in(session, cohort, own, name="Väntande")
    hand_in(session, cohort, own, name="Läst", state=SubmissionState.IN_REVIEW)
    hand_in(session, cohort, own, name="Åter", state=SubmissionState.RETURNED,
            due_on=date(2026, 11, 30))
    hand_in(session, cohort, own, name="Färdig", state=SubmissionState.APPROVED)
    hand_in(session, cohort, own, name="Ångrad", state=SubmissionState.WITHDRAWN)
    login(trainer)

    waiting, returned, done = (
        client.get(f"/granska?flik={tab}").text for tab in ("vantar", "kompletteringar", "klara")
    )

    assert "Väntande" in waiting
    assert "Läst" in waiting
    assert "Åter" not in waiting
    assert "Åter" in returned
    assert "30 november 2026" in returned
    assert "Färdig" in done
    assert "Ångrad" not in waiting + returned + done


def test_who_reads_is_shown_until_the_claim_runs_out(client, session, login, cohort, trainer, own):
    other = make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Bertil"))
    hand_in(session, cohort, own, state=SubmissionState.IN_REVIEW, claimed_by=other.id,
            claimed_until=NOON + timedelta(minutes=10))
    login(trainer)

    page = client.get("/granska?flik=pagar").text
    assert "Bertil" in page
    assert "Pågår (1)" in page
    assert "Väntar (0)" in page
    with time_machine.travel(NOON + timedelta(minutes=11)):
        assert "Bertil" not in client.get("/granska?flik=pagar").text
        assert "Väntar (1)" in client.get("/granska").text


def test_only_my_teams(client, session, login, cohort, trainer, own, joint):
    mine = make_team(session, cohort, name="Mitt team", first_reader_id=trainer.id)
    other = make_team(session, cohort, name="Annat team")
    for team, name in ((mine, "Hemma"), (other, "Borta")):
        hand_in(session, cohort, own, team=team, name=name)
        make_submission(session, cohort, team, joint)
    login(trainer)

    page = client.get("/granska?mina=1").text

    assert "Hemma" in page
    assert "Mitt team" in page
    assert "Borta" not in page
    assert "Annat team" not in page


def test_one_municipality(client, session, login, cohort, trainer, own, joint):
    north = make_team(session, cohort, name="Team Norr")
    police = make_organization(session)
    hand_in(session, cohort, own, team=north, name="Hemma")
    hand_in(session, cohort, own, team=north, name="Polisen", organization_id=police.id)
    hand_in(session, cohort, own, team=make_team(session, cohort), name="Borta")
    region = make_team(session, cohort, name="Regionen", organization_id=None)
    make_enrollment(session, cohort, team=region)
    for team in (north, region):
        make_submission(session, cohort, team, joint)
    login(trainer)

    def found(place):
        page = client.get(f"/granska?kommun={place}").text
        return {
            name for name in ("Hemma", "Polisen", "Borta", "Team Norr", "Regionen")
            if f">{name}</a>" in page
        }

    assert found(north.organization_id) == {"Hemma", "Polisen", "Team Norr"}
    assert found(police.id) == {"Polisen"}
    assert found("regionalt") == {"Regionen"}
    assert found("9" * 30) == found("") == {
        "Hemma", "Polisen", "Borta", "Team Norr", "Regionen",
    }


def test_one_assignment_or_one_module(client, session, login, cohort, trainer, course):
    u1, u2 = [a for a in course.assignments if not a.is_joint][:2]
    hand_in(session, cohort, u1, name="Karin")
    hand_in(session, cohort, u2, name="Olle")
    login(trainer)

    for chosen in (u2.id, course.module_of(u2.id).id):
        page = client.get(f"/granska?uppgift={chosen}").text
        assert "Olle" in page
        assert "Karin" not in page


def test_a_trainer_sees_no_other_cohort(client, session, login, course, cohort, trainer, own):
    hand_in(session, make_cohort(session, course), own, name="Främmande")
    login(trainer)

    page = client.get("/granska").text

    assert "Främmande" not in page
    assert "Väntar (0)" in page


def test_nothing_waits(client, session, login, course, own):
    cohort = make_cohort(session, course, due={own.id: date(2027, 3, 12)})
    login(make_role(session, Role.TRAINER, cohort=cohort))

    page = client.get("/granska").text

    assert "Inget väntar på dig." in page
    assert "Nästa inlämning är 12 mars 2027." in page


def test_the_list_goes_on_on_the_next_page(client, session, login, cohort, trainer, own):
    for n in range(60):
        hand_in(session, cohort, own, days=9, name=f"Deltagare {n:02}-")
    login(trainer)

    seen, path = [], "/granska"
    while path:
        page = client.get(path).text
        seen += [f"{n:02}" for n in range(60) if f"Deltagare {n:02}-" in page]
        path = None
        if "Visa fler" in page:
            end = page.index('">Visa fler')
            path = page[page.rindex('href="', 0, end) + 6:end].replace("&amp;", "&")

    assert seen == [f"{n:02}" for n in range(60)]


@pytest.mark.parametrize(
    "mark",
    [
        "", "x", "2026-11-01_5", "2026-11-01T00:00:00+00:00_x", "_",
        "2026-11-01T00:00:00+00:00_99999999999999999999", "0001-01-01T00:00:00+14:00_1",
        "2_2026-11-01_1", "1_2026-11-01", "0_x_1", "1_2026-11-01_99999999999999999999",
    ],
)
def test_a_mark_that_is_none_of_ours_starts_from_the_beginning(
    client, session, login, cohort, trainer, own, mark
):
    hand_in(session, cohort, own, name="Karin")
    login(trainer)

    assert "Karin" in client.get("/granska", query_string={"efter": mark}).text


def test_opening_the_list_leaves_one_line(client, session, login, cohort, trainer):
    login(trainer)
    client.get("/granska")

    line = session.scalars(select(AccessEvent)).one()
    assert (line.actor_id, line.subject_id, line.what) == (trainer.id, None, "queue")


def test_who_trains_nobody_does_not_know_of_the_list(client, session, login, post, cohort):
    participant = make_enrollment(session, cohort)
    login(session.get_one(type(make_user(session)), participant.user_id))

    assert client.get("/granska").status_code == 404
    assert post("/granska/nasta").status_code == 404


def test_nobody_is_sent_to_the_login_page(client):
    answer = client.get("/granska")

    assert answer.status_code == 303
    assert answer.location.startswith("/logga-in")
