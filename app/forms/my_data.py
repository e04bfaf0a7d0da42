"""Forms for a copy of one's data and for erasing one's account."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired, Length

from app.forms import Form


class PasswordForm(Form):
    """That it is the account's owner who asks, not whoever found the page open."""

    password = PasswordField(
        _l("Ditt lösenord"), [InputRequired(_l("Skriv ditt lösenord")), Length(max=1000)]
    )


class EraseForm(PasswordForm):
    """The same, and that it cannot be undone."""

    sure = BooleanField(
        _l("Jag vet att det inte går att ångra."),
        [InputRequired(_l("Kryssa i att du vet att det inte går att ångra"))],
    )
