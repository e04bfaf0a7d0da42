import pytest

PAGES = ["/", "/logga-in", "/stod", "/kontakt", "/integritet", "/tillganglighet", "/finns-inte"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_locked_down(client, path):
    headers = client.get(path).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_inline(client, path):
    html = client.get(path).text

    assert "<style" not in html
    assert 'style="' not in html
    assert "<script>" not in html
    assert " on" + "click=" not in html


def test_another_host_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_static_files_are_kept_for_good(client, app):
    with client.get(f"{app.static_url_path}/app.css") as answer:
        pass

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://[::"},
])
def test_a_post_from_another_site_is_refused(post, headers):
    assert post("/logga-ut", headers=headers).status_code == 400
