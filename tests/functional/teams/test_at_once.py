"""Members, authorities and coordinators at the same moment: no word is lost, nothing counts
twice, and no text goes out that an authority has not approved. On either database."""

import pytest
from sqlalchemy import func, select

from courses.models import (
    Cohort,
    CohortShowing,
    Completion,
    ContributionLine,
    Draft,
    ReadyMark,
    ShownVersion,
    SignOff,
    SignOffWaiver,
    SubmissionRound,
)
from courses.rules.sign_offs import text_digest
from courses.vocabulary import Role, SubmissionState
from tests.factories import make_enrollment, make_role, make_submission
from tests.writing import fields_of


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count(model.id)))


def test_one_version_however_often_it_is_shown_at_once(trio, session, at_once):
    karin = trio.user(trio.karin)

    answers = at_once(*[(karin, f"{trio.path}/visa", {"v": 1})] * 6)

    assert answers == [303] * 6
    assert count(session, ShownVersion) == 1


def test_two_of_one_authority_who_disagree_both_count(trio, session, at_once, as_, post):
    second = make_enrollment(
        session, trio.cohort, team=trio.team, organization_id=trio.police.id
    )
    shown = trio.show(trio.police)
    path = f"{trio.path}/visade/{shown.id}"

    answers = at_once(
        (trio.user(trio.yngve), path, {"answer": "yes", "line": ""}),
        (trio.user(second), path, {"answer": "no", "line": "Vänta."}),
    )
    refused = post(
        f"{trio.path}/kontrollera", {"v": 1, "attest": "1"}, on=as_(trio.user(trio.karin))
    )

    assert answers == [303, 303]
    assert count(session, SignOff) == 2
    assert refused.status_code == 409


@pytest.mark.parametrize("time", range(3))
def test_no_text_goes_out_that_was_not_approved(trio, session, at_once, course, time):
    """An approval, a change of the text and a hand-in meet: whatever goes out was approved."""
    shown = trio.show(trio.police)
    answers = {s.id: trio.draft.answers.get(s.id, "") for s in trio.joint.sections}
    section = next(s for s in trio.joint.sections if s.kind in ("text", "short"))
    karin, yngve = trio.user(trio.karin), trio.user(trio.yngve)
    changed = fields_of(trio.joint, answers | {section.id: "Något som ingen har godkänt."})
    at_once(
        (yngve, f"{trio.path}/visade/{shown.id}", {"answer": "yes", "line": ""}),
        (karin, f"{trio.path}/skriv", changed | {"v": 1}),
        (karin, f"{trio.path}/kontrollera", {"v": 1, "attest": "1"}),
        (karin, f"{trio.path}/kontrollera", {"v": 2, "attest": "1"}),
    )
    session.rollback()

    handed_in = session.scalars(select(SubmissionRound)).all()
    assert all(text_digest(one.answers) == shown.digest for one in handed_in)
    assert session.scalars(select(SignOff.is_approved)).all() in ([], [True])
    assert session.scalar(select(func.count(Draft.id))) == 1


def test_waived_by_four_at_once_is_waived_once(trio, session, at_once):
    people = [make_role(session, Role.COORDINATOR) for _ in range(4)]
    fields = {"assignment": trio.joint.id, "authority": trio.police.id, "line": "Tjänsten är tom."}
    session.commit()

    answers = at_once(
        *((one, f"/samordna/team/{trio.team.id}/godkannande", fields) for one in people)
    )

    assert answers == [303] * 4
    assert count(session, SignOffWaiver) == 1


def test_a_line_written_in_two_windows_at_once_is_one(trio, session, course, at_once):
    gu4 = course.items["GU4"]
    make_submission(session, trio.cohort, trio.team, gu4)
    session.commit()
    path = f"/team/{trio.team.id}/uppgift/{gu4.slug}/min-rad"
    anders = trio.user(trio.anders)

    answers = at_once(*((anders, path, {"line": f"Rad {n}."}) for n in range(4)))

    assert sorted(answers) == [303, 409, 409, 409]
    assert count(session, ContributionLine) == 1
    parts = select(Completion).where(Completion.item_id == "GU4.bidrag")
    assert len(session.scalars(parts).all()) == 1


def test_ready_said_twice_at_once_is_said_once(trio, session, at_once):
    anders = trio.user(trio.anders)

    answers = at_once(*[(anders, f"{trio.path}/klar-for-mig", {"v": 1})] * 4)

    assert answers == [303] * 4
    assert count(session, ReadyMark) == 1


def test_shown_to_the_other_teams_by_both_pens_at_once_is_shown_once(
    trio, session, course, at_once
):
    trio.team.deputy_id = trio.anders.id
    gu5 = course.items["GU5"]
    make_submission(session, trio.cohort, trio.team, gu5, SubmissionState.APPROVED)
    session.commit()
    path = f"/team/{trio.team.id}/uppgift/{gu5.slug}/visa-for-teamen"

    answers = at_once(
        *((trio.user(one), path, {"do": "show"}) for one in (trio.karin, trio.anders) * 2)
    )

    assert answers == [303] * 4
    assert count(session, CohortShowing) == 1
    assert session.scalar(select(func.count(Cohort.id))) == 1
