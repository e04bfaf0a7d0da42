"""The second version: what has changed, what was said last time, and what stands."""

import re

import pytest
from sqlalchemy import select

from courses.models import RoundFile, SubmissionRound, User
from courses.vocabulary import SubmissionState
from tests.factories import answers_to, make_submission
from tests.files.good import pdf
from tests.filing import in_rounds, store
from tests.reviewing import answer_round, hold


@pytest.fixture
def open_criterion(own):
    """A criterion about sections that can be written in, none of them shared with the next."""
    return next(c for c in own.criteria if c.sections and not c.is_gate)


@pytest.fixture
def returned(session, cohort, karin, own, anna, open_criterion):
    """Karin hands in again, with other words in what one criterion is about."""

    def hand_in(changed=None, *, levels=None, **fields):
        old = answers_to(own)
        new = old | (changed or {})
        submission = make_submission(
            session, cohort, karin, own, SubmissionState.SUBMITTED, answers=new, rounds=2, **fields
        )
        answer_round(
            session, submission, anna, levels={c.id: "approved" for c in own.criteria}
            | (levels or {}), comments={open_criterion.id: "Vem beslutar?"},
        )
        return hold(session, submission, anna)

    return hand_in


def text_section(own, criterion):
    return next(s for s in own.sections if s.id in criterion.sections and s.kind == "text")


def checked(page, criterion):
    group = page[page.index(f'id="level-{criterion.id}"'):]
    return re.findall(r'<input checked[^>]*value="(\w+)"', group[:group.index("</fieldset>")])


def test_what_was_met_is_filled_in_where_nothing_has_changed(client, login, anna, own, returned):
    submission = returned()
    login(anna)

    page = client.get(f"/granska/{submission.id}").text

    for criterion in own.criteria:
        assert checked(page, criterion) == ([] if criterion.is_gate else ["approved"])
    assert "Uppfyllt i version 1, avsnittet är oförändrat." in page
    assert "Sekretessen bedöms alltid på nytt." in page
    assert "Oförändrat sedan version 1." in page
    assert "Vem beslutar?" in page


def test_what_has_changed_is_judged_anew(client, login, anna, own, returned, open_criterion):
    section = text_section(own, open_criterion)
    submission = returned({section.id: "Det här är helt andra ord."})
    login(anna)

    page = client.get(f"/granska/{submission.id}").text

    assert checked(page, open_criterion) == []
    assert "Avsnittet har ändrats, så välj nivå på nytt." in page
    assert '<span class="vh" lang="sv">Nytt: </span>[+<ins>' in page
    assert '<span class="vh" lang="sv">Borttaget: </span>[−<del>' in page


def test_what_was_not_met_is_chosen_anew_also_when_nothing_changed(
    client, login, anna, own, returned, open_criterion
):
    submission = returned(levels={open_criterion.id: "revise"})
    login(anna)

    page = client.get(f"/granska/{submission.id}").text

    assert checked(page, open_criterion) == []
    assert "Version 1: Komplettera." in page
    assert "Avsnittet är oförändrat." in page


def test_a_draft_says_more_than_what_stood(client, login, post, anna, own, returned):
    submission = returned()
    login(anna)
    criterion = next(c for c in own.criteria if not c.is_gate)
    post(f"/granska/{submission.id}",
         {f"level-{criterion.id}": "revise", "round": 2, "v": 0, "do": "save"})

    page = client.get(f"/granska/{submission.id}").text

    assert checked(page, criterion) == ["revise"]


def test_the_same_file_lets_it_stand(app, client, session, login, anna, own, returned):
    submission = returned()
    in_rounds(app, session, submission, by=anna)
    session.commit()
    login(anna)

    assert "Uppfyllt i version 1" in client.get(f"/granska/{submission.id}").text


def test_another_file_lets_nothing_stand(app, client, session, login, anna, own, returned):
    submission = returned()
    second = session.scalars(
        select(SubmissionRound).where(
            SubmissionRound.submission_id == submission.id, SubmissionRound.number == 2
        )
    ).one()
    stored = store(app, session, by=anna, content=pdf())
    session.add(RoundFile(
        round_id=second.id, place=1, name="ny.pdf", sha256=stored.sha256, size=stored.size,
        media_type=stored.media_type, stored_file_id=stored.id, added_by=anna.id,
    ))
    session.commit()
    login(anna)

    page = client.get(f"/granska/{submission.id}").text

    assert "Uppfyllt i version 1" not in page
    assert "Filerna har ändrats, så välj nivå på nytt." in page
    assert "Filerna är inte desamma som till version 1." in page


def test_rows_say_in_words_what_became_of_them(
    client, session, login, anna, course, cohort, karin
):
    assignment = next(
        a for a in course.assignments
        if not a.is_joint and a.is_handed_in and any(s.kind == "rows" for s in a.sections)
    )
    section = next(s for s in assignment.sections if s.kind == "rows")
    old = answers_to(assignment)
    row = {f.id: "Något helt nytt står här" for f in section.fields if f.kind in ("short", "text")}
    submission = make_submission(
        session, cohort, karin, assignment, answers=old | {section.id: [*old[section.id], row]},
        rounds=2,
    )
    answer_round(session, submission, anna)
    session.commit()
    login(anna)

    page = client.get(f"/granska/{submission.id}").text

    assert ">Ny rad</th>" in page
    assert ">Oförändrad</th>" in page


class TestTheAuthor:
    @pytest.fixture
    def changed(self, returned, own, open_criterion):
        return returned({text_section(own, open_criterion).id: "Nu står något annat här."})

    def test_compares_a_version_with_the_one_before(
        self, client, session, login, karin, own, changed
    ):
        login(session.get_one(User, karin.user_id))

        listed = client.get(f"/uppgift/{own.slug}/versioner").text
        page = client.get(f"/uppgift/{own.slug}/versioner/2/jamfor").text

        assert f'href="/uppgift/{own.slug}/versioner/2/jamfor"' in listed
        assert f'href="/uppgift/{own.slug}/versioner/1/jamfor"' not in listed
        assert '<span class="vh" lang="sv">Nytt: </span>[+<ins>' in page
        assert "Oförändrat sedan version 1." in page

    def test_is_shown_the_first_version_alone(
        self, client, session, login, karin, own, changed
    ):
        login(session.get_one(User, karin.user_id))
        versions = f"/uppgift/{own.slug}/versioner"

        assert client.get(f"{versions}/1/jamfor").location == f"{versions}/1"
        assert client.get(f"{versions}/3/jamfor").status_code == 404

    def test_nobody_else_compares(self, client, login, anna, own, changed):
        login(anna)

        assert client.get(f"/uppgift/{own.slug}/versioner/2/jamfor").status_code == 404
