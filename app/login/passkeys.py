"""Passkeys: what a browser is asked, and whether its answer is right.

Each page that offers one carries a challenge of its own, signed and tied to the browser's form
session; it is answered once, and soon. Browsers know no passkeys for a bare IP address.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from secrets import token_bytes
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask import session as cookie
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import db
from app.http.signing import signer
from config import SITE
from courses.models import User
from courses.queries.second_factor import KnownPasskey, passkey_by_credential
from courses.rules.tokens import token_hash
from courses.services.passkeys import add_passkey, suspect_passkey, use_challenge, use_passkey

log = logging.getLogger(__name__)
ANSWERED_WITHIN = 20 * 60
LOGIN, ADD = "login", "add"
Known = tuple[tuple[str, tuple[str, ...]], ...]


class PasskeyRefused(Exception):
    """The browser's answer is not what was asked for."""


@dataclass(frozen=True)
class Ceremony:
    """What a button asks the browser for, and the challenge, signed, to be sent back."""

    options: str
    token: str


def available() -> bool:
    """Whether browsers can keep a passkey for this site: it has a name, and is https or local."""
    config = current_app.config["STEGVIS"]
    try:
        ip_address(config.host)
    except ValueError:
        return config.is_https or config.host == "localhost"
    return False


def ask_to_log_in(known: Known = ()) -> Ceremony:
    """Return what a login page asks for: any passkey of this site, or one of those `known`."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    challenge = token_bytes(32)
    options = generate_authentication_options(
        rp_id=_host(), challenge=challenge, allow_credentials=_descriptors(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Ceremony(options_to_json(options), _sign(challenge, LOGIN, None))


def ask_to_add(user_id: int, email: str, known: Known) -> Ceremony:
    """Return what the page for a new passkey asks for; one that the device has is none."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    challenge = token_bytes(32)
    options = generate_registration_options(
        rp_id=_host(), rp_name=SITE, user_id=_handle(user_id), user_name=email,
        challenge=challenge, exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return Ceremony(options_to_json(options), _sign(challenge, ADD, user_id))


def log_in(credential: str, token: str, now: datetime) -> KnownPasskey:
    """Return whose passkey has answered, noting its use in `db.session()`; or raise."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge(token, LOGIN, None)
    try:
        answer = parse_authentication_credential_json(credential)
        with db.reading() as reader:
            passkey = passkey_by_credential(reader, bytes_to_base64url(answer.raw_id))
        if passkey is None:
            raise PasskeyRefused("unknown passkey")
        if answer.response.user_handle not in (None, _handle(passkey.user_id)):
            raise PasskeyRefused("another person's handle")
        verified = verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=_host(),
            expected_origin=_origin(), credential_public_key=passkey.public_key,
            credential_current_sign_count=-1,  # compared in the row, and after the signature
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused(type(error).__name__) from error
    session = db.session()
    _use_challenge(session, challenge, now)
    if not use_passkey(session, passkey.id, verified.new_sign_count, now):
        session.rollback()
        log.warning("passkey: %s counts backwards", passkey.id)
        with db.transaction() as own:
            suspect_passkey(own, own.get_one(User, passkey.user_id), passkey.id, now)
        raise PasskeyRefused("counts backwards")
    return passkey


def add(
    session: Session, user: User, *, credential: str, token: str, name: str, now: datetime
) -> None:
    """Let the passkey that a browser has just made be one of `user`'s; or raise."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url, parse_registration_credential_json
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge(token, ADD, user.id)
    try:
        answer = parse_registration_credential_json(credential)
        made = verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=_host(),
            expected_origin=_origin(), require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused(type(error).__name__) from error
    _use_challenge(session, challenge, now)
    try:
        with session.begin_nested():
            add_passkey(
                session, user, credential_id=bytes_to_base64url(made.credential_id),
                public_key=made.credential_public_key, sign_count=made.sign_count, name=name,
                transports=[one.value for one in answer.response.transports or ()], now=now,
            )
    except IntegrityError as error:
        raise PasskeyRefused("known already") from error


def not_added() -> str:
    """Return what to say when a browser's new passkey was not taken."""
    return _("Passnyckeln gick inte att lägga till. Försök igen")


def _use_challenge(session: Session, challenge: bytes, now: datetime) -> None:
    try:
        with session.begin_nested():
            use_challenge(session, challenge.hex(), now)
    except IntegrityError as error:
        raise PasskeyRefused("answered before") from error


def _sign(challenge: bytes, purpose: str, user_id: int | None) -> str:
    generate_csrf()  # the form session begins now, if it has not
    return signer("passkey").dumps([challenge.hex(), purpose, user_id, _form_session()])


def _form_session() -> str:
    return token_hash(cookie.get("csrf_token", ""))


def _challenge(token: str, purpose: str, user_id: int | None) -> bytes:
    try:
        found: list[Any] = signer("passkey").loads(token, max_age=ANSWERED_WITHIN)
    except BadSignature as error:
        raise PasskeyRefused("no challenge of ours, or an old one") from error
    if found[1:] != [purpose, user_id, _form_session()]:
        raise PasskeyRefused("another page's challenge")
    return bytes.fromhex(found[0])


def _descriptors(known: Known) -> list[Any]:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    names = {one.value for one in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(credential_id),
            transports=[AuthenticatorTransport(one) for one in transports if one in names],
        )
        for credential_id, transports in known
    ]


def _handle(user_id: int) -> bytes:
    """What a device keeps of whose passkey it is: a number that says nothing elsewhere."""
    return f"stegvis:{user_id}".encode()


def _host() -> str:
    return current_app.config["STEGVIS"].host


def _origin() -> str:
    parts = urlsplit(current_app.config["STEGVIS"].base_url)
    return f"{parts.scheme}://{parts.netloc}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["passkeys_available"] = available
    app.jinja_env.globals["ask_for_passkey"] = ask_to_log_in
