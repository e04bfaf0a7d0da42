"""The team's page tells its members what holds for them."""

import pytest

from courses.models import Team
from tests.factories import join_team, make_cohort, make_enrollment, make_team, user_of


def body(answer):
    return answer.get_data(as_text=True)


def test_a_regional_team_is_told_so(session, course, as_):
    cohort = make_cohort(session, course)
    team = make_team(session, cohort, name="Regionalt", organization_id=None)
    one, _two = (make_enrollment(session, cohort, team=team) for _ in range(2))
    team.holder_id = one.id
    session.commit()

    page = body(as_(user_of(session, one)).get(f"/team/{team.id}"))

    assert "Ni gör den regionala varianten" in page
    assert "Utkastet läser bara skrivansvarig och ersättaren" in page


def test_the_page_says_in_words_who_reads_what(trio, session, as_):
    yngve = as_(trio.user(trio.yngve))
    kept_out = body(yngve.get(f"/team/{trio.team.id}"))
    trio.cohort.shares_drafts_across_authorities = True
    session.commit()

    assert "Polisen är en egen myndighet och läser inte teamets utkast förrän" in kept_out
    assert "Hela teamet läser teamets utkast" in body(yngve.get(f"/team/{trio.team.id}"))


def test_somebody_in_two_teams_finds_both(trio, session, as_):
    other = make_team(session, trio.cohort, name="Söderbyn")
    join_team(session, other, trio.yngve)
    session.commit()
    yngve = as_(trio.user(trio.yngve))

    assert "Söderbyn" in body(yngve.get(f"/team/{trio.team.id}"))
    assert "Norrbyn" in body(yngve.get(f"/team/{other.id}"))
    assert yngve.get("/mitt-team").location == f"/team/{trio.team.id}"


@pytest.mark.parametrize(
    "who, told",
    [
        ("anders", "Du kan bli det på sidan för en gemensam uppgift."),
        ("yngve", "Säg till er samordnare."),
    ],
)
def test_whoever_may_take_an_empty_pen_is_told_where(trio, session, as_, who, told):
    session.get_one(Team, trio.team.id).holder_id = None
    session.commit()

    page = body(as_(trio.user(getattr(trio, who))).get(f"/team/{trio.team.id}"))

    assert f"Ingen är skrivansvarig än. {told}" in page
