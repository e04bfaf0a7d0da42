import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from courses.models import (
    Cohort,
    CohortDeadline,
    CohortMeeting,
    CohortModule,
)
from courses.vocabulary import Role
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_team,
    make_user,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NEW = {
    "course": "processledarutbildning", "name": "Omgång 2027", "first_monday": "2027-01-11",
    "shares_drafts": "no", "issues": "by_hand",
}


def look(session):
    """What is read next is what has been committed."""
    session.rollback()
    session.expire_all()


@pytest.fixture
def county(session):
    user = make_role(session, Role.COORDINATOR)
    session.commit()
    return user


@pytest.fixture
def cohort(session, course):
    """A cohort that is not open yet."""
    cohort = make_cohort(session, course, opened_at=None)
    session.commit()
    return cohort


def version(page):
    return re.search(r'name="version"[^>]*value="(\d+)"', page.text).group(1)


def test_a_cohort_is_created_with_the_dates_of_the_year_plan(login, post, session, course, county):
    login(county)
    answer = post("/samordna/ny", NEW)
    cohort = session.scalars(select(Cohort)).one()

    assert answer.status_code == 303
    assert answer.location == f"/samordna/{cohort.id}/datum"
    assert cohort.opened_at is None
    assert not cohort.shares_drafts_across_authorities
    opens = {
        row.module_id: row.opens_on
        for row in session.scalars(select(CohortModule).where(CohortModule.cohort_id == cohort.id))
    }
    assert opens[course.modules[0].id] == date(2027, 1, 11)
    assert set(opens) == set(course.plan.opens)
    due = session.scalars(select(CohortDeadline).where(CohortDeadline.cohort_id == cohort.id))
    assert {row.item_id for row in due} == set(course.plan.due)
    meeting = session.get_one(CohortMeeting, (cohort.id, course.meetings[0].id))
    assert f"{meeting.starts_at.astimezone(STOCKHOLM):%a %H:%M}" == "Wed 12:00"
    assert cohort.ends_on > max(opens.values())


def test_who_may_read_drafts_has_no_silent_default(login, post, session, county):
    login(county)
    page = post("/samordna/ny", {k: v for k, v in NEW.items() if k != "shares_drafts"})
    assert page.status_code == 422
    assert "Välj om utkastet får läsas" in page.text
    assert 'value="Omgång 2027"' in page.text  # what was typed is kept
    assert session.scalars(select(Cohort)).all() == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("first_monday", "2027-01-12", "Dagen är inte en måndag"),
        ("first_monday", "igår", None),
        ("name", "  ", "Skriv ett namn"),
        ("issues", "kanske", None),
        ("course", "../../etc", None),
    ],
)
def test_what_cannot_be_created_is_said_at_the_field(
    login, post, session, county, field, value, message
):
    login(county)
    page = post("/samordna/ny", NEW | {field: value})
    assert page.status_code == 422
    assert "errsum" in page.text
    assert message is None or message in page.text
    assert session.scalars(select(Cohort)).all() == []


def test_a_name_is_used_once(login, post, session, county, cohort):
    login(county)
    page = post("/samordna/ny", NEW | {"name": cohort.name})
    assert page.status_code == 422
    assert "Namnet används redan." in page.text


def test_only_county_coordinators_know_of_these_pages(login, post, client, session, cohort):
    organization = make_organization(session)
    municipal = make_role(session, Role.COORDINATOR, cohort=cohort, organization=organization)
    trainer = make_role(session, Role.TRAINER, cohort=cohort)
    stranger = make_user(session)
    session.commit()
    inside = [f"/samordna/{cohort.id}/{page}" for page in
              ("forbered", "datum", "organisationer", "personer", "personer/deltagare",
               "personer/utbildare", "personer/samordnare")]
    for path in ["/samordna/ny", *inside]:
        assert client.get(path).location.startswith("/logga-in")
    for user, status in ((municipal, 403), (trainer, 404), (stranger, 404)):
        login(user)
        assert client.get("/samordna/ny").status_code == 404
        assert post("/samordna/ny", NEW).status_code == 404
        for path in inside:
            assert client.get(path).status_code == status, (path, user)
        assert post(f"/samordna/{cohort.id}/oppna").status_code == status
        client.delete_cookie("stegvis-login")


def test_no_token_changes_nothing(login, client, county, cohort):
    login(county)
    assert client.post("/samordna/ny", data=NEW).status_code == 400
    assert client.post(f"/samordna/{cohort.id}/oppna").status_code == 400


def dates_as_shown(page):
    """The dates form as a browser would send it back."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = (re.search(rf'{a}="([^"]*)"', tag) for a in ("name", "value"))
        if name and value and name.group(1) not in ("csrf_token", "idem", "next"):
            fields[name.group(1)] = value.group(1)
    return fields


def test_dates_are_edited_and_what_is_emptied_goes(login, client, post, session, course, county):
    login(county)
    path = post("/samordna/ny", NEW).location
    fields = dates_as_shown(client.get(path))
    module, meeting = course.modules[0].id, course.meetings[0].id
    fields |= {
        f"opens-{module}": "2027-02-01", f"due-{course.assignments[0].id}": "",
        f"place-{meeting}": "Storuman", f"link-{meeting}": "https://example.org/mote",
    }
    assert post(path, fields).status_code == 303

    cohort = session.scalars(select(Cohort)).one()
    assert session.get_one(CohortModule, (cohort.id, module)).opens_on == date(2027, 2, 1)
    assert session.get(CohortDeadline, (cohort.id, course.assignments[0].id)) is None
    stored = session.get_one(CohortMeeting, (cohort.id, meeting))
    assert (stored.place, stored.link) == ("Storuman", "https://example.org/mote")


def test_a_meeting_over_two_days_is_told_as_one_period(login, client, post, county):
    login(county)
    path = post("/samordna/ny", NEW).location
    swedish, english = client.get(path).text, client.get(f"{path}?lang=en").text
    assert "20–21 januari 2027, lunch till lunch" in swedish
    assert swedish.count("lunch till lunch") == 2
    assert "20–21 January 2027, lunch to lunch" in english


def test_a_meeting_ends_after_it_begins(login, client, post, county, course):
    login(county)
    path = post("/samordna/ny", NEW).location
    meeting = course.meetings[0].id
    fields = dates_as_shown(client.get(path))
    fields |= {f"from-{meeting}": "15:00", f"to-{meeting}": "14:00"}
    fields[f"last-{meeting}"] = fields[f"day-{meeting}"]
    page = post(path, fields)
    assert page.status_code == 422
    assert "sluta efter att den har börjat" in page.text
    assert 'value="15:00"' in page.text


def test_the_second_of_two_who_change_the_dates_is_told(login, client, post, session, county):
    login(county)
    path = post("/samordna/ny", NEW).location
    shown = dates_as_shown(client.get(path))
    assert post(path, shown | {"ends_on": "2028-01-01"}).status_code == 303
    page = post(path, shown | {"ends_on": "2029-01-01"})
    assert page.status_code == 409
    assert "Någon annan sparade" in page.text
    assert 'value="2029-01-01"' in page.text
    again = shown | {"ends_on": "2029-01-01", "version": version(page)}
    assert post(path, again).status_code == 303
    assert session.scalars(select(Cohort)).one().ends_on == date(2029, 1, 1)


def test_a_cohort_opens_when_nothing_is_missing(login, client, post, session, course, county):
    login(county)
    post("/samordna/ny", NEW)
    cohort = session.scalars(select(Cohort)).one()
    session.rollback()
    page = client.get(f"/samordna/{cohort.id}/forbered")
    for text in ("Minst ett team behövs", "Minst en deltagare", "Minst en utbildare"):
        assert text in page.text
    assert post(f"/samordna/{cohort.id}/oppna").status_code == 409

    team = make_team(session, cohort)
    make_enrollment(session, cohort, team=team)
    make_role(session, Role.TRAINER, cohort=cohort)
    session.get_one(Cohort, cohort.id).requirement_set = []
    session.commit()
    answer = post(f"/samordna/{cohort.id}/oppna")

    assert answer.status_code == 303
    look(session)
    opened = session.get_one(Cohort, cohort.id)
    assert opened.opened_at is not None
    assert [line["id"] for line in opened.requirement_set] == [r.id for r in course.requirements]
    first = opened.opened_at
    session.rollback()
    post(f"/samordna/{cohort.id}/oppna")
    look(session)
    assert session.get_one(Cohort, cohort.id).opened_at == first


def settings(cohort, **fields):
    return {
        "name": cohort.name, "shares_drafts": "no", "issues": "by_hand",
        "version": cohort.version,
    } | fields


def test_settings_change_until_drafts_are_written_under_them(login, post, session, county, cohort):
    login(county)
    path = f"/samordna/{cohort.id}/forbered"
    fields = settings(cohort, shares_drafts="yes", issues="automatic", name="Nytt namn")
    answer = post(path, fields)
    assert answer.status_code == 303
    look(session)
    changed = session.get_one(Cohort, cohort.id)
    assert (changed.name, changed.issues_automatically) == ("Nytt namn", True)
    assert changed.shares_drafts_across_authorities

    changed.opened_at = datetime(2027, 1, 1, tzinfo=STOCKHOLM)
    session.commit()
    refused = post(path, settings(changed, shares_drafts="no"))
    assert refused.status_code == 422
    assert "går inte att ändra" in refused.text
    assert post(path, settings(changed, shares_drafts="yes", issues="by_hand")).status_code == 303


def test_the_second_of_two_who_change_settings_is_told(login, post, county, cohort):
    login(county)
    path = f"/samordna/{cohort.id}/forbered"
    assert post(path, settings(cohort, name="Först")).status_code == 303
    page = post(path, settings(cohort, name="Sedan"))
    assert page.status_code == 409
    assert 'value="Sedan"' in page.text


def test_few_statements(login, client, county, cohort, count_statements):
    login(county)
    for page in ("forbered", "datum", "organisationer", "personer", "personer/deltagare"):
        path = f"/samordna/{cohort.id}/{page}"
        client.get(path)
        with count_statements() as statements:
            assert client.get(path).status_code == 200
        assert len(statements) <= 8, page


@pytest.mark.parametrize("day", ["9999-12-27", "0001-01-01", "2100-01-04"])
def test_a_day_ages_away_is_refused_at_the_field(login, post, session, county, day):
    login(county)
    answer = post("/samordna/ny", NEW | {"first_monday": day})

    assert answer.status_code == 422
    assert "Välj en dag mellan åren 2000 och 2099" in answer.text
    assert session.scalars(select(Cohort)).all() == []
