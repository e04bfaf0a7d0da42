from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms import Form
from app.forms.fields import DayField, strip
from app.forms.guarding import reason_for, remedy_for
from courses.rules.identity_guard import Finding, find


class PromiseForm(Form):
    """A new day for an answer, and why. What may point out somebody is asked about once."""

    to = DayField(_l("Ny dag för svaret"), [InputRequired(_l("Välj en dag"))])
    reason = TextAreaField(
        _l("Varför"),
        [InputRequired(_l("Skriv varför svaret kommer en annan dag.")),
         Length(max=300, message=_l("Skriv högst 300 tecken"))],
        filters=[strip],
    )
    has_checked = BooleanField(_l("Jag har kontrollerat att texten inte pekar ut någon"))
    seen = HiddenField()
    """The promised day when the page was opened."""

    @property
    def found(self) -> list[Finding]:
        """What in the reason may point out somebody."""
        return find(self.reason.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        is_sound = super().validate(extra_validators)
        stops = [one for one in self.found if one.blocks or not self.has_checked.data]
        if stops:
            kind = stops[0].kind
            self.reason.errors = [f"{reason_for(kind)} {remedy_for(kind)}"]
        return is_sound and not stops
