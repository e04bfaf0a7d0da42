from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms import Form


class ReasonForm(Form):
    reason = TextAreaField(
        _l("Skäl"),
        [
            InputRequired(_l("Skriv varför")),
            Length(max=500, message=_l("Skälet får vara högst 500 tecken långt")),
        ],
    )
