"""What a mail is about, in a word, where its text is no longer kept."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "certificate": _l("Intyg"),
    "contact_message": _l("Meddelande till ägaren"),
    "feedback": _l("Återkoppling"),
    "invitation": _l("Inbjudan"),
    "receipt": _l("Kvitto på inlämning"),
}


def kind_of(template: str) -> str:
    """Return the word for a template; its name when it has none."""
    return str(KINDS.get(template, template))
