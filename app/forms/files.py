"""The form that takes one file at a time."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from app import reasons
from app.forms import Form
from courses.errors import Reason, Refused


class UploadForm(Form):
    file = FileField(_l("Fil"))

    def show(self, reason: str | Reason) -> None:
        """Say at the field why a file was not taken; a reason that is none says nothing."""
        if str(reason).startswith("upload_") and reason in list(Reason):
            self.file.errors = [reasons.sentence(Refused(Reason(reason)))]

    @classmethod
    def after(cls, refused: Refused) -> "UploadForm":
        """Return the form that says why a file was not taken; what is not about the file is
        raised on."""
        form = cls()
        form.show(refused.reason)
        if not form.file.errors:
            raise refused
        return form
