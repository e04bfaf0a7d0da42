"""Forms for one's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import AnyOf

from app.forms import Form
from app.forms.auth import LANGUAGES
from app.forms.fields import email_field, name_field, present_password
from courses.vocabulary import Language


class AccountForm(Form):
    """What one calls oneself, and which language one reads."""

    name = name_field()
    language = RadioField(
        _l("Språk på sidor och i mejl"),
        [AnyOf(list(Language), message=_l("Välj ett språk"))],
        validate_choice=False,
        choices=LANGUAGES,
    )


class AddressForm(Form):
    """A new address to log in with. The password says that it is the account's owner."""

    email = email_field()
    password = present_password()
