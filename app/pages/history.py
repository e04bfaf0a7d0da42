"""What the trail says was done with an assignment, in words."""

from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import i18n
from courses.queries.review_history import Event

WORDS: dict[str, LazyString] = {
    "submission:withdraw": _l("Texten togs tillbaka"),
    "review:claim": _l("Granskningen började"),
    "review:take_over": _l("Granskningen togs över"),
    "review:name_second": _l("En andra läsare utsågs"),
    "review:read": _l("En av två läsare blev klar med sin läsning"),
    "review:read_on": _l("En av två läsare läste om"),
    "review:read_alone": _l("Det antecknades att bara en läser"),
    "deadline:extend": _l("Mer tid"),
    "secrecy:press": _l("Sekretesstopp"),
    "work:show": _l("Visades för de andra teamen"),
    "work:hide": _l("Visas inte längre för de andra teamen"),
}


def in_words(event: Event) -> str:
    """Return what was done. An action without a word of its own is named as it is stored."""
    if event.from_whom:
        return _("Granskningen togs över från %(name)s", name=event.from_whom)
    if due_on := event.details.get("due_on"):
        return _("Mer tid: ny sista dag %(date)s", date=i18n.day(date.fromisoformat(due_on)))
    word = WORDS.get(event.kind)
    return str(word) if word else _("Annan händelse (%(action)s)", action=event.kind)
