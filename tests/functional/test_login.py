from app import passwords
from tests.factories import make_user


def test_right_password_logs_in(client, session, post):
    make_user(session, email="anna@example.org", password_hash=passwords.hash_password("hemligt"))
    session.commit()

    answer = post("/logga-in", {"email": "Anna@Example.org ", "password": "hemligt"})

    assert answer.status_code == 303
    assert client.get_cookie("stegvis-login") is not None


def test_wrong_password_and_unknown_person_get_the_same_answer(session, post):
    make_user(session, email="anna@example.org", password_hash=passwords.hash_password("hemligt"))
    session.commit()

    wrong = post("/logga-in", {"email": "anna@example.org", "password": "fel"})
    unknown = post("/logga-in", {"email": "ingen@example.org", "password": "fel"})

    assert wrong.status_code == unknown.status_code == 422
    assert "Fel e-postadress eller lösenord." in wrong.text
    assert "Fel e-postadress eller lösenord." in unknown.text


def test_a_post_without_token_is_refused(client):
    assert client.post("/logga-in", data={"email": "a@example.org"}).status_code == 400
