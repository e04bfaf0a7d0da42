from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app import labels
from app.forms import Form
from courses.vocabulary import MessageTopic


class MessageForm(Form):
    topic = SelectField(
        _l("Vad gäller det?"),
        choices=[SelectChoice(topic.value, labels.lazy_label(topic)) for topic in MessageTopic],
        default=MessageTopic.TRAINING.value,
    )
    text = TextAreaField(
        _l("Ditt meddelande"),
        [
            InputRequired(_l("Skriv ditt meddelande")),
            Length(max=5000, message=_l("Meddelandet får vara högst 5 000 tecken långt")),
        ],
    )
    reply_to = EmailField(
        _l("Din e-postadress, om du vill ha svar"),
        [
            Optional(),
            Length(max=254, message=_l("E-postadressen är för lång")),
            Regexp(
                r"^[^@\s]+@[^@\s]+\.[^@\s.]+$",
                message=_l("Skriv en hel e-postadress, till exempel namn@exempel.se"),
            ),
        ],
        filters=[lambda value: value.strip() if value else ""],
    )


class CodeForm(Form):
    kod = StringField(_l("Intygskod"), [InputRequired(_l("Skriv koden som står på intyget"))])
