"""What somebody says who hands in for another."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.forms.guarded import GuardedForm
from courses.rules.talking import LONGEST_LINE


def _tidy(value: str | None) -> str:
    return (value or "").strip()


class RegisteringForm(GuardedForm):
    """Why, and who has attested. The name of whoever attested is meant to stand there."""

    reason = StringField(
        _l("Varför lämnar du in åt någon annan?"),
        [
            DataRequired(_l("Skriv varför")),
            Length(max=LONGEST_LINE, message=_l("Skriv högst 500 tecken")),
        ],
        filters=[_tidy],
    )
    attested_by = StringField(
        _l("Vem har intygat, och hur?"),
        [
            DataRequired(_l("Skriv vem som har intygat")),
            Length(max=200, message=_l("Skriv högst 200 tecken")),
        ],
        filters=[_tidy],
    )
