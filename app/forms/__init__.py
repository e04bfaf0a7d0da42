"""Shape and length of what people type; messages for a field. No rule of the training."""

from flask_babel import get_locale
from wtforms import Form as WTForm


class Form(WTForm):
    """Plain WTForms (CSRF is checked for every unsafe request), in the reader's language."""

    class Meta:
        @property
        def locales(self) -> list[str]:
            locale = get_locale()
            return [locale.language if locale else "sv"]
