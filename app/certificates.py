"""The worker's part in a certificate: read, draw, write, each on its own."""

from typing import Any

from flask import current_app

from app import clock, db, editions
from courses.documents.certificate import render_certificate
from courses.services.certificate_contents import prepare_certificate
from courses.services.certificates import issue_certificate


def issue(payload: dict[str, Any]) -> None:
    """Issue the certificate that a job asks for, if it is earned and not there yet.

    Running it again, or beside another worker, issues nothing twice.
    """
    now = clock.now()
    with db.database().session(writes=False) as session:
        prepared = prepare_certificate(
            session,
            editions.store(),
            payload["enrollment_id"],
            base_url=current_app.config["STEGVIS"].base_url,
            now=now,
            even_if_open=payload["replaces"] is not None,
        )
    if prepared is None:
        return
    pdf = render_certificate(prepared.data)  # no transaction is open while it draws
    with db.transaction() as session:
        issue_certificate(
            session, prepared, pdf, by=payload["by"], now=now, replaces=payload["replaces"]
        )
