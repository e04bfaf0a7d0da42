"""Why a password, a code or a link is not taken: said at the form's field."""

from datetime import datetime
from math import ceil

from flask_babel import ngettext


class Denied(Exception):
    """Why not, in the reader's language, and what the page that says so is answered with."""

    status = 422

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.headers: dict[str, str] = {}


class TooManyAttempts(Denied):
    """How long to wait, by the clock."""

    status = 429

    def __init__(self, free_at: datetime, now: datetime) -> None:
        seconds = max(1, ceil((free_at - now).total_seconds()))
        super().__init__(
            ngettext(
                "För många försök. Vänta %(num)s minut.",
                "För många försök. Vänta %(num)s minuter.",
                ceil(seconds / 60),
            )
        )
        self.headers["Retry-After"] = str(seconds)
