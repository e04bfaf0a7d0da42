"""What a mail is about, in a word, where its text is no longer kept."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "account_erased": _l("Ett konto är raderat"),
    "address_changed": _l("Byte av e-postadress"),
    "certificate": _l("Intyg"),
    "contact_message": _l("Meddelande till ägaren"),
    "digest": _l("Dagens besked"),
    "feedback": _l("Återkoppling"),
    "invitation": _l("Inbjudan"),
    "login_link": _l("Inloggningslänk"),
    "new_address": _l("Ny e-postadress att bekräfta"),
    "reset": _l("Länk för nytt lösenord"),
    "receipt": _l("Kvitto på inlämning"),
    "secrecy": _l("Sekretesstopp"),
    "stopped": _l("En text är pausad"),
    "security_change": _l("Ändring i kontots säkerhet"),
}


def kind_of(template: str) -> str:
    """Return the word for a template; its name when it has none."""
    return str(KINDS.get(template, template))
