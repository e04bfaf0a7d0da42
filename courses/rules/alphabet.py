"""Swedish alphabetical order: å, ä and ö come after z, other accents change nothing."""

import unicodedata

_LAST = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def alphabetical(text: str) -> str:
    """Return a key that sorts as a Swedish reader expects."""
    placed = unicodedata.normalize("NFC", text.strip().casefold()).translate(_LAST)
    return "".join(
        sign for sign in unicodedata.normalize("NFD", placed) if not unicodedata.combining(sign)
    )
