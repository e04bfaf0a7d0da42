"""Our own cookies: no script reads them, no other site's form sends them, and no plain http."""

from collections.abc import Mapping

from flask import Response, current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

TOLD: Mapping[str, LazyString] = {
    "stegvis-login": _l("en som håller dig inloggad, i högst 12 timmar"),
    "stegvis": _l(
        "en som skyddar formulär mot att någon annan skickar dem i ditt namn, tills du stänger "
        "webbläsaren"
    ),
    "stegvis-language": _l("en som minns språket du valt, i ett år"),
    "stegvis-device": _l(
        "en som känner igen webbläsaren när du har loggat in, så att andras felaktiga försök "
        "inte stänger dig ute, i ett år"
    ),
    "stegvis-own-device": _l("en som minns att enheten är din egen, om du har sagt det, i ett år"),
    "stegvis-remembered": _l(
        "en som minns att enheten inte ska be om ett andra steg, om du har valt det, i 30 dagar"
    ),
}
"""What the privacy page says of each; Flask sets the one for forms."""


def keep(
    response: Response, name: str, value: str, *, max_age: int | None = None, path: str = "/"
) -> None:
    """Let the browser keep `value`, for `max_age` seconds or until it is closed. A cookie that
    the privacy page does not tell of is none."""
    if name.removeprefix("__Host-") not in TOLD:
        raise LookupError(f"the privacy page does not tell of the cookie {name}")
    response.set_cookie(
        name, value, max_age=max_age, path=path, httponly=True, samesite="Lax",
        secure=current_app.config["STEGVIS"].is_https,
    )


def drop(response: Response, name: str) -> None:
    """Take a cookie away."""
    response.delete_cookie(
        name, httponly=True, samesite="Lax", secure=current_app.config["STEGVIS"].is_https
    )
