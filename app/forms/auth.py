from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from app.forms import Form


class LoginForm(Form):
    email = EmailField(_l("E-postadress"), [InputRequired(_l("Skriv din e-postadress"))])
    password = PasswordField(
        _l("Lösenord"),
        [InputRequired(_l("Skriv ditt lösenord")), Length(max=1000)],
    )
