"""More time: asked for and answered with one click, or given without being asked."""

from datetime import date

import pytest
from sqlalchemy import select

from courses.models import Extension, Notice, Submission, TimeRequest
from courses.vocabulary import NoticeKind, Role, SubmissionState
from tests.factories import make_role, make_submission

ASK = {"wanted_on": "2026-12-11", "line": "Det är mycket på jobbet."}


@pytest.fixture
def page(own):
    return f"/uppgift/{own.slug}"


@pytest.fixture
def asked(as_, post, karin, page, anna):
    client = as_(karin)
    assert post(f"{page}/mer-tid", ASK, on=client).status_code == 303
    return client


@pytest.fixture
def answer_address(session, asked, karin, own):
    request = session.scalars(select(TimeRequest)).one()
    session.commit()
    return f"/granska/fragor/deltagare/{karin.id}/{own.id}/mer-tid/{request.id}"


class TestAsking:
    def test_the_page_says_what_holds_until_then(self, as_, karin, page):
        shown = as_(karin).get(f"{page}/mer-tid").text

        assert "Nu ska uppgiften lämnas in senast 20 november 2026." in shown

    def test_it_waits_in_the_list_with_one_button(self, asked, as_, anna):
        listed = as_(anna).get("/granska/fragor").text

        assert "Ber om mer tid, till 11 december 2026." in listed
        assert "Ja, till det datumet" in listed

    @pytest.mark.parametrize(
        "day, said",
        [
            ("2026-11-01", "Välj ett datum som inte har varit."),
            ("2026-11-19", "Välj ett datum som är senare än det som gäller nu."),
            ("2099-12-31", "Då är utbildningsomgången slut."),
            ("", "Välj ett datum"),
        ],
    )
    def test_a_date_that_cannot_be_is_told_at_the_field(
        self, as_, post, karin, page, cohort, session, day, said
    ):
        cohort.ends_on = date(2027, 6, 1)
        session.commit()
        answer = post(f"{page}/mer-tid", ASK | {"wanted_on": day}, on=as_(karin))

        assert answer.status_code == 422
        assert said in answer.text
        assert "Det är mycket på jobbet." in answer.text

    def test_a_date_in_a_break_is_told(self, as_, post, karin, page, course, cohort):
        from courses.rules.calendar import week_days

        first, _last = week_days(cohort.starts_on, course.break_weeks)[0]
        day = max(first, date(2026, 11, 21)).isoformat()
        answer = post(f"{page}/mer-tid", ASK | {"wanted_on": day}, on=as_(karin))

        assert answer.status_code == 422
        assert "uppehåll" in answer.text

    def test_one_request_at_a_time(self, asked, post, page, session):
        again = post(f"{page}/mer-tid", ASK | {"line": "En gång till."}, on=asked)

        assert again.status_code == 409
        assert "En gång till." in again.text
        assert len(session.scalars(select(TimeRequest)).all()) == 1

    def test_not_for_what_is_handed_in(self, as_, post, session, cohort, karin, own, page):
        make_submission(session, cohort, karin, own, SubmissionState.SUBMITTED)
        session.commit()

        assert post(f"{page}/mer-tid", ASK, on=as_(karin)).status_code == 409


class TestAnswering:
    def test_yes_moves_the_date_everywhere(
        self, asked, as_, post, anna, page, session, karin, answer_address, thread
    ):
        assert post(answer_address, {"yes": "1"}, on=as_(anna)).status_code == 303

        assert thread().waiting_since is None
        shown = asked.get(page).text
        assert "Lämnas in senast 11 december 2026." in shown
        assert "Förlängd till 11 december 2026 av Anna:" in shown
        assert "Det är mycket på jobbet." in shown
        told = session.scalars(select(Notice)).one()
        assert told.kind is NoticeKind.EXTENDED
        submission = session.scalars(select(Submission)).one()
        assert (submission.state, submission.round) == (SubmissionState.DRAFT, 0)

    def test_another_date(self, asked, as_, post, anna, page, answer_address):
        said = {"answer_as": "other", "granted_on": "2026-12-04", "answer": "Så här länge."}
        assert post(answer_address, said, on=as_(anna)).status_code == 303

        assert "Lämnas in senast 4 december 2026." in asked.get(page).text

    def test_no(self, asked, as_, post, anna, page, session, answer_address):
        said = {"answer_as": "no", "answer": "Teamet behöver din text före träffen."}
        assert post(answer_address, said, on=as_(anna)).status_code == 303

        assert "Lämnas in senast 20 november 2026." in asked.get(page).text
        assert "Nej, datumet står kvar." in asked.get(f"{page}/fraga").text
        assert session.scalars(select(Extension)).all() == []

    def test_a_no_without_a_word_is_refused(self, asked, as_, post, anna, answer_address):
        assert post(answer_address, {"answer_as": "no"}, on=as_(anna)).status_code == 422

    def test_the_second_is_told_who_was_first(
        self, asked, as_, post, anna, bertil, session, answer_address
    ):
        post(answer_address, {"yes": "1"}, on=as_(anna))
        second = post(
            answer_address, {"answer_as": "no", "answer": "Nej."}, on=as_(bertil),
            follow_redirects=True,
        )

        assert "Anna hann svara före dig." in second.text
        assert len(session.scalars(select(Extension)).all()) == 1


class TestGiving:
    def test_a_trainer_gives_more_time(self, as_, post, anna, karin, own, page):
        given = post(
            f"/registrera/deltagare/{karin.id}/mer-tid",
            {"assignment": own.id, "due_on": "2026-12-11", "reason": "Ny i omgången."},
            on=as_(anna),
        )

        assert given.status_code == 303
        assert "Förlängd till 11 december 2026 av Anna:" in as_(karin).get(page).text

    def test_a_county_coordinator_gives_a_team_more_time(
        self, as_, post, session, karin, team, joint
    ):
        ulla = make_role(session, Role.COORDINATOR)
        given = post(
            f"/registrera/team/{team.id}/mer-tid",
            {"assignment": joint.id, "due_on": "2026-12-11", "reason": "Ny skrivansvarig."},
            on=as_(ulla),
        )

        assert given.status_code == 303
        shown = as_(karin).get(f"/team/{team.id}/uppgift/{joint.slug}").text
        assert "Förlängd till 11 december 2026" in shown

    def test_who_coordinates_is_not_told_what_came_back(
        self, as_, session, cohort, karin, own, anna
    ):
        make_submission(session, cohort, karin, own, SubmissionState.RETURNED)
        ulla = make_role(session, Role.COORDINATOR)
        session.commit()
        address = f"/registrera/deltagare/{karin.id}/mer-tid"

        assert f'value="{own.id}"' not in as_(ulla).get(address).text
        assert f'value="{own.id}"' in as_(anna).get(address).text

    def test_nobody_for_oneself(self, as_, session, karin, cohort):
        from courses.models import User

        make_role(session, Role.TRAINER, cohort=cohort, user=session.get_one(User, karin.user_id))
        session.commit()

        assert as_(karin).get(f"/registrera/deltagare/{karin.id}/mer-tid").status_code == 404

    def test_the_coordinator_sees_the_date_and_nothing_else(
        self, as_, post, session, anna, karin, own
    ):
        post(
            f"/registrera/deltagare/{karin.id}/mer-tid",
            {"assignment": own.id, "due_on": "2026-12-11", "reason": "Ny i omgången."},
            on=as_(anna),
        )
        ulla = make_role(session, Role.COORDINATOR)
        session.commit()
        shown = as_(ulla).get(f"/samordna/deltagare/{karin.id}").text

        assert "senast 11 december 2026" in shown
        assert "Ny i omgången." not in shown
        assert "Inte påbörjad" in shown
