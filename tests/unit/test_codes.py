"""The certificate's code survives being read aloud, written by hand and typed again."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.documents.codes import ALPHABET, new_code, new_token, normalize_code

CODE = "7K3M-9QXW-2HFT-R6ND"


def test_a_new_code_is_its_own_normal_form() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(normalize_code(code) == code for code in codes)


def test_a_code_has_80_bits_and_no_two_characters_that_look_alike() -> None:
    assert len(set(ALPHABET)) == 32
    assert len(new_code().replace("-", "")) * 5 == 80
    assert not set(ALPHABET) & set("OILU")


@pytest.mark.parametrize(
    "typed",
    [
        "7k3m-9qxw-2hft-r6nd",
        "7K3M9QXW2HFTR6ND",
        "  7K3M 9QXW\t2HFT R6ND\r\n",
        "7K3M–9QXW—2HFT−R6ND",
        "7K3M\N{NON-BREAKING HYPHEN}9QXW\N{NO-BREAK SPACE}2HFT\N{ZERO WIDTH SPACE}R6ND",
        "7K3M_9QXW_2HFT_R6ND",
        "\N{FULLWIDTH DIGIT SEVEN}K3M9QXW2HFTR6ND",
    ],
)
def test_how_a_code_is_written_does_not_matter(typed: str) -> None:
    assert normalize_code(typed) == CODE


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert normalize_code("oO0i-Il1L-2HFT-R6ND") == "0001-1111-2HFT-R6ND"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "7K3M",
        "7K3M-9QXW-2HFT-R6N",
        "7K3M-9QXW-2HFT-R6ND2",
        "7K3M-9QXW-2HFT-R6NU",
        "7K3M-9QXW-2HFT-R6NÅ",
        "7K3M-9QXW-2HFT-R6ß",
        "7K3M-9QXW-2HFT-R6N%",
        CODE + " " * 1000,
    ],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert normalize_code(typed) is None


@given(st.text())
def test_any_text_gives_a_normal_form_or_none(text: str) -> None:
    code = normalize_code(text)
    assert code is None or normalize_code(code) == code


def test_a_token_has_128_bits_and_suits_an_address() -> None:
    token = new_token()
    assert len(token) == 22
    assert len(base64.urlsafe_b64decode(token + "==")) == 16
    assert token != new_token()
