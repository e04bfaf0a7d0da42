"""One text after the other: the draft that saves by itself, the comment bank, and the way on."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from courses.models import ReviewDraft, SavedComment, Submission
from courses.rules.calendar import is_working_day, week_days
from courses.services.comment_bank import MOST
from courses.vocabulary import SubmissionState
from tests.factories import make_enrollment, make_submission
from tests.functional.test_rescue import hidden
from tests.reviewing import NOON, answer_to, fresh, hold

JSON = {"Accept": "application/json"}


class TestSavingByItself:
    @pytest.fixture
    def save(self, client, post, login, held, anna, own):
        login(anna)
        author = hidden(client.get(f"/granska/{held.id}").text)["author"]

        def autosave(**fields):
            form = answer_to(own, **{"do": "", "author": author} | fields)
            return post(f"/granska/{held.id}", form, headers=JSON)

        return autosave

    def test_keeps_the_draft_and_says_when(self, session, save):
        answer = save(overall="Halvvägs")

        assert answer.json["state"] == "saved"
        assert answer.json["said"] == "Sparat kl. 12.00"
        assert answer.json["v"] == 1
        assert session.scalars(select(ReviewDraft)).one().content["overall"] == "Halvvägs"

    def test_begins_the_half_hour_anew(self, session, save, held, clock):
        clock.shift(timedelta(minutes=20))
        save(overall="Jag skriver än")

        assert fresh(session, held).claimed_until == NOON + timedelta(minutes=50)

    def test_over_another_windows_text_keeps_both(self, session, save):
        save(overall="Det ena")

        answer = save(overall="Det andra")

        assert (answer.status_code, answer.json["state"]) == (409, "conflict")
        assert session.scalars(select(ReviewDraft)).one().content["overall"] == "Det ena"

    def test_says_what_is_too_long(self, save):
        answer = save(overall="x" * 10_001)

        assert (answer.status_code, answer.json["said"]) == (422, "Skriv högst 10 000 tecken")

    def test_says_that_somebody_has_taken_over(self, session, save, held, bertil):
        hold(session, held, bertil)

        assert "Någon annan har tagit över granskningen." in save(overall="Kvar").json["said"]

    def test_says_that_the_text_is_gone(self, session, save, held):
        held.state, held.claimed_by = SubmissionState.WITHDRAWN, None
        session.commit()

        answer = save(overall="Kvar")

        assert "Texten kan inte längre besvaras." in answer.json["said"]
        assert session.scalars(select(ReviewDraft)).one().content["overall"] == "Kvar"

    def test_of_whoever_is_logged_out_says_so(self, client, save):
        client.delete_cookie("stegvis-login")

        assert save().json["state"] in ("left", "login", "token")

    def test_page_loads_what_it_needs(self, client, login, held, anna, bertil):
        login(anna)
        mine = client.get(f"/granska/{held.id}").text
        login(bertil)
        others = client.get(f"/granska/{held.id}").text

        assert ("data-autosave" in mine, "reviewing" in mine) == (True, True)
        assert ("data-autosave" in others, "reviewing" in others) == (False, False)


class TestCommentBank:
    def test_has_the_courses_phrases(self, client, login, held, anna, course):
        login(anna)
        page = client.get(f"/granska/{held.id}").text

        assert course.phrases.all
        assert all(phrase in page for phrase in course.phrases.all)

    def test_puts_a_phrase_after_what_stands_there(self, session, login, post, held, anna, own):
        login(anna)
        criterion = own.criteria[0].id
        fields = answer_to(own, do="", add=f"{criterion}:Det här bär: …")

        answer = post(f"/granska/{held.id}", fields | {f"comment-{criterion}": "Bra.\r\n"})

        assert answer.location == f"/granska/{held.id}#comment-{criterion}"
        draft = session.scalars(select(ReviewDraft)).one()
        assert draft.content["comments"] == {criterion: "Bra.\n\nDet här bär: …"}

    def test_keeps_ones_own_for_the_next_text(
        self, client, session, login, post, cohort, held, anna, bertil, own
    ):
        login(anna)
        criterion = own.criteria[0].id
        fields = answer_to(own, keep=criterion, **{f"comment-{criterion}": "Vem beslutar?"})
        post(f"/granska/{held.id}", fields | {"do": ""})
        post(f"/granska/{held.id}", fields | {"do": "", "v": 1})
        another = make_submission(session, cohort, make_enrollment(session, cohort), own)
        hold(session, another, anna)

        assert "Vem beslutar?" in client.get(f"/granska/{another.id}").text
        assert [one.user_id for one in session.scalars(select(SavedComment))] == [anna.id]
        hold(session, another, bertil)
        login(bertil)
        assert "Vem beslutar?" not in client.get(f"/granska/{another.id}").text

    def test_keeps_no_more_than_one_finds_ones_way_in(
        self, client, session, login, post, held, anna, own
    ):
        login(anna)
        criterion = own.criteria[0].id
        session.add_all([
            SavedComment(user_id=anna.id, criterion_id=criterion, text=f"{n}", created_at=NOON)
            for n in range(MOST)
        ])
        session.commit()

        post(f"/granska/{held.id}", answer_to(
            own, do="", keep=criterion, **{f"comment-{criterion}": "En till"}))

        assert "Du har redan 20 egna kommentarer här." in client.get(f"/granska/{held.id}").text
        assert len(session.scalars(select(SavedComment)).all()) == MOST

    def test_forgets_only_ones_own(self, session, login, post, held, anna, bertil, own):
        mine, theirs = (
            SavedComment(user_id=one.id, criterion_id="roll", text="Vem?", created_at=NOON)
            for one in (anna, bertil)
        )
        session.add_all([mine, theirs])
        session.commit()
        kept = theirs.id
        login(anna)
        for number in (mine.id, theirs.id, "x"):
            post(f"/granska/{held.id}", answer_to(own, do="", forget=number))

        session.expire_all()
        assert [one.id for one in session.scalars(select(SavedComment))] == [kept]

    def test_saves_what_was_typed_as_well(self, session, login, post, held, anna, own):
        login(anna)
        post(f"/granska/{held.id}", answer_to(own, do="", forget=7, overall="Inte borta"))

        assert session.scalars(select(ReviewDraft)).one().content["overall"] == "Inte borta"


class TestOneAfterTheOther:
    def test_a_review_takes_two_pages(self, client, session, login, post, cohort, anna, own):
        """The text, the check, and the next text."""
        login(anna)
        for _n in range(3):
            make_submission(session, cohort, make_enrollment(session, cohort), own)
        session.commit()
        page, pages = post("/granska/nasta").location, 0
        for _n in range(3):
            client.get(page)
            checked = post(page, answer_to(own)).location
            client.get(checked)
            pages += 2
            page = post(f"{page}/skicka", {"round": 1, "v": 1, "then": "next"}).location

        assert pages <= 3 * 3
        assert page.endswith("/klart")
        states = set(session.scalars(select(Submission.state)))
        assert states == {SubmissionState.APPROVED}

    def test_the_next_page_says_that_the_answer_has_gone(
        self, client, session, login, post, send, cohort, held, anna, own
    ):
        login(anna)
        make_submission(session, cohort, make_enrollment(session, cohort), own)
        session.commit()
        post(f"/granska/{held.id}", answer_to(own))

        answer = post(f"/granska/{held.id}/skicka", {"round": 1, "v": 1, "then": "next"},
                      follow_redirects=True)

        assert "Återkopplingen till Karin är skickad." in answer.text
        assert "Granska:" in answer.text

    def test_the_lists_filter_is_kept(self, session, login, post, client, cohort, anna, course):
        one, other = [a for a in course.assignments if not a.is_joint and a.is_handed_in][:2]
        for assignment in (one, other, other):
            make_submission(session, cohort, make_enrollment(session, cohort), assignment)
        session.commit()
        login(anna)
        page = post("/granska/nasta", {"uppgift": other.id}).location
        path, _mark, query = page.partition("?")

        assert query == f"uppgift={other.id}"
        assert f'action="{path}?{query}"' in client.get(page).text
        checked = post(page, answer_to(other)).location
        assert checked == f"{path}/kontrollera?{query}"
        assert f'action="{path}/skicka?{query}"' in client.get(checked).text
        following = post(f"{path}/skicka?{query}", {"round": 1, "v": 1, "then": "next"}).location
        assert following.endswith(f"?{query}")
        session.expire_all()
        found = session.get_one(Submission, int(following.split("/")[2].partition("?")[0]))
        assert found.assignment_id == other.id


class TestTheNewDate:
    @pytest.mark.parametrize("day", [
        date(2026, 12, 1), date(2026, 12, 10), date(2026, 12, 18), date(2026, 12, 27),
        date(2027, 3, 20), date(2027, 6, 5), date(2027, 6, 23), date(2027, 7, 15),
    ])
    def test_is_fifteen_working_days_ahead_and_never_in_a_break(
        self, client, login, session, held, anna, cohort, course, day
    ):
        with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
            hold(session, held, anna)
            login(anna)
            page = client.get(f"/granska/{held.id}").text
        breaks = week_days(cohort.starts_on, course.break_weeks)
        field = page[page.index('id="due_on"') - 200:page.index('id="due_on"') + 200]
        found = date.fromisoformat(field.partition('value="')[2][:10])

        assert breaks
        assert not any(first <= found <= last for first, last in breaks)
        between = (day + timedelta(days=n) for n in range(1, (found - day).days + 1))
        worked = [
            one for one in between
            if is_working_day(one) and not any(a <= one <= b for a, b in breaks)
        ]
        assert len(worked) == 15

    def test_in_a_break_is_told_at_the_field_and_not_sent(
        self, login, post, held, anna, cohort, course, own
    ):
        first, _last = week_days(cohort.starts_on, course.break_weeks)[0]
        login(anna)

        answer = post(f"/granska/{held.id}", answer_to(
            own, revise=[own.criteria[0].id], due_on=first.isoformat()))

        assert answer.status_code == 422
        assert 'id="due_on-fel"' in answer.text
        assert "Dagen ligger i ett uppehåll i utbildningen." in answer.text

    def test_in_a_break_is_refused_by_the_service_too(
        self, client, session, login, post, held, anna, cohort, course, own
    ):
        first, _last = week_days(cohort.starts_on, course.break_weeks)[0]
        login(anna)
        fields = answer_to(own, revise=[own.criteria[0].id], due_on=first.isoformat(), do="save")
        post(f"/granska/{held.id}", fields)

        post(f"/granska/{held.id}/skicka", {"round": 1, "v": 1})

        assert fresh(session, held).state is SubmissionState.IN_REVIEW
        assert client.get(f"/granska/{held.id}/kontrollera").location == f"/granska/{held.id}"
