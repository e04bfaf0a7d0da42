"""The situation pictures that teams show each other, side by side under each heading."""

import pytest
from sqlalchemy import select

from app import clock
from courses.models import SecrecyStop, SubmissionRound
from courses.vocabulary import Role, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    user_of,
)


def body(answer):
    return answer.get_data(as_text=True)


class Two:
    """Two teams of a cohort with an approved situation picture each, and a third without."""

    def __init__(self, session, course):
        self.course = course
        self.picture = course.items["GU5"]
        self.section = next(s for s in self.picture.sections if s.kind == "text")
        self.cohort = make_cohort(session, course)
        self.holders, self.teams, self.work = [], [], []
        for name in ("Norrbyn", "Söderbyn", "Västerbyn"):
            team = make_team(session, self.cohort, name=name)
            holder = make_enrollment(session, self.cohort, team=team)
            team.holder_id = holder.id
            self.teams.append(team)
            self.holders.append(user_of(session, holder))
            if name != "Västerbyn":
                self.work.append(
                    make_submission(
                        session, self.cohort, team, self.picture, SubmissionState.APPROVED,
                        answers=answers_to(self.picture)
                        | {self.section.id: f"Så är det i {name} nu."},
                    )
                )
        session.commit()
        self.path = f"/lagesbilder/{self.cohort.id}/{self.picture.slug}"

    def address(self, number):
        team = self.teams[number]
        return f"/team/{team.id}/uppgift/{self.picture.slug}/visa-for-teamen"


@pytest.fixture
def two(session, course):
    return Two(session, course)


@pytest.fixture
def shown(two, as_, post):
    for number in (0, 1):
        post(two.address(number), {"do": "show"}, on=as_(two.holders[number]))


def test_nothing_is_shown_before_a_team_wants_it(two, as_, post):
    third = as_(two.holders[2])
    before = body(third.get(two.path))
    answer = post(two.address(0), {"do": "show"}, on=as_(two.holders[0]))

    page = body(third.get(two.path))

    assert "Så är det i Norrbyn" not in before
    assert answer.status_code == 303
    assert "Så är det i Norrbyn nu." in page
    assert "Så är det i Söderbyn" not in page
    assert "Visar inte än: Söderbyn, Västerbyn." in page


def test_they_stand_beside_each_other_under_each_heading(two, shown, as_):
    page = body(as_(two.holders[2]).get(two.path))

    under = page.split(f'<h2 id="{two.section.id}">')[1].split("<h2")[0]
    assert "Så är det i Norrbyn nu." in under
    assert "Så är det i Söderbyn nu." in under


def test_a_participant_finds_back_to_the_team(two, shown, as_):
    trail = body(as_(two.holders[2]).get(two.path)).split('class="crumbs')[1].split("</nav>")[0]

    assert '<a href="/mitt-team">Mitt team</a>' in trail


def test_the_reader_chooses_teams(two, shown, as_):
    page = body(as_(two.holders[2]).get(f"{two.path}?team=t{two.teams[1].id}"))

    assert "Så är det i Söderbyn nu." in page
    assert "Så är det i Norrbyn" not in page


def test_a_team_takes_its_own_back_from_view(two, shown, as_, post):
    post(two.address(0), {"do": "hide"}, on=as_(two.holders[0]))
    hidden = body(as_(two.holders[2]).get(two.path))
    post(two.address(0), {"do": "show"}, on=as_(two.holders[0]))

    assert "Så är det i Norrbyn" not in hidden
    assert "Så är det i Norrbyn" in body(as_(two.holders[2]).get(two.path))


def test_what_was_stopped_is_never_among_it(two, shown, session, as_):
    round_id = session.scalars(
        select(SubmissionRound.id).where(SubmissionRound.submission_id == two.work[0].id)
    ).one()
    session.add(
        SecrecyStop(
            round_id=round_id, passages=[], pressed_at=clock.now(),
            pressed_by=make_role(session, Role.TRAINER, cohort=two.cohort).id,
        )
    )
    session.commit()

    page = body(as_(two.holders[2]).get(two.path))

    assert "Så är det i Norrbyn" not in page
    assert "Visar inte än: Norrbyn, Västerbyn." in page


def test_it_is_the_cohorts_own(two, shown, session, course, as_):
    stranger = make_enrollment(session, make_cohort(session, course))
    trainer = make_role(session, Role.TRAINER, cohort=two.cohort)
    session.commit()

    assert as_(user_of(session, stranger)).get(two.path).status_code == 404
    assert as_(trainer).get(two.path).status_code == 200


def test_only_who_holds_the_pen_shows_it(two, session, as_, post):
    mate = make_enrollment(session, two.cohort, team=two.teams[0])
    session.commit()

    answer = post(two.address(0), {"do": "show"}, on=as_(user_of(session, mate)))

    assert answer.status_code == 403


def test_only_what_is_approved_is_shown(two, session, as_, post):
    two.work[0].state = SubmissionState.RETURNED
    session.commit()

    assert post(two.address(0), {"do": "show"}, on=as_(two.holders[0])).status_code == 404
    assert as_(two.holders[0]).get(two.address(2)).status_code == 404
