"""A team writes an assignment together: the group page, a section's page, contributions.

Long because all of it asks about the same three people and their one assignment."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.login import passwords
from courses.models import (
    Contribution,
    Draft,
    Enrollment,
    JointSection,
    Organization,
    SectionComment,
    SharedContribution,
    Team,
    TeamMember,
    User,
)
from courses.vocabulary import SubmissionState
from tests.conftest import token_from
from tests.factories import make_cohort, make_enrollment, make_submission, make_team, user_of
from tests.writing import finish_first_lessons, make_draft
from tests.writing_together import make_trio

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
FIRST, OWN = "avsnitt/saknas", "bidrag/saknas"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def joint(course):
    return course.items["GU1"]


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course, due={"GU1": date(2026, 11, 20)})


@pytest.fixture
def trio(session, cohort):
    trio = make_trio(session, cohort)
    session.commit()
    return trio


@pytest.fixture
def path(trio):
    return f"/team/{trio.team.id}/uppgift/teamets-overenskommelse"


@pytest.fixture
def as_karin(session, login, trio):
    return login(user_of(session, trio.karin))


@pytest.fixture
def another(app, session, login):
    """Another browser, in which somebody else of the team is logged in."""
    return lambda enrollment: login(user_of(session, enrollment), on=app.test_client())


def texts(session):
    session.rollback()
    return session.scalars(select(Draft)).one().answers


def all_of(session, model):
    session.rollback()
    session.expire_all()
    return session.scalars(select(model).order_by(model.id)).all()


# The group page


def test_it_says_who_is_in_the_team_and_who_writes_what(client, session, as_karin, path, post):
    post(f"{path}/{FIRST}", {"a-saknas": "Teknik saknas helt", "v": "0"})
    page = client.get(path).text

    for words in ("Karin", "Olle", "Pia", "Polisen", "skrivansvarig", "3 ord", "Tomt",
                  "Öppet hos dig sedan kl. 12.00", "Lämnas in senast 20 november 2026.",
                  "inga personer, inga fall", "Kontrollera och skicka in"):
        assert words in page, words
    assert page.count('class="btn"') == 1


def test_it_says_what_is_empty_begun_and_written(client, session, as_karin, trio, joint, path):
    long = joint.section("saknas").max_chars + 1
    make_draft(session, trio.team, joint, {"saknas": "x" * long}, by=user_of(
        session, trio.karin))
    session.commit()
    page = client.get(path).text
    assert "0 avsnitt är skrivna, ett är påbörjat, " in page
    assert "<strong>Påbörjat</strong>, ett ord" in page

    session.scalars(select(Draft)).one().answers = {"saknas": "Teknik saknas helt"}
    session.commit()
    page = client.get(path).text
    assert "Ett avsnitt är skrivet, 0 är påbörjade, " in page
    assert "<strong>Skrivet</strong>, 3 ord" in page


def test_the_texts_are_folded_one_by_one(client, session, as_karin, trio, joint, path):
    make_draft(session, trio.team, joint, {"saknas": "Teknik saknas helt"}, by=user_of(
        session, trio.karin))
    session.commit()
    page = client.get(path).text
    label = joint.section("saknas").label

    assert f"<details><summary><h3>{label}</h3></summary>" in page
    for anchor in ("avsnitt", "utkast", "bidrag", "uppgiften", "teamet"):
        assert f'href="#{anchor}"' in page
        assert page.count(f'id="{anchor}"') == 1, anchor


def test_a_get_changes_nothing(client, session, as_karin, path):
    for page in ("", f"/{FIRST}", f"/{OWN}", "/vem-skriver"):
        client.get(f"{path}{page}")

    assert all_of(session, JointSection) == all_of(session, Contribution) == []


def test_the_others_see_that_somebody_writes(client, session, as_karin, trio, path, post, another):
    assert post(f"{path}/{FIRST}/oppna").location == f"{path}/{FIRST}"
    olle = another(trio.olle)

    assert "Karin skriver sedan kl. 12.00" in olle.get(path).text
    page = olle.get(f"{path}/{FIRST}").text
    assert "Karin skriver i det här avsnittet sedan kl. 12.00." in page
    assert "Skriv här ändå" in page
    with time_machine.travel(NOON + timedelta(minutes=15), tick=False):
        assert "Karin skriver" not in olle.get(path).text


def test_saving_and_going_back_leaves_the_section(client, session, as_karin, path, post):
    answer = post(f"{path}/{FIRST}", {"a-saknas": "Klart", "v": "0", "then": "close"})

    assert answer.location == path
    assert [one.open_by for one in all_of(session, JointSection)] == [None]


def test_another_authority_sees_headings_and_why(client, session, login, trio, joint, path):
    make_draft(session, trio.team, joint, {"saknas": "Teknik saknas"}, by=user_of(
        session, trio.karin))
    session.add(
        JointSection(
            team_id=trio.team.id, assignment_id="GU1", section_id="saknas",
            writer_id=trio.olle.id, due_on=date(2026, 11, 12),
        )
    )
    login(user_of(session, trio.pia))

    page = client.get(path).text
    for words in ("Olle", "12 november 2026", "inte texten innan den är inskickad",
                  "den som är skrivansvarig och ersättaren"):
        assert words in page, words
    assert "Teknik saknas" not in page
    assert "<th scope=\"col\">Läge" not in page
    assert client.get(f"{path}/{FIRST}").status_code == 403


def test_a_cohort_that_shares_lets_another_authority_write(
    client, session, login, cohort, trio, path, post
):
    cohort.shares_drafts_across_authorities = True
    login(user_of(session, trio.pia))

    assert post(f"{path}/{FIRST}", {"a-saknas": "Polisens", "v": "0"}).status_code == 303
    assert texts(session) == {"saknas": "Polisens"}


def test_the_pages_take_eight_statements_at_most(
    client, session, as_karin, trio, joint, path, post, count_statements
):
    make_draft(session, trio.team, joint, by=user_of(session, trio.karin))
    session.commit()
    post(f"{path}/{OWN}", {"text": "Mitt", "v": "0"})
    for page in ("", f"/{FIRST}", f"/{OWN}", f"/{OWN}/dela", "/vem-skriver"):
        with count_statements() as statements:
            assert client.get(path + page).status_code == 200
        assert len(statements) <= 8, page


# Pen and writers


def test_nobody_comes_to_read_the_draft_by_taking_the_pen(
    client, session, login, trio, path, post, joint
):
    make_draft(session, trio.team, joint, by=user_of(session, trio.karin))
    session.get_one(Team, trio.team.id).holder_id = None
    session.commit()
    login(user_of(session, trio.pia))
    page = client.get(path).text
    assert "Ingen är skrivansvarig än." in page
    assert "Bli skrivansvarig" not in page

    assert post(f"{path}/penna").status_code == 403
    assert client.get(f"{path}/{FIRST}").status_code == 403


def test_any_member_who_reads_the_draft_takes_an_empty_pen_and_nobody_takes_anothers(
    client, session, login, trio, cohort, path, post
):
    session.get_one(Team, trio.team.id).holder_id = None
    cohort.shares_drafts_across_authorities = True
    session.commit()
    login(user_of(session, trio.pia))
    assert "Ingen är skrivansvarig än." in client.get(path).text

    assert post(f"{path}/penna").status_code == 303
    login(user_of(session, trio.olle))
    answer = post(f"{path}/penna")
    assert answer.status_code == 409
    assert "Pia är redan skrivansvarig." in answer.text
    assert all_of(session, Team)[0].holder_id == trio.pia.id


def test_the_holder_says_who_writes_what(client, session, as_karin, trio, path, post, another):
    fields = {"vem-saknas": str(trio.olle.id), "nar-saknas": "2026-11-12"}
    assert post(f"{path}/vem-skriver", fields).location == path

    row = next(one for one in all_of(session, JointSection) if one.section_id == "saknas")
    assert (row.writer_id, row.due_on) == (trio.olle.id, date(2026, 11, 12))
    assert "Olle skriver." in client.get(f"{path}/{FIRST}").text
    assert another(trio.olle).get(f"{path}/vem-skriver").status_code == 403


def test_the_days_are_set_beside_the_day_of_the_whole(client, as_karin, path):
    whole = client.get(path).text.split("Lämnas in senast ", 1)[1].split(".", 1)[0]

    assert f"Uppgiften lämnas in senast {whole}." in client.get(f"{path}/vem-skriver").text


def test_a_day_that_is_none_is_shown_at_its_field(client, session, as_karin, path, post):
    answer = post(f"{path}/vem-skriver", {"nar-saknas": "i maj"})

    assert answer.status_code == 422
    assert 'value="i maj"' in answer.text
    assert 'href="#nar-saknas"' in answer.text
    assert all_of(session, JointSection) == []


# A section


def test_the_same_section_at_once_shows_both_and_keeps_what_is_chosen(
    client, session, as_karin, trio, path, post, another
):
    olle = another(trio.olle)
    post(f"{path}/{FIRST}", {"a-saknas": "Karins text", "v": "0"})
    answer = post(f"{path}/{FIRST}", {"a-saknas": "Olles text", "v": "0"}, on=olle)

    assert answer.status_code == 409
    for words in ("Karin sparade en annan text", "Karins text", "Olles text", "Slå ihop",
                  "Behåll min", "Behåll den som Karin sparade"):
        assert words in answer.text, words
    assert texts(session) == {"saknas": "Karins text"}

    post(f"{path}/{FIRST}", {"a-saknas": "Olles text", "v": "1", "keep": "both"}, on=olle)
    assert texts(session) == {"saknas": "Karins text\n\nOlles text"}


def test_keeping_the_others_text_throws_away_ones_own(client, session, as_karin, path, post):
    post(f"{path}/{FIRST}", {"a-saknas": "Först", "v": "0"})
    answer = post(f"{path}/{FIRST}", {"a-saknas": "Min", "v": "1", "keep": "theirs"})

    assert answer.location == f"{path}/{FIRST}?val=1"
    assert texts(session) == {"saknas": "Först"}


def test_a_section_saves_by_itself(client, session, as_karin, path):
    def save(text, version):
        token = token_from(client)
        author = client.get(f"{path}/{FIRST}").text.split('name="author" value="')[1].split('"')[0]
        return client.post(
            f"{path}/{FIRST}", headers={"Accept": "application/json"},
            data={"a-saknas": text, "v": version, "csrf_token": token, "author": author},
        )

    assert save("Ett", "0").json["v"] == 1
    assert save("Två", "1").json["v"] == 2
    assert (save("Tre", "1").status_code, save("Tre", "1").json["state"]) == (409, "conflict")
    assert save("x" * 20_001, "2").status_code == 422
    assert texts(session) == {"saknas": "Två"}


def test_too_much_for_a_draft_is_kept_in_the_form(client, session, as_karin, path, post):
    answer = post(f"{path}/{FIRST}", {"a-saknas": "y" * 20_001, "v": "0"})

    assert answer.status_code == 422
    assert "y" * 20_001 in answer.text


def test_what_is_handed_in_is_read_and_not_written(
    client, session, cohort, trio, joint, as_karin, path, post
):
    make_submission(session, cohort, trio.team, joint, SubmissionState.SUBMITTED)
    session.commit()

    assert "<textarea" not in client.get(f"{path}/{FIRST}").text
    answer = post(f"{path}/{FIRST}", {"a-saknas": "Sent", "v": "0"})
    assert answer.status_code == 409
    assert "Sent" in answer.text


def test_what_a_section_lacks_is_said_there(client, session, as_karin, trio, joint, path):
    make_draft(session, trio.team, joint, {"saknas": "x"}, by=user_of(session, trio.karin))
    finish_first_lessons(session, trio.karin, _course(client))
    session.commit()

    page = client.get(f"{path}/kontrollera").text
    missing = next(one.id for one in joint.sections if one.required and one.id != "saknas")
    assert f"{path}/avsnitt/{missing}?brister=1#" in page
    assert "err" in client.get(f"{path}/avsnitt/{missing}?brister=1").text


def test_a_text_written_when_the_login_ran_out_is_saved(
    client, session, login, trio, path, post
):
    user = user_of(session, trio.olle)
    user.password_hash = passwords.hash_password("ett långt lösenord")
    page = login(user).get(f"{path}/{FIRST}").text
    author = page.split('name="author" value="')[1].split('"')[0]
    client.delete_cookie("stegvis-login")

    answer = post(f"{path}/{FIRST}", {"a-saknas": "Skrivet länge", "v": "0", "author": author})
    assert answer.status_code == 400
    assert "Skrivet länge" in answer.text
    post("/logga-in", {
        "email": session.get_one(User, user.id).email, "password": "ett långt lösenord",
        "rescue_path": f"{path}/{FIRST}", "rescue_author": author,
        "keep.a-saknas": "Skrivet länge", "keep.v": "0",
    })
    assert texts(session) == {"saknas": "Skrivet länge"}


# Comments


def test_a_comment_is_read_dealt_with_and_never_handed_in(
    client, session, as_karin, trio, path, post, another
):
    post(f"{path}/{FIRST}/kommentar", {"text": "Stämmer det här?"}, on=another(trio.olle))
    assert "En kommentar väntar" in client.get(path).text
    comment = all_of(session, SectionComment)[0]
    assert "Stämmer det här?" in client.get(f"{path}/{FIRST}").text

    post(f"{path}/{FIRST}/kommentar/{comment.id}/klar")
    assert "Klar: Karin" in client.get(f"{path}/{FIRST}").text
    assert "kommentar väntar" not in client.get(path).text


@pytest.mark.parametrize("text, asks", [
    ("", False), ("Hon heter 19900101-2385", False), ("Ring 070-123 45 67", True),
])
def test_a_comment_that_points_somebody_out_waits(
    client, session, as_karin, path, post, text, asks
):
    answer = post(f"{path}/{FIRST}/kommentar", {"text": text})

    assert answer.status_code == 422
    assert text in answer.text
    assert ('name="checked"' in answer.text) is asks
    assert all_of(session, SectionComment) == []
    if asks:
        post(f"{path}/{FIRST}/kommentar", {"text": text, "checked": "1"})
        assert len(all_of(session, SectionComment)) == 1


# Contributions


def test_a_contribution_is_ones_own_until_it_is_shared(
    client, session, trio, path, post, another
):
    pia, karin = another(trio.pia), another(trio.karin)
    answer = post(f"{path}/{OWN}", {"text": "Polisens bild", "v": "0", "then": "share"}, on=pia)
    assert answer.location == f"{path}/{OWN}/dela"
    for page in ("", f"/{FIRST}", f"/{OWN}"):
        assert "Polisens bild" not in karin.get(path + page).text

    page = pia.get(f"{path}/{OWN}/dela").text
    assert "kan 3 personer läsa, du inräknad" in page
    assert f"{_municipality(session, trio)} är en annan myndighet än din" in page
    post(f"{path}/{OWN}/dela", {"v": "1"}, on=pia)
    for page in ("", f"/{FIRST}"):
        assert "Polisens bild" in karin.get(path + page).text
    assert "delat 9 november 2026" in pia.get(path).text


def test_with_nothing_to_share_the_page_says_so_at_the_field(
    client, session, as_karin, path, post
):
    answer = post(f"{path}/{OWN}", {"text": " ", "v": "0", "then": "share"})

    assert answer.status_code == 422
    assert "Skriv ditt bidrag innan du delar det" in answer.text
    assert post(f"{path}/{OWN}", {"text": "", "v": "0"}).status_code == 303


def test_who_reads_is_counted_as_the_cohort_was_set(
    client, session, cohort, trio, path, post, another
):
    """Olle's is read by Karin and by him; Pia reads it when the cohort shares."""
    olle, pia = another(trio.olle), another(trio.pia)
    post(f"{path}/{OWN}", {"text": "Skolans bild", "v": "0"}, on=olle)
    page = olle.get(f"{path}/{OWN}/dela").text
    assert "kan 2 personer läsa" in page
    assert "annan myndighet" not in page
    post(f"{path}/{OWN}/dela", {"v": "1"}, on=olle)
    shown = pia.get(path).text
    assert "Skolans bild" not in shown
    assert "Du kan inte läsa bidraget." in shown

    session.merge(cohort).shares_drafts_across_authorities = True
    session.commit()
    page = olle.get(f"{path}/{OWN}/dela").text
    assert "kan 3 personer läsa" in page
    assert "Polisen är en annan myndighet än din" in page
    assert "Skolans bild" in pia.get(path).text


def test_what_points_somebody_out_is_not_shared(client, session, as_karin, path, post):
    post(f"{path}/{OWN}", {"text": "Ring 070-123 45 67", "v": "0"})
    answer = post(f"{path}/{OWN}/dela", {"v": "1"})
    assert answer.status_code == 422
    assert "070-123 45 67" in answer.text
    assert post(f"{path}/{OWN}/dela", {"v": "1", "checked": "1"}).status_code == 303

    post(f"{path}/{OWN}", {"text": "Hon heter 19900101-2385", "v": "1"})
    assert post(f"{path}/{OWN}/dela", {"v": "2", "checked": "1"}).status_code == 422
    assert [one.text for one in all_of(session, SharedContribution)] == ["Ring 070-123 45 67"]


def test_a_text_that_was_changed_meanwhile_is_read_again(client, session, as_karin, path, post):
    post(f"{path}/{OWN}", {"text": "Först", "v": "0"})
    post(f"{path}/{OWN}", {"text": "Sedan", "v": "1"})

    assert post(f"{path}/{OWN}/dela", {"v": "1"}).status_code == 409
    assert all_of(session, SharedContribution) == []


def test_two_windows_of_ones_own_show_both(client, session, as_karin, path, post):
    post(f"{path}/{OWN}", {"text": "Ena", "v": "0"})
    answer = post(f"{path}/{OWN}", {"text": "Andra", "v": "0"})
    assert answer.status_code == 409
    assert "Ena" in answer.text

    post(f"{path}/{OWN}", {"text": "Andra", "v": "1", "keep": "both"})
    assert all_of(session, Contribution)[0].text == "Ena\n\nAndra"


def test_it_is_put_into_the_text_under_its_authors_name_and_out_again(
    client, session, trio, path, post, another
):
    pia, karin = another(trio.pia), another(trio.karin)
    whole = f"{path}/bidrag/helheten"
    post(whole, {"text": "Polisens bild", "v": "0"}, on=pia)
    post(f"{whole}/dela", {"v": "1"}, on=pia)
    gift = all_of(session, SharedContribution)[0]
    post(f"{path}/{FIRST}", {"a-saknas": "Vi ser", "v": "0"}, on=karin)

    post(f"{path}/{FIRST}/bidrag/{gift.id}", on=karin)
    assert texts(session) == {"saknas": "Vi ser\n\nPolisens bild"}
    assert "Med bidrag från Pia" in karin.get(path).text
    assert "går inte att ta tillbaka" in post(f"{whole}/ta-tillbaka", on=pia).text

    page = karin.get(f"{path}/{FIRST}").text
    undo = page.split("/angra")[0].rsplit('action="', 1)[1] + "/angra"
    post(undo, on=karin)
    assert texts(session) == {"saknas": "Vi ser"}
    assert post(f"{whole}/ta-tillbaka", on=pia).status_code == 303
    assert "Polisens bild" not in karin.get(path).text


def test_a_contribution_of_lines_becomes_rows_and_another_stands_beside_the_table(
    client, session, trio, joint, path, post, another
):
    karin, pia = another(trio.karin), another(trio.pia)
    table = next(one for one in joint.sections if one.kind == "rows")
    here, own = f"{path}/avsnitt/{table.id}", f"{path}/bidrag/{table.id}"
    assert "; ".join(one.label for one in table.fields) in pia.get(own).text

    def share(text, version):
        post(own, {"text": text, "v": str(version)}, on=pia)
        post(f"{own}/dela", {"v": str(version + 1)}, on=pia)
        return all_of(session, SharedContribution)[-1].id

    prose = share("Polisen möter alla som anmäler.", 0)
    page = karin.get(here).text
    assert "Bidraget passar inte i tabellens rutor." in page
    post(f"{here}/bidrag/{prose}", on=karin)
    assert table.id not in texts(session)
    assert "Finns i avsnittet." in karin.get(here).text
    post(here, {f"a-{table.id}-0-{one.id}": "Skolan" for one in table.fields} | {"v": "0"},
         on=karin)
    undo = karin.get(here).text.split("/angra")[0].rsplit('action="', 1)[1] + "/angra"
    post(undo, on=karin)
    assert "Finns i avsnittet." not in karin.get(here).text
    before = texts(session)[table.id]

    lines = share("Polis; Områdespolis\n- Polis; Utredare; Gruppchef", 1)
    post(f"{here}/bidrag/{lines}", on=karin)
    ids = [one.id for one in table.fields]
    assert texts(session)[table.id] == [
        *before, dict(zip(ids, ("Polis", "Områdespolis", ""), strict=True)),
        dict(zip(ids, ("Polis", "Utredare", "Gruppchef"), strict=True)),
    ]


def test_what_is_shared_stays_when_its_author_leaves(
    client, session, trio, path, post, another
):
    pia = another(trio.pia)
    post(f"{path}/{OWN}", {"text": "Polisens bild", "v": "0"}, on=pia)
    post(f"{path}/{OWN}/dela", {"v": "1"}, on=pia)
    post(f"{path}/{OWN}", {"text": "Polisens egna tankar", "v": "1"}, on=pia)
    _leave(session, trio.pia)

    assert "Polisens bild" in another(trio.karin).get(path).text
    assert pia.get(f"{path}/{OWN}").status_code == 403
    assert all_of(session, Contribution)[0].text == "Polisens egna tankar"


# Who may not


def test_a_stranger_is_told_nothing(client, session, login, cohort, trio, path, post):
    elsewhere = make_enrollment(session, cohort, team=make_team(session, cohort))
    login(user_of(session, elsewhere))

    for page in ("", f"/{FIRST}", f"/{OWN}", "/vem-skriver"):
        assert client.get(path + page).status_code == 404
    assert post(f"{path}/{FIRST}", {"a-saknas": "x", "v": "0"}).status_code == 404
    assert post(f"{path}/penna").status_code == 404


def test_no_section_that_is_not_there(client, as_karin, path):
    assert client.get(f"{path}/avsnitt/finns-inte").status_code == 404
    assert client.get(f"{path}/bidrag/finns-inte").status_code == 404


def test_without_a_token_nothing_is_saved(client, session, as_karin, path):
    assert client.post(f"{path}/{FIRST}", data={"a-saknas": "x", "v": "0"}).status_code == 400
    assert client.post(f"{path}/penna").status_code == 400
    assert all_of(session, Draft) == []


def _course(client):
    store = client.application.extensions["editions"]
    return store.published("processledarutbildning").course("sv")


def _municipality(session, trio):
    return session.get_one(Organization, trio.team.organization_id).name


def _leave(session, enrollment):
    session.rollback()
    member = session.scalars(
        select(TeamMember).where(TeamMember.enrollment_id == enrollment.id)
    ).one()
    member.left_on = NOON.date()
    session.get_one(Enrollment, enrollment.id).home_team_id = None
    session.commit()
