"""Forms of who is not logged in yet: logging in, asking for a link, making an account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, RadioField, SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from app.forms import Form
from app.forms.fields import chosen_password, name_field
from app.labels import label
from courses.vocabulary import Language, Sector

LANGUAGES = [
    SelectChoice(Language.SWEDISH.value, "Svenska"),
    SelectChoice(Language.ENGLISH.value, "English"),
]


class LoginForm(Form):
    email = EmailField(_l("E-postadress"), [InputRequired(_l("Skriv din e-postadress"))])
    password = PasswordField(
        _l("Lösenord"),
        [InputRequired(_l("Skriv ditt lösenord")), Length(max=1000)],
    )


class LinkForm(Form):
    """Where a link is to be sent."""

    email = EmailField(
        _l("E-postadress"),
        [InputRequired(_l("Skriv din e-postadress")),
         Length(max=254, message=_l("E-postadressen är för lång"))],
    )


class NewPasswordForm(Form):
    password = chosen_password()


class InvitationForm(Form):
    """What a new person says of themselves. Only participants have a sector."""

    name = name_field()
    sector = RadioField(
        _l("Vilket område arbetar du i?"),
        [AnyOf(list(Sector), message=_l("Välj det område du arbetar i"))],
        validate_choice=False,
    )
    language = RadioField(
        _l("Vilket språk vill du ha på sidor och i mejl?"),
        [AnyOf(list(Language), message=_l("Välj ett språk"))],
        validate_choice=False,
        choices=LANGUAGES,
    )
    password = chosen_password()

    def __init__(self, *args: Any, is_participant: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_participant:
            self.sector.choices = [
                SelectChoice(sector.value, label(sector)) for sector in Sector
            ]
        else:
            del self.sector
