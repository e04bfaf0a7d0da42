"""Argon2id with OWASP's minimum; unknown people cost as much time as known ones. And which
passwords are too easy to guess, by an offline list and the words of this training.
"""

import ctypes
import re
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _
from wtforms import Field

M_MMAP_THRESHOLD = -3  # glibc's malloc.h


def _give_memory_back() -> None:
    """Let each hash's 19 MiB go back to the system at once.

    glibc otherwise keeps them for the next large request, in every thread that ever hashed.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_MMAP_THRESHOLD, 1 << 20)


_give_memory_back()
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS = HASHER.hash("nobody has this password")
"""Compared with when there is no such person, so that the answer takes as long."""
SHORTEST, LONGEST = 12, 1_000
COMMON_FILE = Path(__file__).with_name("common_passwords.txt")
CONTEXT_WORDS = (
    "våldsprevention", "våldsprevent", "prevention", "våld", "processledare", "processledar",
    "utbildning", "stegvis", "länsstyrelsen", "länsstyrelse", "västerbotten", "kommun",
    "polisen", "polis", "socialtjänst", "skola", "lösenord", "password", "bjurholm", "dorotea",
    "lycksele", "malå", "nordmaling", "norsjö", "robertsfors", "skellefteå", "sorsele",
    "storuman", "umeå", "vilhelmina", "vindeln", "vännäs", "åsele", "sommar", "vinter", "höst",
    "vår", "sverige",
)
LOOKALIKES = str.maketrans("@430157$!", "aaeoistsi")
ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyzåäö")


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def verify(password_hash: str | None, password: str) -> bool:
    """Return whether `password` is right. Takes as long when there is no hash to compare."""
    try:
        HASHER.verify(password_hash or NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def weakness(password: str, *, about: tuple[str, ...] = ()) -> str | None:
    """Return why `password` is no good, in the reader's language; None when it is good.

    `about` is what anybody would guess first: the person's name, address, organization.
    """
    if len(password) < SHORTEST:
        return _("Lösenordet behöver minst %(number)s tecken", number=SHORTEST)
    if len(password) > LONGEST:
        return _("Lösenordet får ha högst %(number)s tecken", number=LONGEST)
    text = password.casefold()
    if _is_pattern(text) or _is_common(text):
        return _("Lösenordet är lätt att gissa. Skriv tre eller fyra ord som inte hör ihop")
    if _is_made_of(text, (*CONTEXT_WORDS, *about)):
        return _(
            "Lösenordet består av ord som hör till utbildningen eller dig. "
            "Skriv tre eller fyra ord som inte hör ihop"
        )
    return None


def refuses(field: Field, *about: str | None) -> bool:
    """Whether the password typed is no good; `field` says why. Of none the form has spoken."""
    problem = weakness(field.data, about=tuple(filter(None, about))) if field.data else None
    if problem:
        field.errors = [problem]
    return problem is not None


def _is_pattern(text: str) -> bool:
    """Few different characters, one piece said again and again, or a walk over the keys."""
    if len(set(text)) < 5 or re.fullmatch(r"(.{1,6})\1+.{0,2}", text):
        return True
    walked = sum(
        1
        for a, b in pairwise(text)
        if a == b or any(a + b in row or b + a in row for row in ROWS)
    )
    return walked >= 0.75 * (len(text) - 1)


def _is_common(text: str) -> bool:
    """On the list as it is, or with digits and marks around it or in place of letters."""
    core = re.sub(r"^[\W_]+|[\W_]+$", "", text)
    letters = [re.sub(r"[\W\d_]+", "", one) for one in (core, core.translate(LOOKALIKES))]
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text).translate(LOOKALIKES)
    return not common().isdisjoint({text, core, core.translate(LOOKALIKES), bare, *letters})


def _is_made_of(text: str, words: tuple[str, ...]) -> bool:
    """Whether fewer than four letters are left when the words are taken out."""
    known = {part for word in words for part in re.split(r"[\W\d_]+", word.casefold())}
    known |= {_plain(word) for word in known}
    ordered = sorted((word for word in known if len(word) > 2), key=len, reverse=True)
    for rest in (text, text.translate(LOOKALIKES)):
        left = rest
        for word in ordered:
            left = left.replace(word, " ")
        if left != rest and len(re.sub(r"[\W\d_]+", "", left)) < 4:
            return True
    return False


def _plain(word: str) -> str:
    return word.translate(str.maketrans("åäöé", "aaoe"))


@cache
def common() -> frozenset[str]:
    """The list, read when the first account is made."""
    lines = COMMON_FILE.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
