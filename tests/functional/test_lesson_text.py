"""What stands around the text of a lesson: figures, the task instead, how old the sources are."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.documents import Document
from tests.factories import make_cohort, make_enrollment, user_of

FRAMES, BRIDGES = "/modul/start/ramar", "/modul/start/broar"
INSTEAD = "Vill du inte läsa texten? Gör den här uppgiften i stället"


@pytest.fixture
def reader(session, small_course, login):
    return login(user_of(session, make_enrollment(session, make_cohort(session, small_course))))


def test_a_figure_is_drawn_in_the_text_with_its_words(client, reader):
    page = client.get(FRAMES).text

    assert '<figure class="fig" id="figur-bron">' in page
    assert 'role="img" aria-label="Från den ena sidan till den andra"' in page
    assert "<summary>Figuren i ord</summary>" in page


def test_in_english_the_figure_is_english_in_a_text_that_is_not(client, reader):
    page = client.get(f"{FRAMES}?lang=en").text

    assert '<div class="prose text" lang="sv">' in page
    assert '<figure class="fig" id="figur-bron" lang="en">' in page
    assert "The bridge holds" in page


def test_whoever_skips_a_text_is_offered_a_task_instead(client, reader):
    page = client.get(FRAMES).text

    before, _, after = page.partition(INSTEAD)
    assert "Lektionen nämner ett ras." in before
    assert "Skriv <em>tre meningar</em> om en bro." in after
    assert INSTEAD not in client.get(BRIDGES).text


def test_a_source_is_listed_once_with_every_way_back_to_the_text(
    client, login, session, course
):
    login(user_of(session, make_enrollment(session, make_cohort(session, course))))
    lesson = course.items["L1.1"]
    page = client.get(f"/modul/{course.modules[0].slug}/{lesson.slug}")
    notes = page.text.split('<section class="notes"')[1].split("</section>")[0]
    document = Document(page.text)

    amiss = ("id twice", "leads nowhere")
    assert not [one for one in document.problems() if one.startswith(amiss)]
    assert len(lesson.facts) > len(lesson.sources) == notes.count("<li ")
    for source in lesson.sources:
        assert notes.count(f'href="{source.url}"') == 1
        assert f"</a>, {source.host}." in notes
        assert all(f'href="#{note}"' in notes and note in document.ids for note in source.notes)
    often = max(lesson.sources, key=lambda source: len(source.notes))
    assert [letter for letter, _ in often.ways_back][:2] == ["a", "b"]
    told = f'>b<span class="vh">, till texten, källa {often.number}</span></a>'
    assert f'<a href="#{often.notes[1]}"{told}' in notes


@pytest.mark.parametrize("year, is_told", [(2027, False), (2028, True)])
def test_a_source_whose_review_date_has_passed_says_so(request, client, year, is_told):
    with time_machine.travel(datetime(year, 3, 1, 12, tzinfo=UTC), tick=False):
        request.getfixturevalue("reader")
        page = client.get(BRIDGES).text

    told = "Den skulle ha kontrollerats igen senast 1 november 2027."
    assert (told in page) is is_told
