"""Writing together at once: nobody's text is lost, whoever saves what at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import func, select

from courses.errors import Refused, Stale
from courses.models import SectionSource, SharedContribution, Team
from courses.services.contributions import merge_contribution
from courses.services.joint_sections import locked_draft, save_section
from courses.services.pens import take_pen
from tests.factories import make_submission
from tests.writing_together import draft_of, give

THREADS = 50


@pytest.fixture
def at_once(app):
    """Run something in as many transactions at once as asked; returns what each gave."""

    def run(many, act):
        barrier = Barrier(many)

        def one(number):
            with app.extensions["database"].session(writes=True) as own:
                barrier.wait()
                try:
                    with own.begin():
                        return act(own, number)
                except (Refused, Stale) as error:
                    return error

        with ThreadPoolExecutor(many) as pool:
            return list(pool.map(one, range(many)))

    return run


def test_fifty_save_at_once_and_no_text_is_lost(app, session, works, joint):
    """Whoever is shown two texts keeps both, as the page does: in the end all are there."""
    session.commit()
    sections = [one.id for one in joint.sections if one.kind != "rows"]
    barrier = Barrier(THREADS)

    def write(number):
        barrier.wait()
        mine = value = f"[{number}]"
        version = 0
        while True:
            with app.extensions["database"].session(writes=True) as own:
                try:
                    with own.begin():
                        return save_section(
                            own, works[number % 2], sections[number % len(sections)], value,
                            version=version,
                        ).version
                except Stale as stale:
                    value, version = f"{stale.theirs} {mine}", stale.version

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(write, range(THREADS)))

    answers = draft_of(session).answers
    for number in range(THREADS):
        assert answers[sections[number % len(sections)]].split().count(f"[{number}]") == 1


def test_different_sections_at_once_are_all_kept(session, trio, works, joint, at_once):
    session.commit()
    sections = [one.id for one in joint.sections if one.kind != "rows"]

    for round_ in range(3):
        results = at_once(
            len(sections),
            lambda own, number, version=round_: save_section(
                own, works[number % 2], sections[number], f"{version}:{number}",
                version=version,
            ).version,
        )
        assert results == [round_ + 1] * len(sections)

    assert draft_of(session).answers == {
        one: f"2:{number}" for number, one in enumerate(sections)
    }


def test_one_of_many_takes_the_pen(session, trio, works, at_once):
    trio.team.holder_id = None
    session.commit()

    def take(own, number):
        work = works[number % 3]
        team = own.get_one(Team, trio.team.id)
        return take_pen(own, type(work)(**vars(work) | {"team": team}))

    results = at_once(12, take)

    session.rollback()
    holder = session.scalars(select(Team.holder_id)).one()
    won = [number for number, one in enumerate(results) if one is None]
    assert {works[number % 3].enrollment.id for number in won} == {holder}


def test_a_contribution_merged_by_many_stands_there_once(
    session, trio, works, text, at_once
):
    shared = give(session, works[2], text, "Polisens bild")
    session.commit()

    at_once(10, lambda own, n: merge_contribution(own, works[n % 2], text, shared.id) and None)

    session.rollback()
    assert draft_of(session).answers == {text: "Polisens bild"}
    assert session.scalar(select(func.count(SectionSource.id))) == 1
    assert session.scalar(select(func.count(SharedContribution.id))) == 1


def test_what_comes_while_it_is_handed_in_comes_too_late(
    app, session, cohort, trio, works, joint, text
):
    save_section(session, works[0], text, "Så här", version=0)
    session.commit()
    database = app.extensions["database"]

    def write():
        with database.session(writes=True) as own, own.begin():
            save_section(own, works[1], text, "Så här, och mer", version=1)

    with ThreadPoolExecutor(1) as pool, database.session(writes=True) as handing_in:
        locked_draft(handing_in, works[0])
        make_submission(handing_in, cohort, trio.team, joint)
        late = pool.submit(write)
        sleep(0.5)  # until the writer waits for the draft
        handing_in.commit()
        with pytest.raises(Refused):
            late.result()

    assert draft_of(session).answers == {text: "Så här"}
