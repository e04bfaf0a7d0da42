"""The assignment's first page and the writing page.

Long because all of it asks about the same few people and their one assignment."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.forms.assignments import AnswersForm
from app.login import passwords
from app.pages.answers import read_sections
from config import ROOT
from courses.catalog import load_course
from courses.models import Draft, User
from courses.vocabulary import Role, SubmissionState
from tests.conftest import token_from
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_submission,
    make_team,
    make_user,
    user_of,
)
from tests.writing import fields_of, make_draft

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
U1, GU1 = "/uppgift/mitt-uppdrag", "uppgift/teamets-overenskommelse"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def own(course):
    return course.items["U1"]


@pytest.fixture
def joint(course):
    return course.items["GU1"]


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course, due={"U1": date(2026, 11, 20)})


@pytest.fixture
def team(session, cohort):
    return make_team(session, cohort, name="Norrbyn")


@pytest.fixture
def karin(session, cohort, team):
    """A participant in a team, who holds its pen."""
    karin = make_enrollment(session, cohort, team=team, user=make_user(session, name="Karin"))
    team.holder_id = karin.id
    return karin


@pytest.fixture
def mate(session, cohort, team, karin):
    return make_enrollment(session, cohort, team=team, user=make_user(session, name="Olle"))


@pytest.fixture
def as_karin(session, login, karin):
    return login(user_of(session, karin))


def draft_of(session, assignment):
    session.rollback()
    return session.scalars(select(Draft).where(Draft.assignment_id == assignment.id)).one_or_none()


# The first page


def test_it_says_what_is_asked_and_how_it_is_read(client, as_karin, own):
    page = client.get(U1).text

    assert own.summary in page
    assert "Inte påbörjad" in page
    assert "Lämnas in senast 20 november 2026." in page
    for criterion in own.criteria:
        assert criterion.title in page
    assert "Fördjupad" in page
    assert "Det du skickar in blir en allmän handling hos Länsstyrelsen Västerbotten." in page
    assert "Så fungerar" not in page
    assert "Gör så här" in page
    assert ">Skriv</a>" in page


def test_it_names_the_lesson_that_comes_first(client, as_karin, course):
    assert course.items["L1.3"].title in client.get(U1).text


def test_a_checklist_is_no_table(client, as_karin, team):
    page = client.get(f"/team/{team.id}/{GU1}").text

    assert "bockar av" in page
    assert 'class="card-t rubric"' not in page


@pytest.mark.parametrize("day,is_late", [(20, False), (21, True)])
def test_late_is_said_the_day_after(client, session, login, karin, day, is_late):
    with time_machine.travel(datetime(2026, 11, day, 11, tzinfo=UTC), tick=False):
        login(user_of(session, karin))
        assert ("försenad" in client.get(U1).text) is is_late


def test_the_regional_text_is_for_regional_teams(client, session, login, cohort, own):
    regional = make_team(session, cohort, organization_id=None)
    inside = make_enrollment(session, cohort, team=regional)
    outside = make_enrollment(session, cohort, team=make_team(session, cohort))
    session.commit()

    assert "Arbetar du i polisen" in login(user_of(session, inside)).get(U1).text
    assert "Arbetar du i polisen" not in login(user_of(session, outside)).get(U1).text


def test_somebody_without_a_team_does_the_joint_one_alone(
    client, session, login, cohort, joint, post
):
    login(user_of(session, make_enrollment(session, cohort)))

    page = client.get(f"/{GU1}").text
    assert "Är du ensam deltagare" in page
    assert post(f"/{GU1}/skriv", fields_of(joint) | {"v": "0"}).status_code == 303
    assert draft_of(session, joint).enrollment_id is not None


def test_before_the_module_opens_there_is_nothing_to_write(client, session, login, course, post):
    cohort = make_cohort(session, course, opens={"M1": date(2027, 2, 9)})
    login(user_of(session, make_enrollment(session, cohort)))

    page = client.get(U1).text
    assert "Modulen öppnar 9 februari 2027." in page
    assert "Gör så här" not in page
    assert client.get(f"{U1}/skriv").status_code == 303
    assert post(f"{U1}/skriv", {"a-tid": "Text", "v": "0"}).status_code == 409


def test_the_name_alone_leads_to_the_home_team(client, as_karin, team):
    answer = client.get("/kommunens-uppgift/teamets-overenskommelse")

    assert answer.location == f"/team/{team.id}/{GU1}"


@pytest.mark.parametrize("path", ["/uppgift/finns-inte", "/uppgift/teamets-overenskommelse"])
def test_an_unknown_assignment_or_a_joint_one_without_its_team_is_not_found(
    client, as_karin, path
):
    assert client.get(path).status_code == 404


def test_an_own_assignment_is_not_under_a_team(client, as_karin, team):
    assert client.get(f"/team/{team.id}{U1}").status_code == 404


def test_the_page_takes_eight_statements_at_most(
    client, session, as_karin, mate, joint, team, own, karin, count_statements
):
    make_draft(session, team, joint, by=user_of(session, karin))
    make_draft(session, karin, own)
    session.commit()
    for path in (U1, f"/team/{team.id}/{GU1}", f"{U1}/skriv"):
        with count_statements() as statements:
            assert client.get(path).status_code == 200
        assert len(statements) <= 8, path


# Writing


def test_a_draft_is_kept_as_it_was_written(client, session, as_karin, own, post):
    answers = {"tid": "  Åtta timmar.\r\n\r\n- I månaden ", "samtal": "2026-11-02",
               "gors-redan": [{"gor": "Rastvärdar", "nar": "Alla"}, {"gor": "", "nar": ""}]}

    answer = post(f"{U1}/skriv", fields_of(own, answers) | {"v": "0"})

    assert answer.status_code == 303
    assert draft_of(session, own).answers == {
        "tid": "  Åtta timmar.\n\n- I månaden", "samtal": "2026-11-02",
        "gors-redan": [{"gor": "Rastvärdar", "nar": "Alla"}],
    }
    page = client.get(f"{U1}/skriv").text
    assert "Åtta timmar." in page
    assert "Rastvärdar</textarea>" in page
    assert "Utkastet är sparat kl. 12.00." in page
    assert "Utkast" in client.get(U1).text


def test_saving_and_checking_leads_on(as_karin, post):
    answer = post(f"{U1}/skriv", {"a-tid": "Text", "v": "0", "then": "check"})

    assert answer.location == f"{U1}/kontrollera"


def test_a_draft_may_be_too_long_and_unfinished(session, as_karin, own, post):
    assert post(f"{U1}/skriv", {"a-tid": "x" * 5_000, "v": "0"}).status_code == 303
    assert len(draft_of(session, own).answers["tid"]) == 5_000


def test_what_no_draft_can_hold_is_refused_with_the_text_kept(session, as_karin, own, post):
    answer = post(f"{U1}/skriv", {"a-tid": "y" * 20_001, "a-mandat": "Kvar", "v": "0"})

    assert answer.status_code == 422
    assert "y" * 20_001 in answer.text
    assert "Kvar" in answer.text
    assert "Ett utkast rymmer 20\u00a0000 per del." in answer.text
    assert answer.text.count('href="#a-tid"') == 1
    assert "<title>Fel:" in answer.text
    assert draft_of(session, own) is None


def test_a_day_in_words_is_not_lost(client, session, as_karin, own, post):
    post(f"{U1}/skriv", {"a-samtal": "förra tisdagen", "v": "0"})

    assert draft_of(session, own).answers == {"samtal": "förra tisdagen"}
    assert 'value="förra tisdagen"' in client.get(f"{U1}/skriv").text
    assert 'type="date"' not in client.get(f"{U1}/skriv").text


def test_a_row_more_without_script(client, session, as_karin, own, post):
    rows = {f"a-gors-redan-{n}-gor": f"Sak {n}" for n in range(3)}

    answer = post(f"{U1}/skriv", rows | {"v": "0", "rows-gors-redan": "3", "add": "gors-redan"})

    assert answer.location.endswith("#a-gors-redan-3-gor")
    assert len(draft_of(session, own).answers["gors-redan"]) == 3
    page = client.get(answer.location).text
    assert 'id="a-gors-redan-3-gor"' in page
    assert 'id="a-gors-redan-4-gor"' not in page


def test_a_long_form_can_be_saved_after_each_part(client, session, as_karin, own, post):
    page = client.get(f"{U1}/skriv").text
    assert page.count('name="at"') == len(own.sections) - 1
    # where scripts run, the text is saved by itself, and the buttons would only be in the way
    buttons = page.count('<p class="nojs"><button class="btn btn2" name="at"')
    assert buttons == len(own.sections) - 1

    answer = post(f"{U1}/skriv", {"a-tid": "Åtta timmar", "v": "0", "at": "tid"})

    assert answer.location == f"{U1}/skriv?vid=tid#a-tid"
    assert draft_of(session, own).answers == {"tid": "Åtta timmar"}
    page = client.get(answer.location).text
    assert '<span class="saved">Sparat kl. 12.00</span>' in page
    assert post(f"{U1}/skriv", {"v": "1", "at": "finns-inte"}).location == f"{U1}/skriv"


def test_many_rows_are_a_list_to_unfold_with_the_next_empty_one_open(
    client, login, session, course
):
    cohort = make_cohort(session, course)
    team = make_team(session, cohort, name="Sorsele")
    karin = make_enrollment(session, cohort, team=team, user=make_user(session, name="Karin Ek"))
    team.holder_id = karin.id
    many = next(
        one for one in course.assignments
        if one.is_joint and any(s.min_rows > 3 for s in one.sections)
    )
    section = next(s for s in many.sections if s.min_rows > 3)
    answers = {section.id: [{section.fields[0].id: f"Funktion {n}"} for n in range(2)]}
    make_draft(session, team, many, answers, by=user_of(session, karin))
    login(user_of(session, karin))

    page = client.get(f"/team/{team.id}/uppgift/{many.slug}/avsnitt/{section.id}").text

    fieldset = page[page.index(f'name="rows-{section.id}"') :].split("</fieldset>")[0]
    folds = re.findall(r'<details class="rowf"( open)?><summary>(\d+\. [^<]*)', fieldset)
    assert folds[:3] == [("", "1. Funktion 0"), ("", "2. Funktion 1"), (" open", "3. Ny rad")]
    assert {is_open for is_open, _name in folds[3:]} == {""}


def test_rows_end_where_the_course_says(client, as_karin):
    page = client.get(f"{U1}/skriv?rad=gors-redan&antal=400").text

    assert 'id="a-gors-redan-4-gor"' in page
    assert 'id="a-gors-redan-5-gor"' not in page
    assert 'name="add" value="gors-redan"' not in page


def test_fields_that_do_not_belong_are_ignored(session, as_karin, own, post):
    post(f"{U1}/skriv", {"a-tid": "x", "a-state": "approved", "state": "approved", "v": "0"})

    assert draft_of(session, own).answers == {"tid": "x"}


def test_what_was_written_is_never_markup(client, as_karin, post):
    evil = "</textarea><script>alert(1)</script>"
    post(f"{U1}/skriv", {"a-tid": evil, "v": "0"})

    for path in ("/skriv", "/kontrollera"):
        assert "<script>alert" not in client.get(U1 + path).text


# Two at once


def test_two_texts_at_once_are_both_shown(client, session, as_karin, own, post):
    post(f"{U1}/skriv", {"a-tid": "Först sparat", "v": "0"})

    answer = post(f"{U1}/skriv", {"a-tid": "Skrivet samtidigt", "a-mandat": "Mitt", "v": "0"})

    assert answer.status_code == 409
    assert "Först sparat" in answer.text
    assert "Skrivet samtidigt" in answer.text
    assert 'name="v" value="1"' in answer.text
    assert draft_of(session, own).answers == {"tid": "Först sparat"}


def test_ones_other_window_is_nobody_else_also_when_others_read_another_name(
    session, as_karin, karin, own, post
):
    user_of(session, karin).alias = "Deltagare 4 i Norrbyn"
    session.commit()
    post(f"{U1}/skriv", {"a-tid": "Först sparat", "v": "0"})

    answer = post(f"{U1}/skriv", {"a-tid": "Skrivet samtidigt", "v": "0"})

    assert "Deltagare 4" not in answer.text
    assert "till exempel i ett annat fönster" in answer.text


@pytest.mark.parametrize(
    "keep,kept",
    [
        ("mine", {"tid": "Mitt", "mandat": "Mitt mandat"}),
        ("theirs", {"tid": "Deras"}),
        ("both", {"tid": "Deras\n\nMitt", "mandat": "Mitt mandat"}),
    ],
)
def test_the_writer_chooses(session, as_karin, own, post, keep, kept):
    post(f"{U1}/skriv", {"a-tid": "Deras", "v": "0"})
    mine = {"a-tid": "Mitt", "a-mandat": "Mitt mandat", "v": "1", "keep": keep}

    assert post(f"{U1}/skriv", mine).status_code == 303
    assert draft_of(session, own).answers == kept


def test_the_same_text_saved_twice_is_no_conflict(session, as_karin, own, post):
    for _time in range(2):
        assert post(f"{U1}/skriv", {"a-tid": "Samma", "v": "0"}).status_code == 303
    assert draft_of(session, own).version == 1


def test_a_text_for_a_work_that_is_handed_in_is_shown_and_not_lost(
    session, as_karin, cohort, karin, own, post
):
    make_submission(session, cohort, karin, own)
    session.commit()

    answer = post(f"{U1}/skriv", {"a-tid": "Sent skrivet", "v": "0"})

    assert answer.status_code == 409
    assert "Sent skrivet" in answer.text
    assert "redan inskickad" in answer.text


# Who may


def test_the_holder_and_the_deputy_hand_in(client, session, login, team, karin, mate, joint):
    make_draft(session, team, joint, by=user_of(session, karin))
    path = f"/team/{team.id}/{GU1}"
    login(user_of(session, mate))
    assert client.get(f"{path}/kontrollera").status_code == 403
    assert "Den som är skrivansvarig skickar in för teamet." in client.get(path).text

    team = session.merge(team)
    team.deputy_id = mate.id
    session.commit()
    assert client.get(f"{path}/kontrollera").status_code == 200
    assert client.get(f"{path}/skriv").location == path  # a team writes section by section


def test_a_member_reads_the_teams_draft_but_another_authority_sees_its_headings(
    client, session, login, cohort, team, karin, mate, joint
):
    police = make_organization(session)
    officer = make_enrollment(session, cohort, team=team, organization_id=police.id)
    make_draft(session, team, joint, {"saknas": "Teknik saknas"}, by=user_of(session, karin))
    session.commit()
    path = f"/team/{team.id}/{GU1}"

    assert "Teknik saknas" in login(user_of(session, mate)).get(path).text
    page = login(user_of(session, officer)).get(path).text
    assert "Teknik saknas" not in page
    assert joint.section("saknas").label in page
    assert "Karin" in page


def test_a_cohort_may_share_drafts_across_authorities(client, session, login, course, joint):
    cohort = make_cohort(session, course, shares_drafts_across_authorities=True)
    team = make_team(session, cohort)
    holder = make_enrollment(session, cohort, team=team)
    officer = make_enrollment(
        session, cohort, team=team, organization_id=make_organization(session).id
    )
    make_draft(session, team, joint, {"saknas": "Teknik"}, by=user_of(session, holder))

    page = login(user_of(session, officer)).get(f"/team/{team.id}/{GU1}").text
    assert "<strong>Nu:</strong> hela teamet." in page
    assert "<p>Teknik</p>" in page


def test_strangers_find_nothing(client, session, login, course, cohort, team, karin, own):
    make_draft(session, karin, own)
    people = [
        make_role(session, Role.TRAINER, cohort=cohort),
        make_role(session, Role.COORDINATOR),
        make_role(session, Role.ADMINISTRATOR),
        user_of(session, make_enrollment(session, cohort)),
    ]
    session.commit()
    for person in people:
        login(person)
        for path in ("", "/skriv", "/kontrollera", "/kvitto", "/versioner", "/aterkoppling"):
            assert client.get(f"/team/{team.id}/{GU1}{path}").status_code == 404
    for person in people[:3]:
        login(person)
        assert client.get(f"{U1}/skriv").status_code == 404


def test_after_the_cohort_one_reads_but_does_not_write(client, session, login, course):
    cohort = make_cohort(session, course, ends_on=date(2026, 11, 8))
    login(user_of(session, make_enrollment(session, cohort)))

    page = client.get(U1)
    assert page.status_code == 200
    assert "/skriv" not in page.text
    assert client.get(f"{U1}/skriv").status_code == 403


def test_nobody_logged_in_is_asked_to(client):
    for path in (U1, f"{U1}/skriv", f"{U1}/kontrollera", f"{U1}/kvitto"):
        assert client.get(path).location == f"/logga-in?next={path}"


def test_a_post_without_a_token_saves_nothing(client, session, as_karin, own):
    assert client.post(f"{U1}/skriv", data={"a-tid": "x", "v": "0"}).status_code == 400
    assert draft_of(session, own) is None


def test_a_choice_is_stored_in_swedish_whatever_the_page_says(app, session):
    """The words of an option change with the language; what was chosen does not."""

    loaded = load_course(ROOT / "tests" / "content" / "provkurs")
    original = loaded.course("sv").items["PU1"]
    english = loaded.course("en").items["PU1"]
    with app.test_request_context():
        form = AnswersForm.posted(english, original, MultiDict({"a-material": "Trä"}))
        material = next(one for one in form if one.section.id == "material")

    assert material.options[1] == ("Trä", "Wood")
    assert form.answers == {"material": "Trä"}
    shown = {one.section.id: one.value for one in read_sections(english, original, form.answers)}
    assert shown["material"] == "Wood"


def test_everything_is_said_in_english_too(client, session, login, cohort, own):
    person = make_enrollment(session, cohort, user=make_user(session, language="en"))
    make_submission(session, cohort, person, own, SubmissionState.RETURNED)
    login(session.get_one(User, person.user_id))

    page = client.get(U1).text
    assert "Add to your work" in page
    assert "Continue writing" in page


# When the login has run out


def carried_form(page):
    """The fields that the page with the login form carries along."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    texts = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(value) for name, value in (fields | dict(texts)).items()}


def test_a_text_sent_without_a_login_becomes_a_draft_of_its_author(
    client, session, login, karin, own, app
):
    user = user_of(session, karin)
    user.password_hash = passwords.hash_password("tre ord i rad")
    page = login(user).get(f"{U1}/skriv").text
    author = re.search(r'name="author" value="([^"]+)"', page)[1]
    client.delete_cookie("stegvis-login")
    text = "Åtta timmar i månaden, enligt chefen."
    kept = client.post(
        f"{U1}/skriv",
        data={"a-tid": text, "v": "0", "author": author, "csrf_token": token_from(client),
              "label.a-tid": own.section("tid").label, "then": "check"},
    )
    assert kept.status_code == 400
    assert text in kept.text

    fields = carried_form(kept.text) | {"email": user.email, "password": "tre ord i rad"}
    fields["csrf_token"] = token_from(client)
    answer = client.post("/logga-in", data=fields)

    assert answer.status_code == 303
    assert answer.location == f"{U1}/skriv"
    assert draft_of(session, own).answers == {"tid": text}
