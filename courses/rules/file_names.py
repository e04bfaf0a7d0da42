"""What a file that somebody uploads is called from then on."""

import re
import unicodedata

LONGEST = 100
NAMELESS = "fil"
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)", re.I)
_PARTS = re.compile(r"[/\\]")
_NOT_ALLOWED = re.compile(r'[<>:"|?*%\s]+')


def clean_name(raw: str) -> str:
    """Return a name that no computer stumbles on and no page shows wrongly: without path,
    control and direction characters and reserved names, at most 100 characters, ending kept."""
    name = unicodedata.normalize("NFC", raw)
    name = "".join(letter if _is_shown(letter) else " " for letter in name)
    name = _PARTS.split(name)[-1]
    name = _NOT_ALLOWED.sub(" ", name).strip().rstrip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = stem.strip(" .") or NAMELESS
    if _RESERVED.match(stem):
        stem = f"{NAMELESS}-{stem}"
    ending = ending.strip()[:10]
    room = LONGEST - len(ending) - 1
    return f"{stem[:room].rstrip(' .')}.{ending}" if ending else stem[:LONGEST]


def _is_shown(letter: str) -> bool:
    """Whether it is a letter, mark, digit or sign: neither control, direction nor unassigned."""
    return unicodedata.category(letter)[0] != "C" and unicodedata.category(letter) not in (
        "Zl", "Zp",
    )
