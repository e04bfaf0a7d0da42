"""A team's plan: made of what is approved, edited by chapter, issued and replaced.

Long because all of it asks about the same team, with everything approved."""

import io
from datetime import timedelta
from hashlib import sha256

import docx
import pypdf
import pytest
from sqlalchemy import select

from app import clock
from courses.models import AccessEvent, MunicipalPlan, PlanChapter, SecrecyStop, SubmissionRound
from tests.cast import make_cast
from tests.planning import PARTS, approve, mark_in


@pytest.fixture
def cast(session, course):
    cast = make_cast(session, course)
    session.commit()
    return cast


@pytest.fixture
def team(session, cast, course):
    """Nora's team with everything approved."""
    approve(session, cast.cohort, cast.team, course, *PARTS, by=cast.people["nora"])
    session.commit()
    return cast.team


@pytest.fixture
def nora(cast, login):
    return login(cast.people["nora"])


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def issue(post, nora, team, **changes):
    page = nora.get(f"/team/{team.id}/plan/ge-ut").get_data(as_text=True)
    data = {"mark": mark_in(page), "attest": "1", "checked": "1", "language": "sv"} | changes
    return post(f"/team/{team.id}/plan/ge-ut", data, on=nora)


def chapter(post, nora, team, name, data, version=0, **more):
    return post(f"/team/{team.id}/plan/kapitel/{name}", {"v": version} | data | more, on=nora)


def test_the_plan_is_made_of_what_is_approved_with_its_sources(nora, team, session):
    page = nora.get(f"/team/{team.id}/plan").get_data(as_text=True)
    assert "Handlingsplan för våldsförebyggande arbete" in page
    assert "Det här står under 2. Lägesbild i korthet." in page
    reference = session.scalars(
        select(SubmissionRound.reference).where(SubmissionRound.reference.like("GU8%"))
    ).one()
    assert f"Ur {reference}" in page


def test_what_is_not_approved_is_named_and_stood_in_for(nora, cast, session, course):
    approve(session, cast.cohort, cast.team, course, "GU4", "GU5", by=cast.people["nora"])
    session.commit()
    page = nora.get(f"/team/{cast.team.id}/plan").get_data(as_text=True)
    assert "Inte godkänt än" in page
    assert "Insatsval och genomförandeplan" in page
    assert "Det här står under 3. Vad vi vet." in page  # until there is a situation in brief
    assert "Inget är skrivet i det här kapitlet än." in page


def test_an_empty_plan_says_what_fills_it_in_the_order_of_the_course(nora, post, cast, course):
    page = nora.get(f"/team/{cast.team.id}/plan").get_data(as_text=True)
    wanted = [one.title for one in course.assignments if one.id in PARTS]
    assert "Planen är tom än" in page
    assert "Kontrollera och ge ut" not in page
    places = [page.index(f"<li>{title}</li>") for title in wanted]
    assert places == sorted(places)


def test_the_law_is_held_against_the_chapters(nora, cast, session, course):
    approve(session, cast.cohort, cast.team, course, "GU5", by=cast.people["nora"])
    session.commit()
    page = nora.get(f"/team/{cast.team.id}/plan").get_data(as_text=True)
    law = page[page.index('id="lagen"'):]
    assert "ingen juridisk rådgivning" in law
    assert 'href="#kapitel-lage"' in law
    assert "Lag (2023:196), lagen.nu" in law
    assert law.count("Saknas") == 5
    assert law.count("Finns") == 2


def test_a_chapter_is_edited_and_what_was_approved_stays(nora, post, team, session):
    answer = chapter(post, nora, team, "lage", {"a-GU8-lage": "Vår egen text.", "then": "show"})
    assert answer.status_code == 303
    page = nora.get(f"/team/{team.id}/plan").get_data(as_text=True)
    assert "Vår egen text." in page
    assert "Det här står under 2. Lägesbild i korthet." not in page
    rounds = session.scalars(select(SubmissionRound)).all()
    assert any("Lägesbild i korthet" in str(one.answers) for one in rounds)


def test_two_who_save_a_chapter_at_once_lose_no_text(nora, post, team, session):
    chapter(post, nora, team, "lage", {"a-GU8-lage": "Den första texten."})
    answer = chapter(post, nora, team, "lage", {"a-GU8-lage": "Den andra texten."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Den första texten." in page
    assert "Den andra texten." in page
    both = chapter(
        post, nora, team, "lage", {"a-GU8-lage": "Den andra texten.", "keep": "both"}, version=1
    )
    assert both.status_code == 303
    kept = session.scalars(select(PlanChapter)).one().answers["GU8-lage"]
    assert kept == "Den första texten.\n\nDen andra texten."


def test_it_saves_by_itself(nora, post, team):
    path = f"/team/{team.id}/plan/kapitel/lage"
    headers = {"Accept": "application/json"}
    page = nora.get(path).get_data(as_text=True)
    author = {"author": page.split('name="author" value="', 1)[1].split('"', 1)[0], "v": 0}
    saved = post(path, author | {"a-GU8-lage": "Ett."}, on=nora, headers=headers)
    assert saved.json["state"] == "saved"
    assert saved.json["v"] == 1
    clash = post(path, author | {"a-GU8-lage": "Två."}, on=nora, headers=headers)
    assert clash.json["state"] == "conflict"


def test_a_text_that_is_too_long_stays_in_its_field(nora, post, team):
    long = "x" * 20_001
    answer = chapter(post, nora, team, "lage", {"a-GU8-lage": long})
    assert answer.status_code == 422
    assert long in answer.get_data(as_text=True)


def test_what_is_approved_later_is_offered_beside_what_was_edited(
    nora, post, cast, session, course
):
    approve(session, cast.cohort, cast.team, course, "GU4", by=cast.people["nora"])
    session.commit()
    team = cast.team
    chapter(post, nora, team, "mandat", {"a-GU4-mandat-organ": "Vår nämnd"})
    approve(session, cast.cohort, team, course, "GU8", by=cast.people["nora"])
    session.commit()
    page = nora.get(f"/team/{team.id}/plan/kapitel/mandat").get_data(as_text=True)
    assert "En nyare text är godkänd" in page
    assert "Det här står under 1. Uppdrag och mandat." in page
    kept = {"a-GU4-mandat-organ": "Vår nämnd"}
    chapter(post, nora, team, "mandat", kept | {"settle": "both"}, version=1)
    page = nora.get(f"/team/{team.id}/plan/kapitel/mandat").get_data(as_text=True)
    assert "En nyare text är godkänd" not in page
    assert "Vår nämnd / " in page


def test_the_plan_is_issued_and_can_be_fetched(nora, post, team, session):
    assert issue(post, nora, team).status_code == 303
    plan = session.scalars(select(MunicipalPlan)).one()
    pdf = nora.get(f"/team/{team.id}/plan/upplaga/1/plan.pdf")
    assert sha256(pdf.data).hexdigest() == plan.pdf_sha256
    text = text_of(pdf.data)
    assert "Upplaga 1" in text
    assert "Norr" in text
    assert "GU8-TST-" in text
    assert "Nora" not in text
    word = nora.get(f"/team/{team.id}/plan/upplaga/1/plan.docx")
    assert sha256(word.data).hexdigest() == plan.docx_sha256
    headings = [
        one.text for one in docx.Document(io.BytesIO(word.data)).paragraphs
        if one.style.name == "Heading 1"
    ]
    assert headings[0] == "1 Uppdrag och mandat"
    assert headings[-1] == "Källor"


def test_a_later_edition_replaces_and_the_first_stays_as_it_was(nora, post, team, session):
    issue(post, nora, team)
    first = nora.get(f"/team/{team.id}/plan/upplaga/1/plan.pdf").data
    chapter(post, nora, team, "lage", {"a-GU8-lage": "Ett nytt läge."})
    issue(post, nora, team)
    page = nora.get(f"/team/{team.id}/plan").get_data(as_text=True)
    assert page.index("Upplaga 2") < page.index("Upplaga 1")
    assert "ersatt" in page
    assert nora.get(f"/team/{team.id}/plan/upplaga/1/plan.pdf").data == first
    second = text_of(nora.get(f"/team/{team.id}/plan/upplaga/2/plan.pdf").data)
    assert "Ersätter upplaga 1" in second
    assert "Ett nytt läge." in second


def test_an_english_plan_has_english_headings(nora, post, team, session):
    issue(post, nora, team, language="en")
    text = text_of(nora.get(f"/team/{team.id}/plan/upplaga/1/plan.pdf").data)
    assert "Plan of action for violence prevention" in text
    assert "Support routes" in text


def test_a_personal_number_stops_the_plan(nora, post, team):
    chapter(post, nora, team, "lage", {"a-GU8-lage": "Ring 811218-9876 om det."})
    answer = issue(post, nora, team)
    assert answer.status_code == 422
    assert "Ta bort personnumret i kapitlet" in answer.get_data(as_text=True)


def test_a_name_is_asked_about_once(nora, post, team):
    chapter(post, nora, team, "lage", {"a-GU8-lage": "Enhetschefen Karin Bergström svarar."})
    assert issue(post, nora, team, checked="").status_code == 422
    assert issue(post, nora, team).status_code == 303


def test_a_sign_that_cannot_be_printed_is_named_with_its_chapter(nora, post, team, session):
    chapter(post, nora, team, "lage", {"a-GU8-lage": "Läget är gott 😀"})
    answer = issue(post, nora, team)
    assert answer.status_code == 422
    assert "Tecknet 😀 går inte att skriva ut. Ta bort det i kapitlet ”Lägesbild i korthet”" in (
        answer.get_data(as_text=True)
    )
    assert session.scalars(select(MunicipalPlan)).all() == []


def test_what_was_not_read_is_not_issued(nora, post, team, session):
    page = nora.get(f"/team/{team.id}/plan/ge-ut").get_data(as_text=True)
    chapter(post, nora, team, "lage", {"a-GU8-lage": "Något annat."})
    answer = issue(post, nora, team, mark=mark_in(page))
    assert answer.status_code == 409
    assert session.scalars(select(MunicipalPlan)).all() == []


def test_an_empty_plan_is_not_issued(nora, post, cast):
    assert issue(post, nora, cast.team).status_code == 422


def test_coordinators_read_what_is_issued_and_nothing_before(
    nora, post, team, cast, login, app, session
):
    own = login(cast.people["coordinator of Norr"], on=app.test_client())
    before = own.get(f"/team/{team.id}/plan").get_data(as_text=True)
    assert "Ingen upplaga är utgiven än." in before
    assert "Lägesbild i korthet" not in before
    issue(post, nora, team)
    assert "Upplaga 1" in own.get(f"/team/{team.id}/plan").get_data(as_text=True)
    assert own.get(f"/team/{team.id}/plan/upplaga/1/plan.pdf").status_code == 200
    other = login(cast.people["coordinator of Söder"], on=app.test_client())
    assert other.get(f"/team/{team.id}/plan").status_code == 404
    logged = session.scalars(select(AccessEvent)).all()
    assert any("plan" in one.what for one in logged)


def test_a_member_of_another_authority_sees_headings_only_when_issued(
    team, cast, login, app
):
    officer = login(cast.people["police teammate"], on=app.test_client())
    page = officer.get(f"/team/{team.id}/plan").get_data(as_text=True)
    assert "Lägesbild i korthet" not in page
    assert officer.get(f"/team/{team.id}/plan/kapitel/lage").status_code == 403


def test_a_plan_with_a_text_that_was_stopped_is_kept_from_coordinators(
    nora, post, team, cast, login, app, session
):
    chapter(post, nora, team, "lage", {"a-GU8-lage": "Ur den stoppade texten."})
    issue(post, nora, team)
    stopped = session.scalars(
        select(SubmissionRound).where(SubmissionRound.reference.like("GU8%"))
    ).one()
    session.add(
        SecrecyStop(
            round_id=stopped.id, passages=[], pressed_by=cast.people["trainer"].id,
            pressed_at=clock.now(),
        )
    )
    session.commit()
    own = login(cast.people["coordinator of Norr"], on=app.test_client())
    assert own.get(f"/team/{team.id}/plan/upplaga/1/plan.pdf").status_code == 404
    assert nora.get(f"/team/{team.id}/plan/upplaga/1/plan.pdf").status_code == 200
    answer = issue(post, nora, team)  # the chapter was edited from it
    assert answer.status_code == 422
    chapter(
        post, nora, team, "lage", {"a-GU8-lage": "Utan det.", "settle": "mine"}, version=1
    )
    assert issue(post, nora, team).status_code == 303


def test_a_course_without_a_plan_has_no_such_page(nora, cast, small_course, session):
    from tests.factories import join_team, make_cohort, make_team

    cohort = make_cohort(session, small_course)
    team = make_team(session, cohort)
    join_team(session, team, cast.enrollment)
    session.commit()
    assert nora.get(f"/team/{team.id}/plan").status_code == 404


def test_a_form_without_a_token_is_refused(nora, team):
    assert nora.post(f"/team/{team.id}/plan/ge-ut", data={}).status_code == 400


def test_the_plans_pages_stay_within_their_statements(nora, post, team, count_statements):
    issue(post, nora, team)
    for page in ("", "/ge-ut", "/kapitel/lage", "/upplaga/1/plan.pdf"):
        with count_statements() as statements:
            assert nora.get(f"/team/{team.id}/plan{page}").status_code == 200
        assert len(statements) <= 8, (page, statements)


def test_after_the_cohort_the_page_says_how_to_go_on_with_the_plan(
    nora, post, team, cast, session
):
    path = f"/team/{team.id}/plan"
    issue(post, nora, team)
    assert "Så arbetar ni vidare" not in nora.get(path).get_data(as_text=True)
    cast.cohort.ends_on = clock.today() - timedelta(days=1)
    session.commit()
    page = nora.get(path).get_data(as_text=True)
    assert "Hämta Word-filen av upplaga 1" in page
    assert "Den som är skrivansvarig ändrar" not in page
    assert "Ni kan ändra varje kapitel" not in page
    assert nora.get(f"{path}/upplaga/1/plan.docx").status_code == 200
    assert nora.get(f"{path}/ge-ut").status_code == 403


def test_the_issued_plan_has_the_plans_own_headings_and_heads(nora, post, team, session):
    issue(post, nora, team)
    plan = session.scalars(select(MunicipalPlan)).one()
    text = text_of(plan.pdf)
    for words in ("Beslutat av:", "Genomförande Steg Ansvarig funktion", "Svarar mot"):
        assert words in text
    assert "som beslutar: " not in text
    assert "Rad 1" not in text
