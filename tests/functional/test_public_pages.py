"""What anyone sees: the course and how to get in touch. No database, no cookie."""

import re
from html.parser import HTMLParser

import pytest
from flask import Response

from app.http import cookies
from app.pages.accessibility import STATEMENT
from tests.factories import make_user

READ_ONLY = ("/", "/stod", "/integritet", "/kontakt/tack", "/verifiera")
WITH_FORM = ("/kontakt", "/tillganglighet")


class Outline(HTMLParser):
    """What a page is made of, as far as the tests below ask."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.labels, self.fields, self.buttons = [], set(), [], 0
        self.scripts, self.inline = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag in ("input", "textarea", "select") and given.get("type") != "hidden":
            self.fields.append(given.get("id"))
        classes = (given.get("class") or "").split()
        if "btn" in classes and not {"btn2", "exit"} & set(classes):
            self.buttons += 1
        if tag == "script":
            self.scripts.append(given.get("src"))
        if "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(tag)


@pytest.mark.parametrize("path", [*READ_ONLY, *WITH_FORM])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_pages_are_made_the_same_way(client, path, language, count_statements):
    with count_statements() as statements:
        answer = client.get(path, query_string={"lang": language})
    page = Outline(answer.text)

    assert answer.status_code == 200
    assert statements == []
    assert f'<html lang="{language}">' in answer.text
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    for above, below in zip(page.headings, page.headings[1:], strict=False):
        assert below <= above + 1, page.headings
    assert set(page.fields) <= page.labels
    assert page.buttons <= 1
    assert page.inline == []
    for link in ("/kontakt", "/integritet", "/tillganglighet", "/stod"):
        assert f'href="{link}?lang={language}"' in answer.text


@pytest.mark.parametrize("path", READ_ONLY)
def test_reading_sets_no_cookie(client, path):
    assert "Set-Cookie" not in client.get(path).headers


@pytest.mark.parametrize("path", WITH_FORM)
def test_a_form_sets_the_cookie_that_protects_it(client, path):
    cookie = client.get(path).headers["Set-Cookie"]
    assert cookie.startswith("stegvis=")
    assert "Max-Age" not in cookie
    assert "HttpOnly" in cookie


def test_start_tells_what_it_is_for_whom_and_who_runs_it(client, course):
    page = client.get("/").text

    assert course.title in page
    assert course.owner.name in page
    assert "Du behöver en inbjudan" in page
    assert 'href="/logga-in"' in page
    assert 'href="/verifiera"' in page
    for module in course.modules:
        assert module.title in page
        assert all(goal in page for goal in module.goals)
        assert f"Öppnar vecka {course.plan.opens[module.id]}." in page
    for meeting in course.meetings:
        assert meeting.title in page


def test_start_leads_on_who_has_logged_in(client, session, login, count_statements):
    login(make_user(session))

    with count_statements() as statements:
        page = client.get("/").text

    assert statements == []
    assert "Fortsätt till utbildningen" in page
    assert 'href="/borja"' in page


def test_a_login_that_has_run_out_is_forgotten(client):
    client.set_cookie("stegvis-login", "long ago")

    page = client.get("/borja", follow_redirects=True)

    assert "Logga in" in page.text
    assert client.get_cookie("stegvis-login") is None


def test_support_has_every_line_with_number_source_and_day(client, course):
    page = client.get("/stod").text

    for line in course.support:
        assert f'href="{line.tel}"' in page
        assert line.name in page
        assert line.source in page
    assert "Kontrollerat 22 november 2026." in page
    assert "data-exit" in page
    assert course.text_html("concern") in page


def test_privacy_names_the_basis_the_officer_and_the_authority(client, course):
    page = client.get("/integritet").text

    for words in ("artikel 6.1 e", course.owner.data_protection_officer, "imy.se",
                  "allmän handling", "Vem som ser vad", "Hur länge", "kakor"):
        assert words in page


def test_the_accessibility_statement_has_every_field_of_the_law(client, course):
    page = client.get("/tillganglighet").text

    assert course.owner.name in page
    assert str(STATEMENT.service) in page
    assert f"Webbplatsen är {STATEMENT.conformity} med lagen" in page
    for shortcoming in STATEMENT.shortcomings:
        assert str(shortcoming.what) in page
        assert str(shortcoming.why) in page
    assert "22 november 2026" in page
    assert str(STATEMENT.method) in page
    assert str(STATEMENT.unreasonable_burden) in page
    assert str(STATEMENT.outside_the_law) in page
    assert "https://www.digg.se/tdosanmalan" in page
    assert '<option selected value="accessibility">' in page


def test_the_language_in_the_address_leads_on(client):
    page = client.get("/?lang=en").text

    assert "Check a certificate" in page
    assert 'href="/logga-in?lang=en"' in page
    assert "lang=en" not in client.get("/").text.replace('href="/?lang=en"', "")


def test_privacy_tells_of_every_cookie(client):
    told = client.get("/integritet").text.split("<h2>Kakor</h2>")[1].split("</ul>")[0]

    assert told.count("<li>") == len(cookies.TOLD)
    assert "att enheten inte ska be om ett andra steg" in told
    assert "att enheten är din egen" in told


def test_a_cookie_that_privacy_does_not_tell_of_is_not_set(app):
    with app.test_request_context(), pytest.raises(LookupError):
        cookies.keep(Response(), "stegvis-unheard-of", "1")
