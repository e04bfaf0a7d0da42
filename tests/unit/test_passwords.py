import pytest

from app.login import passwords


@pytest.fixture(autouse=True)
def _in_swedish(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize("password", [
    "kort", "x" * 1001, "password1234", "P@ssw0rd!!!!", "aaaaaaaaaaaa", "abcabcabcabcabc",
    "qwertyuiop12", "123456789012", "1qaz2wsx3edc", "4711 4711 4711 x", "Metallica!2026",
    "våldsprevention", "Valdsprevention2026", "Umeå-Skellefteå", "Sommaren2026!",
    "länsstyrelsen västerbotten", "annaandersson1", "Sorsele12345", "stegvis stegvis",
])
def test_what_is_easily_guessed_is_refused(password):
    assert passwords.weakness(password, about=("Anna Andersson", "Sorsele"))


@pytest.mark.parametrize("password", [
    "korrekt häst batteri", "granskog lampa tisdag", "blå stol mot vägg", "7fj3kd92lsmx",
    "correct horse battery staple", "Tolv tecken!", "ö" * 3 + "katt under bordet",
    "umeå har sju gröna elefanter", "4917 2038 5561",
    "långa fraser går bra " * 40,
])
def test_long_and_unrelated_words_are_good(password):
    assert passwords.weakness(password, about=("Anna Andersson", "Sorsele")) is None


def test_the_list_of_common_passwords_is_long_enough():
    assert len(passwords.common()) >= 3_000


def test_parameters_are_at_least_owasps_minimum():
    assert passwords.HASHER.memory_cost >= 19 * 1024
    assert passwords.HASHER.time_cost >= 2
    assert passwords.hash_password("x").startswith("$argon2id$")


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_nobodys_password_is_never_right(stored):
    assert not passwords.verify(stored, "nobody has this password")
