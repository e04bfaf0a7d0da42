"""Forms for a copy of one's data and for erasing one's account."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from app.forms import Form
from app.forms.fields import present_password


class PasswordForm(Form):
    """That it is the account's owner who asks, not whoever found the page open."""

    password = present_password()


class EraseForm(PasswordForm):
    """The same, and that it cannot be undone."""

    sure = BooleanField(
        _l("Jag vet att det inte går att ångra."),
        [InputRequired(_l("Kryssa i att du vet att det inte går att ångra"))],
    )
