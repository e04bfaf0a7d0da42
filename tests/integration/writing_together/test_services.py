"""Writing together: sections, the pen, contributions and comments."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from courses.errors import NotFound, Reason, Refused, Stale
from courses.models import (
    JointSection,
    Notice,
    RoundSource,
    Team,
)
from courses.rules.joint_writing import OPEN_FOR
from courses.services.contributions import (
    merge_contribution,
    save_contribution,
    share_contribution,
    undo_merge,
    withdraw_contribution,
)
from courses.services.joint_sections import (
    assign_sections,
    close_section,
    open_section,
    save_section,
)
from courses.services.pens import take_pen
from courses.services.section_comments import add_comment, resolve_comment
from courses.services.submissions import HandIn, submit_assignment
from courses.vocabulary import SubmissionState
from tests.factories import answers_to, make_submission, user_of
from tests.writing import finish_first_lessons, make_draft
from tests.writing_together import draft_of, give, work_of


def test_sections_of_two_people_never_meet(session, works, joint):
    karin, olle, _ = works
    first, second = [one for one in joint.sections if one.kind == "text"][:2]
    save_section(session, karin, first.id, "Karins", version=0)
    save_section(session, olle, second.id, "Olles", version=0)
    save_section(session, karin, first.id, "Karins igen", version=1)

    assert draft_of(session).answers == {first.id: "Karins igen", second.id: "Olles"}


def test_the_same_section_at_once_shows_both_texts(session, works, text):
    karin, olle, _ = works
    save_section(session, karin, text, "Karins", version=0)

    with pytest.raises(Stale) as stale:
        save_section(session, olle, text, "Olles", version=0)

    assert (stale.value.mine, stale.value.theirs) == ("Olles", "Karins")
    assert (stale.value.by, stale.value.version) == ("Karin", 1)
    assert draft_of(session).answers == {text: "Karins"}


def test_the_same_text_twice_is_one(session, works, text):
    karin, olle, _ = works
    save_section(session, karin, text, "Samma", version=0)

    assert save_section(session, olle, text, "Samma", version=0).version == 1
    assert draft_of(session).version == 1 + 1  # made, and written once


def test_an_emptied_section_is_gone_from_the_draft(session, works, text):
    save_section(session, works[0], text, "Något", version=0)
    save_section(session, works[0], text, "", version=1)

    assert draft_of(session).answers == {}


def test_a_draft_begins_with_what_was_handed_in_last(
    session, cohort, trio, works, joint, text
):
    make_submission(session, cohort, trio.team, joint, SubmissionState.RETURNED)
    save_section(session, works[0], text, "Ändrat", version=0)

    assert draft_of(session).answers == answers_to(joint) | {text: "Ändrat"}


@pytest.mark.parametrize("state", [SubmissionState.SUBMITTED, SubmissionState.APPROVED])
def test_nobody_writes_in_what_is_handed_in(session, cohort, trio, works, joint, text, state):
    make_submission(session, cohort, trio.team, joint, state)

    for act in (
        lambda: save_section(session, works[0], text, "Sent", version=0),
        lambda: open_section(session, works[0], text),
        lambda: save_contribution(session, works[0], text, "Sent", version=0),
    ):
        with pytest.raises(Refused):
            act()


def test_a_section_that_is_not_there_is_not_written(session, works):
    with pytest.raises(NotFound):
        save_section(session, works[0], "finns-inte", "x", version=0)
    with pytest.raises(NotFound):
        save_contribution(session, works[0], "finns-inte", "x", version=0)


def test_who_opened_a_section_has_it_until_it_is_left_or_time_has_passed(
    session, trio, course, joint, works, text
):
    karin, olle, _ = works
    row = open_section(session, karin, text)
    assert (row.open_by, row.open_until) == (karin.by, karin.now + OPEN_FOR)

    assert open_section(session, olle, text).open_by == karin.by
    save_section(session, olle, text, "Ändå", version=0)
    assert row.open_by == karin.by  # nobody is kept out, and nobody is put out

    close_section(session, olle, text)
    assert row.open_by == karin.by
    close_section(session, karin, text)
    assert row.open_by is None

    open_section(session, karin, text)
    later = work_of(trio.olle, trio.team, course, joint, now=karin.now + OPEN_FOR)
    assert open_section(session, later, text).open_by == olle.by


def test_writing_renews_the_hold_but_not_when_it_began(
    session, trio, course, joint, works, text
):
    open_section(session, works[0], text)
    soon = work_of(
        trio.karin, trio.team, course, joint, now=works[0].now + timedelta(minutes=10)
    )
    row = save_section(session, soon, text, "Mer", version=0)

    assert (row.opened_at, row.open_until) == (works[0].now, soon.now + OPEN_FOR)


def test_the_pen_is_taken_once_and_the_others_are_told(session, trio, works):
    trio.team.holder_id = None
    session.flush()
    take_pen(session, works[2])
    take_pen(session, works[2])

    with pytest.raises(Refused) as refused:
        take_pen(session, works[1])
    assert refused.value.params == {"name": "Pia"}
    assert session.get_one(Team, trio.team.id).holder_id == trio.pia.id
    told = session.scalars(select(Notice.user_id)).all()
    assert sorted(told) == sorted([works[0].by, works[1].by])


def test_only_members_are_to_write(session, works, trio, text, joint):
    day = works[0].today
    assign_sections(session, works[0], {text: (trio.olle.id, day)})
    row = session.scalars(select(JointSection)).one()
    assert (row.writer_id, row.due_on, row.version) == (trio.olle.id, day, 0)

    with pytest.raises(NotFound):
        assign_sections(session, works[0], {text: (10_000, None)})


# Contributions


def test_a_contribution_is_shared_as_it_was_read(session, works, text):
    own = save_contribution(session, works[2], text, "Första", version=0)
    save_contribution(session, works[2], text, "Andra", version=own.version)

    with pytest.raises(Stale):
        share_contribution(session, works[2], text, version=1, has_checked=True)
    shared = share_contribution(session, works[2], text, version=2, has_checked=True)
    again = share_contribution(session, works[2], text, version=2, has_checked=True)

    assert (shared.text, shared.number, again.id) == ("Andra", 1, shared.id)


@pytest.mark.parametrize("text_, reason", [
    ("Ring 19900101-2385 i morgon.", Reason.SHARED_NUMBER),
    ("Ring mig på 070-123 45 67.", Reason.SHARED_UNCHECKED),
    ("   ", Reason.CONTRIBUTION_EMPTY),
])
def test_what_points_out_a_person_is_not_shared(session, works, text, text_, reason):
    save_contribution(session, works[2], text, text_, version=0)

    with pytest.raises(Refused) as refused:
        share_contribution(session, works[2], text, version=1, has_checked=False)
    assert refused.value.reason is reason


def test_a_shared_one_goes_into_the_section_with_its_author_and_out_again(
    session, works, text
):
    karin, _, pia = works
    save_section(session, karin, text, "Vi ser", version=0)
    shared = give(session, pia, "", "Polisens bild")
    source = merge_contribution(session, karin, text, shared.id)

    assert merge_contribution(session, karin, text, shared.id).id == source.id
    assert draft_of(session).answers == {text: "Vi ser\n\nPolisens bild"}
    with pytest.raises(Refused, match="contribution_in_use"):
        withdraw_contribution(session, pia, "")

    undo_merge(session, karin, text, source.id)
    undo_merge(session, karin, text, source.id)
    assert draft_of(session).answers == {text: "Vi ser"}
    withdraw_contribution(session, pia, "")
    with pytest.raises(NotFound):
        merge_contribution(session, karin, text, shared.id)


def test_a_newer_one_is_taken_back_though_an_older_one_stands_in_the_text(
    session, works, text
):
    karin, _, pia = works
    first = give(session, pia, text, "Polisens bild")
    merge_contribution(session, karin, text, first.id)
    save_contribution(session, pia, text, "Polisens nya bild", version=1)
    second = share_contribution(session, pia, text, version=2, has_checked=True)
    withdraw_contribution(session, pia, text)

    assert (first.withdrawn_at, second.withdrawn_at) == (None, pia.now)


def test_undoing_never_takes_what_was_written_since(session, works, text):
    shared = give(session, works[2], text, "Polisens bild")
    source = merge_contribution(session, works[0], text, shared.id)
    save_section(session, works[1], text, "Polisens bild och vår", version=1)

    with pytest.raises(Refused, match="section_changed"):
        undo_merge(session, works[0], text, source.id)


def test_a_contribution_to_one_heading_goes_into_no_other(session, works, joint, text):
    other = next(one.id for one in joint.sections if one.id != text)
    shared = give(session, works[2], text, "Polisens bild")

    with pytest.raises(NotFound):
        merge_contribution(session, works[0], other, shared.id)


def test_who_contributed_is_frozen_into_the_round(
    session, cohort, trio, works, course, joint, text
):
    karin, _, pia = works
    finish_first_lessons(session, trio.karin, course)
    make_submission(
        session, cohort, trio.team, course.joint_before(joint), SubmissionState.APPROVED
    )
    draft = make_draft(session, trio.team, joint, by=user_of(session, trio.karin))
    shared = give(session, pia, text, "Polisens bild")
    merge_contribution(session, karin, text, shared.id)
    session.refresh(draft)

    frozen = submit_assignment(
        session, owner=trio.team, enrollment=trio.karin, team_name="Norrbyn", course=course,
        assignment=joint, hand_in=HandIn(version=draft.version, has_attested=True,
                                         has_checked=True),
        by=karin.by, now=karin.now, today=karin.today,
    )

    row = session.scalars(select(RoundSource)).one()
    assert row.round_id == frozen.id
    assert row.sources == [
        {"section_id": text, "enrollment_id": trio.pia.id, "name": "Pia"}
    ]


def test_a_comment_is_dealt_with_once(session, works, text):
    comment = add_comment(session, works[1], text, "Stämmer det här?", has_checked=False)
    resolve_comment(session, works[0], text, comment.id)
    resolve_comment(session, works[1], text, comment.id)

    assert comment.resolved_by == works[0].by
    with pytest.raises(Refused):
        add_comment(session, works[1], text, "Ring 070-123 45 67", has_checked=False)
