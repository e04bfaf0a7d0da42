"""All texts that wait on one page to print, and the picture for a meeting."""

import pytest
from sqlalchemy import select

from courses.models import AccessEvent, Review, SecrecyStop, SubmissionRound
from courses.vocabulary import Outcome, Role, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.reviewing import NOON, hold


def hand_in(session, cohort, assignment, name="Karin", **fields):
    person = make_enrollment(session, cohort, user=make_user(session, name=name))
    return make_submission(session, cohort, person, assignment, **fields)


def stop(session, submission, by):
    round_ = session.scalars(
        select(SubmissionRound).where(SubmissionRound.submission_id == submission.id)
    ).one()
    session.add(
        SecrecyStop(round_id=round_.id, passages=[], pressed_by=by.id, pressed_at=NOON)
    )
    session.commit()


def test_every_text_that_waits_stands_on_it_with_its_criteria(
    client, session, login, cohort, course, anna, own
):
    joint = next(a for a in course.assignments if a.is_joint)
    text = next(s.id for s in own.sections if s.kind == "text")
    hand_in(session, cohort, own, answers=answers_to(own) | {text: "Det här skrev Karin."})
    team = make_team(session, cohort, name="Team Granåsa")
    make_enrollment(session, cohort, team=team, user=make_user(session, name="Kim i teamet"))
    make_submission(session, cohort, team, joint)
    hand_in(session, cohort, own, "Klar", state=SubmissionState.APPROVED)
    login(anna)

    page = client.get("/granska/skriv-ut").text

    assert "2 texter" in page
    assert "Det här skrev Karin." in page
    assert "Team Granåsa" in page
    assert "Kim i teamet" in page
    assert all(criterion.title in page for criterion in own.criteria)
    assert "Klar:" not in page


def test_it_follows_the_filter_and_the_order(client, session, login, cohort, course, anna):
    u1, u2 = [a for a in course.assignments if not a.is_joint][:2]
    hand_in(session, cohort, u1, "Första")
    hand_in(session, cohort, u1, "Andra", rounds=2)
    hand_in(session, cohort, u2, "Tredje")
    login(anna)

    page = client.get(f"/granska/skriv-ut?uppgift={u1.id}").text

    assert page.index("Andra:") < page.index("Första:")
    assert "Tredje" not in page


def test_what_a_colleague_reads_or_what_is_stopped_is_not_on_it(
    client, session, login, cohort, anna, bertil, own
):
    stop(session, hand_in(session, cohort, own, "Stoppad"), bertil)
    hold(session, hand_in(session, cohort, own, "Hos Bertil"), bertil)
    hold(session, hand_in(session, cohort, own, "Hos mig"), anna)
    login(anna)

    page = client.get("/granska/skriv-ut").text

    assert "Hos mig" in page
    assert "Stoppad" not in page
    assert "Hos Bertil" not in page


def test_every_text_leaves_its_own_line(client, session, login, cohort, anna, own):
    found = [hand_in(session, cohort, own, name) for name in ("Karin", "Olle")]
    login(anna)

    client.get("/granska/skriv-ut")

    lines = session.scalars(select(AccessEvent).order_by(AccessEvent.id)).all()
    assert [line.what for line in lines] == [f"submission:{one.id}" for one in found]
    assert all(line.actor_id == anna.id and line.subject_id for line in lines)


def test_it_takes_thirty_at_most_and_says_so(
    client, session, login, cohort, anna, own, count_statements
):
    counts = []
    for more in (2, 31):
        for _ in range(more):
            hand_in(session, cohort, own)
        login(anna)
        with count_statements() as statements:
            page = client.get("/granska/skriv-ut").text
        counts.append(len(statements))

    assert page.count('class="leaf"') == 30
    assert "Sidan tar högst 30 texter" in page
    assert counts[0] == counts[1] <= 8


def test_nothing_waits(client, login, anna):
    login(anna)

    assert "Inget väntar på dig." in client.get("/granska/skriv-ut").text


@pytest.fixture
def answered(session, cohort, own, anna):
    """Return what lets so many people have an answer, with the level of the first criterion."""
    def answer(count, level="approved", *, on=None, corrects=None):
        first = own.criteria[0].id
        for _ in range(count):
            submission = on or hand_in(session, cohort, own, state=SubmissionState.APPROVED)
            round_ = session.scalars(
                select(SubmissionRound).where(SubmissionRound.submission_id == submission.id)
            ).one()
            review = Review(
                round_id=round_.id, reviewer_id=anna.id, created_at=NOON, comments={},
                outcome=Outcome.RETURN if level == "revise" else Outcome.APPROVE, overall="",
                levels={c.id: "approved" for c in own.criteria} | {first: level},
                corrects_id=corrects.id if corrects else None,
                reason="Fel nivå" if corrects else None,
            )
            session.add(review)
            session.commit()
        return submission, review

    return answer


def picture_of(client, cohort, own):
    return client.get(f"/granska/bild/{cohort.id}/{own.id}").text


def test_the_picture_counts_the_latest_answers(client, login, cohort, anna, own, answered):
    answered(4)
    answered(2, "revise")
    submission, review = answered(1, "revise")
    answered(1, "approved", on=submission, corrects=review)
    login(anna)

    page = picture_of(client, cohort, own)

    assert "var och en av 7 inlämningar" in page
    row = page[page.index(own.criteria[0].title):]
    row = row[:row.index("</tr>")]
    assert "2 av 7" in row  # revise
    assert "5 av 7" in row  # approved, one of them after a correction
    assert "Beslut: 5 godkända, 2 att komplettera." in page
    assert "Karin" not in page


def test_of_fewer_than_five_nothing_is_shown_and_it_says_why(
    client, login, cohort, anna, own, answered
):
    answered(4)
    login(anna)

    page = picture_of(client, cohort, own)

    assert "Färre än fem inlämningar har fått svar." in page
    assert "<table" not in page


def test_an_answer_about_a_stopped_text_does_not_count(
    client, session, login, cohort, anna, bertil, own, answered
):
    answered(4)
    submission, _review = answered(1)
    stop(session, submission, bertil)
    login(anna)

    assert "Färre än fem" in picture_of(client, cohort, own)


def test_answers_in_another_wording_are_said_to_be(
    client, session, login, cohort, anna, own, answered
):
    answered(4)
    submission = hand_in(session, cohort, own, state=SubmissionState.APPROVED)
    first = session.scalars(
        select(SubmissionRound).where(SubmissionRound.submission_id == submission.id)
    ).one()
    columns = {
        c.key: getattr(first, c.key) for c in SubmissionRound.__table__.columns if c.key != "id"
    }
    other = SubmissionRound(
        **columns | {"number": 2, "reference": "U1-TST-9 v2", "content_digest": "x"}
    )
    session.add(other)
    session.flush()
    session.add(Review(
        round_id=other.id, reviewer_id=anna.id, created_at=NOON, comments={}, overall="",
        outcome=Outcome.APPROVE, levels={c.id: "approved" for c in own.criteria},
    ))
    session.commit()
    login(anna)

    assert "En av dem besvarades i en annan lydelse" in picture_of(client, cohort, own)


def test_only_who_trains_the_cohort_sees_it(
    client, session, login, course, cohort, own, answered
):
    answered(5)
    login(make_role(session, Role.TRAINER, cohort=make_cohort(session, course)))
    assert client.get(f"/granska/bild/{cohort.id}/{own.id}").status_code == 404
    login(make_role(session, Role.COORDINATOR))
    assert client.get(f"/granska/bild/{cohort.id}/{own.id}").status_code == 404


@pytest.mark.parametrize("path", ["999/U1", "{cohort}/U99", "{cohort}/L1.1"])
def test_there_is_no_picture_of_what_is_not_handed_in(client, login, cohort, anna, path):
    login(anna)

    assert client.get(f"/granska/bild/{path.format(cohort=cohort.id)}").status_code == 404
