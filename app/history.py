"""What the trail says was done with an assignment, in words."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from courses.queries.review_history import Event

WORDS: dict[str, LazyString] = {
    "submission:withdraw": _l("Texten togs tillbaka"),
    "review:claim": _l("Granskningen började"),
    "review:take_over": _l("Granskningen togs över"),
}


def in_words(event: Event) -> str:
    """Return what was done. An action without a word of its own is named as it is stored."""
    if event.from_whom:
        return _("Granskningen togs över från %(name)s", name=event.from_whom)
    word = WORDS.get(event.kind)
    return str(word) if word else _("Annan händelse (%(action)s)", action=event.kind)
