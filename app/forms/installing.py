"""Forms for setting up an installation, one a step."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField, TelField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from app.forms import Form
from app.forms.fields import email_field, name_field, strip

ROWS = 10
FOUR = (("Norsjö", "2417"), ("Sorsele", "2422"), ("Vilhelmina", "2462"), ("Åsele", "2463"))


class OwnerForm(Form):
    """The authority that answers for the training and for what is handed in."""

    name = StringField(
        _l("Ansvarig myndighet"),
        [DataRequired(_l("Skriv namnet")), Length(max=120, message=_l("Namnet är för långt"))],
        filters=[strip],
    )
    email = email_field()
    phone = TelField(
        _l("Telefon"),
        [DataRequired(_l("Skriv ett telefonnummer")),
         Regexp(r"^\+?[\d][\d \-]{4,28}$", message=_l("Skriv ett telefonnummer med siffror"))],
        filters=[strip],
    )
    data_protection_officer = email_field(_l("Dataskyddsombudets e-postadress"))


class AdministratorForm(Form):
    """The first person. Somebody who comes back keeps the password by leaving it empty."""

    name = name_field()
    email = email_field()
    password = PasswordField(_l("Skapa ett lösenord (minst 12 tecken)"), [Optional()])

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_password = has_password

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_complete = super().validate(*args, **kwargs)
        if not self.password.data and not self.has_password:
            self.password.errors = [_("Skriv ett lösenord")]
            return False
        return is_complete


class _PlacesForm(Form):
    def pairs(self) -> list[tuple[str, str]]:
        """Return name and code of every row that has a name."""
        rows = ((self[f"name_{n}"].data, self[f"code_{n}"].data) for n in range(ROWS))
        return [(name, code) for name, code in rows if name]

    def rows(self) -> list[tuple[Any, Any]]:
        """Return the fields row by row."""
        return [(self[f"name_{n}"], self[f"code_{n}"]) for n in range(ROWS)]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_complete = super().validate(*args, **kwargs)
        if not self.pairs():
            self["name_0"].errors = [_("Skriv minst en kommun")]
            return False
        for which in ("name", "code"):
            seen: set[str] = set()
            for number in range(ROWS):
                field = self[f"{which}_{number}"]
                value = (field.data or "").casefold()
                if value and value in seen:
                    field.errors = [*field.errors, _("Den står redan på en annan rad")]
                    is_complete = False
                seen.add(value)
        return is_complete


def _needs_name(number: int) -> Any:
    def check(form: _PlacesForm, field: Any) -> None:
        if field.data and not form[f"name_{number}"].data:
            raise ValidationError(_("Skriv kommunens namn på samma rad"))

    return check


def _fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for number in range(ROWS):
        fields[f"name_{number}"] = StringField(
            _l("Kommunens namn"), [Length(max=120, message=_l("Namnet är för långt"))],
            filters=[strip],
        )
        fields[f"code_{number}"] = StringField(
            _l("Kommunkod"),
            [Optional(), Regexp(r"^\d{4}$", message=_l("Kommunkoden har fyra siffror")),
             _needs_name(number)],
            filters=[strip],
        )
    return fields


PlacesForm: Any = type("PlacesForm", (_PlacesForm,), _fields())


def places_form(data: Any, known: Sequence[Sequence[str]] | None) -> Any:
    """Return the form with what is known; to begin with the four municipalities."""
    values = {}
    for number, (name, code) in enumerate(known or FOUR):
        values |= {f"name_{number}": name, f"code_{number}": code}
    return PlacesForm(data, **values)


class MailForm(Form):
    """Where the test mail goes."""

    email = email_field()
