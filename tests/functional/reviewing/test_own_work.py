"""A trainer who takes part in the same cohort: somebody else answers."""

import pytest

from courses.models import TeamMember, User
from courses.vocabulary import Role
from tests.factories import join_team, make_role, make_submission, make_team
from tests.reviewing import fresh


@pytest.fixture
def trainer(session, cohort, karin):
    """Karin herself, who has handed something in, trains the cohort too."""
    return make_role(session, Role.TRAINER, cohort=cohort, user=session.get(User, karin.user_id))


@pytest.mark.parametrize("page", ["", "/kontrollera", "/klart", "/krock/1"])
def test_ones_own_work_is_not_there_to_be_reviewed(login, session, submission, trainer, page):
    session.commit()

    assert login(trainer).get(f"/granska/{submission.id}{page}").status_code == 404


@pytest.mark.parametrize("what", ["/borja", "/ta-over", "/skicka", ""])
def test_ones_own_work_cannot_be_claimed_or_answered(login, post, session, submission, trainer,
                                                     what):
    session.commit()
    login(trainer)

    assert post(f"/granska/{submission.id}{what}", {"round": "1"}).status_code == 404
    assert fresh(session, submission).claimed_by is None


def test_the_list_leaves_out_ones_own_and_ones_teams_work(
    login, post, session, course, cohort, karin, submission, trainer
):
    joint = next(a for a in course.assignments if a.is_joint)
    team = make_team(session, cohort, name="Eget team")
    other = make_team(session, cohort, name="Annat team")
    join_team(session, team, karin)
    ours = make_submission(session, cohort, team, joint, submitted_by=trainer)
    theirs = make_submission(session, cohort, other, joint, submitted_by=trainer)
    session.commit()
    client = login(trainer)
    page = client.get("/granska").text

    assert "Annat team" in page
    assert "Eget team" not in page
    assert f"/granska/{submission.id}" not in page
    assert client.get(f"/granska/{ours.id}").status_code == 404
    assert post("/granska/nasta").location.endswith(f"/granska/{theirs.id}")
    assert post("/granska/nasta").location.endswith(f"/granska/{theirs.id}")


def test_the_work_of_a_team_that_one_has_left_stays_ones_own(
    login, post, session, course, cohort, karin, trainer
):
    joint = next(a for a in course.assignments if a.is_joint)
    team = make_team(session, cohort, name="Eget team")
    join_team(session, team, karin)
    ours = make_submission(session, cohort, team, joint, submitted_by=trainer)
    member = session.get_one(TeamMember, (team.id, karin.id))
    member.left_on = member.joined_on
    session.commit()
    client = login(trainer)

    assert "Eget team" not in client.get("/granska").text
    assert client.get(f"/granska/{ours.id}").status_code == 404
    assert post(f"/granska/{ours.id}/borja").status_code == 404
    assert "Eget team" not in client.get("/granska/registrera/mer-tid").text
