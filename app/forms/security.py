"""What one types to prove who one is, and to protect one's account."""

from collections.abc import Collection
from datetime import datetime
from typing import Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.forms import Form
from app.forms.fields import ONE_LINE, present_password, strip
from app.labels import label
from app.login import totp
from courses.rules.second_factor import PARTICIPANT, WHO, app_code, recovery_code
from courses.vocabulary import Role


class SecondStepForm(Form):
    """A code from the app, or one from the paper."""

    code = StringField(_l("Sexsiffrig kod från din app"), [Length(max=50)])
    recovery = StringField(_l("Återställningskod"), [Length(max=50)])
    remember = BooleanField(_l("Kom ihåg den här enheten i 30 dagar"))

    def validate(self, *args: object, **kwargs: object) -> bool:
        """Whether one of the two has the shape of a code."""
        super().validate()
        if self.recovery.data and not recovery_code(self.recovery.data):
            self.recovery.errors = [_l("En återställningskod har tolv tecken")]
        elif not self.recovery.data and not app_code(self.code.data or ""):
            self.code.errors = [_l("Skriv de sex siffrorna som appen visar")]
        return not self.errors


class AppForm(Form):
    """The first code of an app that has just read the secret."""

    setup = HiddenField()
    code = StringField(
        _l("Sexsiffrig kod från appen"),
        [InputRequired(_l("Skriv de sex siffrorna som appen visar")), Length(max=50)],
    )

    @classmethod
    def offering(cls, user_id: int) -> Self:
        """Return an empty form with a new secret for `user_id`."""
        return cls(setup=totp.setup_token(user_id, totp.new_secret()))

    def confirmed(self, user_id: int, now: datetime) -> tuple[str, int] | None:
        """Return the secret offered and the half minute of its code; None, with an error, when
        the code is not one that the app can have shown."""
        secret = totp.offered(self.setup.data or "", user_id)
        if secret is None:  # the page lay open too long: the next one offers another
            self.setup.data = totp.setup_token(user_id, totp.new_secret())
        if not self.validate():
            return None
        if secret is None:
            self.code.errors = [_("Koden på bilden gäller inte längre. Läs in den nya.")]
            return None
        code = app_code(self.code.data or "")
        step = totp.matching_step(secret, code, now) if code else None
        if step is None:
            self.code.errors = [_("Koden stämmer inte. Kontrollera telefonens klocka")]
            return None
        return secret, step


class PasskeyForm(Form):
    """A passkey that the browser has made, and what to call it."""

    name = StringField(
        _l("Vad vill du kalla den?"),
        [
            DataRequired(_l("Skriv ett namn, till exempel Min telefon")),
            Length(max=60, message=_l("Namnet får ha högst 60 tecken")),
            ONE_LINE,
        ],
        filters=[strip],
    )
    credential = HiddenField(validators=[Length(max=20_000)])
    challenge = HiddenField(validators=[Length(max=2_000)])


class PasskeyNameForm(Form):
    """Another name for a passkey."""

    name = PasskeyForm.name


class ProofForm(Form):
    """The password once more, before something that protects the account changes."""

    proof_password = present_password()


class PasswordChangeForm(Form):
    """The password from before, and the one from now on."""

    present_password = PasswordField(
        _l("Ditt lösenord nu"),
        [InputRequired(_l("Skriv ditt lösenord nu")), Length(max=1000)],
    )
    new_password = PasswordField(
        _l("Nytt lösenord (minst 12 tecken)"),
        [InputRequired(_l("Skriv ett nytt lösenord")), Length(max=1000)],
    )


class RequiredStepForm(Form):
    """For whom the owner requires a second step."""

    roles = SelectMultipleField(_l("Kräv ett andra steg av"))


def step_form(roles: Collection[str]) -> RequiredStepForm:
    """Return the form with `roles` chosen."""
    form = RequiredStepForm(data={"roles": list(roles)})
    form.roles.choices = [
        (who, _("Deltagare") if who == PARTICIPANT else label(Role(who))) for who in WHO
    ]
    return form
