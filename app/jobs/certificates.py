"""The worker's part in a certificate: read, draw, write, each on its own."""

from datetime import datetime
from typing import Any

from flask import Flask

from app import db
from app.worker import handles
from courses.documents.certificate import render_certificate
from courses.rules.certificates import JOB
from courses.services.certificate_contents import prepare_certificate
from courses.services.certificates import issue_certificate


@handles(JOB)
def issue(app: Flask, payload: dict[str, Any], now: datetime) -> None:
    """Issue the certificate that a job asks for, if it is earned and not there yet.

    Running it again, or beside another worker, issues nothing twice.
    """
    with app.extensions["database"].session(writes=False) as session:
        prepared = prepare_certificate(
            session,
            app.extensions["editions"],
            payload["enrollment_id"],
            base_url=app.config["STEGVIS"].base_url,
            now=now,
            even_if_open=payload["replaces"] is not None,
        )
    if prepared is None:
        return
    pdf = render_certificate(prepared.data)  # no transaction is open while it draws
    with db.transaction(app) as session:
        issue_certificate(
            session, prepared, pdf, by=payload["by"], now=now, replaces=payload["replaces"]
        )
