from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from courses.models import (
    Certificate,
    Cohort,
    CohortMeeting,
    Draft,
    Organization,
    Submission,
    Team,
)
from courses.services.progress import record_completion
from courses.vocabulary import CertificateKind, CertificateState, Role, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_team,
    make_user,
    user_of,
)

AHEAD = date(2099, 2, 9)


@pytest.fixture
def karin(session, course):
    """A participant with a team, in a cohort whose later modules open far ahead."""
    cohort = make_cohort(session, course, opens={one.id: AHEAD for one in course.modules[1:]})
    team = make_team(session, cohort, name="Sorsele")
    return make_enrollment(session, cohort, team=team, user=make_user(session, name="Karin Ek"))


def finish(session, course, enrollment, *item_ids, at=None):
    for item_id in item_ids:
        record_completion(
            session, enrollment=enrollment, item_id=item_id, course=course,
            actor_id=enrollment.user_id, now=at or clock.now(),
        )


def submission(session, enrollment, assignment_id, state, **fields):
    session.add(
        Submission(
            cohort_id=enrollment.cohort_id, enrollment_id=enrollment.id,
            assignment_id=assignment_id, state=state, **fields,
        )
    )


def draft(session, enrollment, assignment_id, **fields):
    session.add(
        Draft(
            enrollment_id=enrollment.id, assignment_id=assignment_id, answers={},
            updated_at=clock.now(), updated_by=enrollment.user_id, **fields,
        )
    )


def make_certificate(session, enrollment):
    certificate = Certificate(
        enrollment_id=enrollment.id, user_id=enrollment.user_id,
        course_id="processledarutbildning", kind=CertificateKind.FULL,
        state=CertificateState.VALID, code="AAAA-BBBB-CCCC-DDDD", token="t" * 22, fields={},
        pdf=b"%PDF", sha256="0" * 64, edition_digest="0" * 64, issued_at=clock.now(),
    )
    session.add(certificate)
    session.flush()
    return certificate


def next_card(page):
    return page.text.split('class="next"', 1)[1].split("</section>", 1)[0]


def test_a_new_participant_is_welcomed_to_the_first_lesson(client, login, session, course, karin):
    login(user_of(session, karin))

    page = client.get("/hem")

    assert page.status_code == 200
    assert f"Hej Karin. Du är på modul 1 av {len(course.modules)}." in page.text
    assert "Välkommen. Börja här" in next_card(page)
    assert f"Börja: {course.lessons[0].title}" in next_card(page)
    assert page.text.count('class="btn"') == 1


def test_the_next_lesson_is_the_first_unfinished_one(client, login, session, course, karin):
    finish(session, course, karin, "L1.1", "L1.2")
    login(user_of(session, karin))

    card = next_card(client.get("/hem"))

    assert f"Fortsätt: {course.items['L1.3'].title}" in card
    assert "Lektion 3 av 4 i modul 1" in card


def test_returned_work_comes_before_everything(client, login, session, karin, course):
    submission(session, karin, "U1", SubmissionState.RETURNED, due_on=clock.today())
    login(user_of(session, karin))

    page = client.get("/hem")

    assert f"Komplettera: {course.items['U1'].title}" in next_card(page)
    assert '<span class="tag tag-warn">Komplettera</span>' in page.text


def test_a_draft_that_is_due_within_a_fortnight_comes_before_lessons(
    client, login, session, course
):
    soon = clock.today() + timedelta(days=14)
    karin = make_enrollment(session, make_cohort(session, course, due={"U1": soon}))
    draft(session, karin, "U1")
    login(user_of(session, karin))

    assert f"Fortsätt: {course.items['U1'].title}" in next_card(client.get("/hem"))


def test_late_work_says_so_after_its_date(client, login, session, course):
    yesterday = clock.today() - timedelta(days=1)
    karin = make_enrollment(session, make_cohort(session, course, due={"U1": yesterday}))
    login(user_of(session, karin))

    page = client.get("/hem")

    assert "försenad" in page.text.split("Att göra", 1)[1].split("Moduler", 1)[0]


def test_who_has_handed_in_everything_open_is_in_step(client, login, session, course, karin):
    finish(session, course, karin, *(i for i in course.modules[0].items if i[0] in "LK"))
    submission(session, karin, "U1", SubmissionState.SUBMITTED, submitted_at=clock.now())
    login(user_of(session, karin))

    card = next_card(client.get("/hem"))

    assert "Du är i fas" in card
    assert "Nästa modul öppnar 9 februari 2099." in card


def test_who_is_finished_is_told_about_the_certificate(client, login, session, course, karin):
    finish(session, course, karin, *course.items, *course.beside)
    login(user_of(session, karin))

    page = client.get("/hem")

    assert "Du har gjort allt som utbildningen kräver" in next_card(page)


def test_an_issued_certificate_is_one_press_away(client, login, session, course, karin):
    finish(session, course, karin, *course.items, *course.beside)
    certificate = make_certificate(session, karin)
    login(user_of(session, karin))

    assert f'href="/intyg/{certificate.id}"' in next_card(client.get("/hem"))


def test_joint_work_is_only_asked_of_who_holds_the_pen(client, login, session, course, karin):
    login(user_of(session, karin))
    before = client.get("/hem").text
    session.get_one(Team, karin.home_team_id).holder_id = karin.id
    session.commit()
    after = client.get("/hem").text

    assert "Skriv teamets" not in before
    assert "Ingen är skrivansvarig än." in before
    assert "Skriv teamets" in after
    assert "Du är skrivansvarig för Sorsele." in after


def test_a_module_that_has_not_opened_shows_its_date(client, login, session, karin):
    login(user_of(session, karin))

    assert "Öppnar 9 februari 2099" in client.get("/hem").text


def test_the_next_meeting_is_shown_with_day_and_place(client, login, session, karin):
    session.add_all(
        CohortMeeting(
            cohort_id=karin.cohort_id, meeting_id=key, starts_at=start,
            ends_at=start + timedelta(hours=6), place="Lycksele, Medborgarhuset",
        )
        for key, start in (
            ("T1", datetime(2026, 9, 1, 7, tzinfo=UTC)),
            ("T2", datetime(2099, 3, 12, 8, tzinfo=UTC)),
        )
    )
    login(user_of(session, karin))

    page = client.get("/hem").text

    assert "Torsdag 12 mars 2099 kl. 09.00–15.00" in page
    assert "Träff 2" in page


def test_the_first_reader_and_the_nearest_coordinator_are_named(
    client, login, session, course, karin
):
    cohort = session.get_one(Cohort, karin.cohort_id)
    reader = make_role(
        session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Tove Berg")
    )
    make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Olle Stig"))
    make_role(session, Role.COORDINATOR, user=make_user(session, name="Lena Län"))
    make_role(
        session, Role.COORDINATOR, cohort=cohort, user=make_user(session, name="Kim Kommun"),
        organization=session.get_one(Organization, karin.organization_id),
    )
    session.get_one(Team, karin.home_team_id).first_reader_id = reader.id
    login(user_of(session, karin))

    page = client.get("/hem").text

    assert "Tove Berg, utbildare" in page
    assert "Kim Kommun, samordnare" in page
    assert "Olle Stig" not in page
    assert "Lena Län" not in page


def test_who_was_long_away_is_told_where_they_were(client, login, session, course, karin):
    long_ago = datetime(2026, 1, 3, 12, tzinfo=UTC)
    finish(session, course, karin, "L1.1", at=long_ago)
    login(user_of(session, karin))

    page = client.get("/hem").text

    assert "Senast var du här 3 januari 2026." in page
    assert "Du var på lektion 2 av 4 i modul 1." in page


def test_somebody_without_a_cohort_is_told_what_happens(client, login, session):
    login(make_user(session, name="Nils Ny"))

    page = client.get("/hem")

    assert page.status_code == 200
    assert "Du är inte med i någon utbildningsomgång än." in page.text


def test_what_the_coordinator_sees_is_shown(client, login, session, karin):
    login(user_of(session, karin))

    assert "Det här ser din samordnare" in client.get("/hem").text


def test_the_page_is_there_in_english(client, login, session, course, karin):
    login(user_of(session, karin))

    page = client.get("/hem?lang=en").text

    assert f"Hello Karin. You are on module 1 of {len(course.modules)}." in page
    assert '<html lang="en">' in page


def test_nobody_logged_in_is_sent_to_the_login_page(client):
    answer = client.get("/hem")

    assert answer.status_code == 303
    assert "/logga-in" in answer.location


def test_the_number_of_statements_does_not_grow(
    client, login, session, course, karin, count_statements
):
    login(user_of(session, karin))
    client.get("/hem")
    with count_statements() as few:
        client.get("/hem")
    cohort = session.get_one(Cohort, karin.cohort_id)
    organization = make_organization(session)
    for _ in range(30):
        other = make_enrollment(session, cohort, organization_id=organization.id)
        make_role(session, Role.TRAINER, cohort=cohort)
        finish(session, course, other, "L1.1", "L1.2")
    finish(session, course, karin, "L1.1", "L1.2", "L1.3", "L1.4", "K1")
    submission(session, karin, "U1", SubmissionState.RETURNED)
    draft(session, karin, "U2")
    session.commit()
    with count_statements() as many:
        client.get("/hem")

    assert len(few) == len(many) <= 8
