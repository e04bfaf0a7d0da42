"""How failed logins, and links that are asked for, are counted: under keys, so that no address
of a person or machine is stored."""

import hmac
import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_urlsafe

from flask import Response, current_app, request
from itsdangerous import BadSignature
from sqlalchemy.orm import Session

from app import db
from app.http import cookies
from app.http.signing import signer
from app.login.denied import TooManyAttempts
from courses.queries.accounts import locked_until
from courses.rules.throttle import LINKS_PER_ACCOUNT, PER_ACCOUNT, PER_DEVICE
from courses.services.accounts import record_login_failure

log = logging.getLogger(__name__)
DEVICE_COOKIE = "stegvis-device"
YEAR = 365 * 24 * 3600
ACCOUNTS_ON_A_DEVICE = 8


@dataclass(frozen=True)
class Attempt:
    """What a login attempt is counted under, and how many failures that may have."""

    account_key: str
    address: str | None
    """None on a known device: what others do from the same network does not touch it."""
    limit: int


def attempt(email: str) -> Attempt:
    """Return how to count an attempt on `email` from this request's device and address."""
    account = _key("account", email.strip().lower())
    device = _known_device()
    if account[:16] in device.get("accounts", ()):
        return Attempt(_key("device", account + str(device["id"])), None, PER_DEVICE)
    return Attempt(account, _key("address", _network()), PER_ACCOUNT)


def proving(user_id: int) -> Attempt:
    """Return how to count that somebody who is logged in types their password once more. What
    strangers guess at the login does not touch it."""
    return Attempt(_key("proof", str(user_id)), None, PER_ACCOUNT)


def asking_for_link(email: str) -> Attempt:
    """Return how to count that a link to `email` is asked for. It counts for no login."""
    account = _key("link", email.strip().lower())
    return Attempt(account, _key("link from", _network()), LINKS_PER_ACCOUNT)


def asking_for_address(user_id: int) -> Attempt:
    """Return how to count that somebody who is logged in asks for a link to a new address,
    which may be a stranger's mailbox."""
    return Attempt(_key("new address", str(user_id)), None, LINKS_PER_ACCOUNT)


def let_through(session: Session, attempt: Attempt, now: datetime) -> None:
    """Raise TooManyAttempts while this attempt has to wait."""
    free_at = locked_until(
        session, account_key=attempt.account_key, address=attempt.address,
        limit=attempt.limit, now=now,
    )
    if free_at:
        log.warning("%s: throttled", attempt.account_key[:12])
        raise TooManyAttempts(free_at, now)


def count(session: Session, attempt: Attempt, now: datetime) -> None:
    """Count the attempt, in the transaction of what it is for."""
    record_login_failure(
        session, account_key=attempt.account_key, address=attempt.address or "", now=now
    )


def count_failure(attempt: Attempt, now: datetime) -> None:
    """Count the attempt for good. What the request has written is undone: it is refused."""
    db.session().rollback()  # SQLite's one write lock is for the count now
    log.info("%s: failed", attempt.account_key[:12])
    with db.transaction() as writer:
        count(writer, attempt, now)


def know_device(response: Response, email: str) -> None:
    """Let this browser be known as one where `email` has logged in."""
    account = _key("account", email.strip().lower())[:16]
    device = _known_device()
    others = [one for one in device.get("accounts", ()) if one != account]
    value = signer("device").dumps(
        {
            "id": device.get("id") or token_urlsafe(12),
            "accounts": [account, *others][:ACCOUNTS_ON_A_DEVICE],
        }
    )
    cookies.keep(response, DEVICE_COOKIE, value, max_age=YEAR, path="/logga-in")


def _known_device() -> dict:
    try:
        return signer("device").loads(request.cookies.get(DEVICE_COOKIE, ""), max_age=YEAR)
    except BadSignature:
        return {}


def _network() -> str:
    """An IPv4 address; of IPv6 the /64 that one household or office has."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((found, 64), strict=False))
    return str(found)


def _key(kind: str, value: str) -> str:
    secret = current_app.config["STEGVIS"].secret_key.encode()
    return hmac.new(secret, f"login {kind} {value}".encode(), sha256).hexdigest()
