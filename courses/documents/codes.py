"""The code that stands on a certificate, and the token that its QR code carries."""

import secrets
import unicodedata

#: Thirty-two characters (Crockford's base 32), five bits each. Of 0 and O, and of 1, I and L,
#: only the digit is used, so what was misread can be put right; U is left out beside V.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4

_MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a new random code of 80 bits, grouped as it is printed: 7K3M-9QXW-2HFT-R6ND."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalize_code(text: str) -> str | None:
    """Return the code that a person typed, as it is printed, or None when it cannot be one.

    Spaces, dashes and lower case do not matter; O is read as 0, and I and L as 1.
    """
    if len(text) > 100:
        return None
    characters = (
        character
        for character in unicodedata.normalize("NFKC", text)
        if not _is_separator(character)
    )
    code = "".join(characters)
    # Checked first, since upper() can make two letters of one that is not ours.
    if not code.isascii():
        return None
    code = code.upper().translate(_MISREAD)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return None
    return _grouped(code)


def new_token() -> str:
    """Return a new random token of 128 bits in 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)


def _is_separator(character: str) -> bool:
    """Return whether this is a space, a dash or an invisible mark, as pasted text can carry."""
    return (
        character.isspace()
        or character in "\N{MINUS SIGN}_"
        or unicodedata.category(character) in ("Pd", "Cf")
    )


def _grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))
