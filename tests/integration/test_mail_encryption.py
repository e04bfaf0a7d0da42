"""Mail goes over a line whose other end is known, or it waits."""

import ssl
import subprocess
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from app.mail.sending import send_all
from tests.mailserver import Server, free_port, mail, use


@pytest.fixture
def certificate(tmp_path) -> tuple[Path, Path]:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key),
         "-out", str(cert), "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True,
    )
    return key, cert


@pytest.fixture
def secure(certificate):
    """Start a server that knows encryption; return its handler."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    controllers = []

    def start(kind):
        handler = Server()
        if kind == "smtps":
            controller = Controller(
                handler, hostname="127.0.0.1", port=free_port(), ssl_context=context
            )
        else:
            controller = _StartTls(handler, context)
        controller.start()
        controllers.append(controller)
        handler.port = controller.port
        return handler

    yield start
    for controller in controllers:
        controller.stop()


class _StartTls(Controller):
    def __init__(self, handler, context):
        self.context = context
        super().__init__(handler, hostname="127.0.0.1", port=free_port())

    def factory(self):
        return SMTP(
            self.handler, tls_context=self.context, require_starttls=True, auth_required=True,
            authenticator=lambda *args: AuthResult(
                success=args[-1].password == b"h:st@", handled=False
            ),
        )


@pytest.mark.parametrize("kind", ["starttls", "smtps", "smtp"])
def test_a_server_whose_certificate_nobody_vouches_for_is_refused(app, session, invited, secure,
                                                                  kind):
    handler = secure("smtps" if kind == "smtps" else "starttls")
    use(app, f"{kind}://127.0.0.1:{handler.port}")

    assert send_all(app) == (0, 1)

    assert mail(session).last_error.startswith("encryption: ")
    assert handler.taken == []


@pytest.mark.parametrize("kind, login", [("starttls", "u:h%3Ast%40@"), ("smtps", "")])
def test_mail_goes_over_an_encrypted_line(
    app, session, invited, secure, certificate, monkeypatch, kind, login
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    handler = secure(kind)
    use(app, f"{kind}://{login}127.0.0.1:{handler.port}")

    assert send_all(app) == (1, 0)
    assert len(handler.taken) == 1


def test_a_wrong_password_is_told(app, session, invited, secure, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    handler = secure("starttls")
    use(app, f"starttls://u:wrong@127.0.0.1:{handler.port}")

    assert send_all(app) == (0, 1)

    assert mail(session).last_error.startswith("login: 535")
    assert "wrong" not in mail(session).last_error


def test_starttls_is_never_left_out(app, server, session, invited):
    use(app, f"starttls://127.0.0.1:{server.port}")

    assert send_all(app) == (0, 1)
    assert mail(session).last_error == "encryption: STARTTLS not offered"
