"""Why a mail did not go, in words that help whoever can do something about it."""

import re
from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Problem(StrEnum):
    UNREACHABLE = "unreachable"
    ENCRYPTION = "encryption"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    REFUSED = "refused"
    LATER = "later"
    TEMPLATE = "template"


SENTENCES = {
    Problem.UNREACHABLE: _l("Mejlservern svarar inte."),
    Problem.ENCRYPTION: _l("Anslutningen till mejlservern gick inte att kryptera."),
    Problem.LOGIN: _l("Mejlservern godtar inte användarnamnet eller lösenordet."),
    Problem.SENDER: _l("Mejlservern godtar inte avsändaradressen."),
    Problem.RECIPIENT: _l("Mejlservern godtar inte mottagarens adress."),
    Problem.REFUSED: _l("Mejlservern tog inte emot mejlet."),
    Problem.LATER: _l("Mejlservern bad oss försöka senare."),
    Problem.TEMPLATE: _l("Mejlet gick inte att skriva. Felet finns i loggen."),
}


class MailNotSent(Exception):
    """A mail did not go. `is_final` when trying again would not help."""

    def __init__(self, problem: Problem, details: str = "", *, is_final: bool = False) -> None:
        super().__init__(problem, details)
        self.problem = problem
        self.is_final = is_final
        self.stored = f"{problem}: {' '.join(details.split())[:300]}".removesuffix(": ")

    def forget(self, address: str) -> None:
        """Keep `address` out of the log and out of what administrators read."""
        self.stored = re.sub(re.escape(address), "…", self.stored, flags=re.IGNORECASE)

    @property
    def concerns_all(self) -> bool:
        """Whether the next mail would meet the same."""
        return self.problem in (Problem.UNREACHABLE, Problem.ENCRYPTION, Problem.LOGIN)


def in_words(stored: str | None) -> tuple[str, str]:
    """Return the sentence for a stored error, and what the server said."""
    problem, _, details = (stored or "").partition(": ")
    if problem in list(Problem):
        return str(SENTENCES[Problem(problem)]), details
    return "", stored or ""
