"""Which notices somebody wants."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.forms import Form
from courses.vocabulary import NoticeTopic


class NoticesForm(Form):
    deadlines = BooleanField(_l("Tider och frister"))
    feedback = BooleanField(_l("Återkoppling"))
    team = BooleanField(_l("Teamet"))

    @property
    def topics(self) -> list[NoticeTopic]:
        """What is ticked."""
        return [topic for topic in NoticeTopic if self[topic.value].data]
