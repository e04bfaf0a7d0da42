"""Speaking SMTP. What goes wrong becomes a MailNotSent that says what it was.

`smtps://` is encrypted from the start, `starttls://` must become so before anything is said;
`smtp://` does so when the server offers it. The server's certificate is always checked, and a
password never goes over an open line to another machine.
"""

import smtplib
import ssl
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from app.mail.problems import MailNotSent, Problem

SECONDS = 20
PORTS = {"smtp": 25, "smtps": 465, "starttls": 587}


def deliver(url: str, message: EmailMessage, *, our_name: str) -> None:
    """Hand `message` to the server at `url`, or raise MailNotSent."""
    try:
        with _connection(url, our_name) as server:
            server.send_message(message)
    except ssl.SSLError as error:
        raise MailNotSent(Problem.ENCRYPTION, str(error)) from error
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _answer(Problem.RECIPIENT, code, said) from error
    except smtplib.SMTPAuthenticationError as error:
        raise MailNotSent(Problem.LOGIN, _said(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPSenderRefused as error:
        said = _said(error.smtp_code, error.smtp_error)
        problem = Problem.SENDER if error.smtp_code >= 500 else Problem.LATER
        raise MailNotSent(problem, said) from error
    except smtplib.SMTPConnectError as error:
        said = _said(error.smtp_code, error.smtp_error)
        raise MailNotSent(Problem.UNREACHABLE, said) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(Problem.REFUSED, error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailNotSent(Problem.REFUSED, str(error)) from error
    except UnicodeError as error:
        raise MailNotSent(Problem.LOGIN, "only ASCII in user name and password") from error
    except (OSError, smtplib.SMTPException) as error:
        details = f"{type(error).__name__} {error}"
        raise MailNotSent(Problem.UNREACHABLE, details) from error


def _connection(url: str, our_name: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or PORTS[parts.scheme]
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, local_hostname=our_name, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, port, local_hostname=our_name, timeout=SECONDS)
    try:
        server.ehlo()
        encrypted = parts.scheme == "smtps"
        if parts.scheme == "starttls" or (not encrypted and server.has_extn("starttls")):
            if not server.has_extn("starttls"):
                raise MailNotSent(Problem.ENCRYPTION, "STARTTLS not offered")
            server.starttls(context=context)
            server.ehlo()
            encrypted = True
        if parts.username:
            if not encrypted and not _is_here(host):
                raise MailNotSent(Problem.ENCRYPTION, "password over an open line")
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _answer(problem: Problem, code: int, said: bytes) -> MailNotSent:
    """4xx: later; 5xx: this mail never."""
    if code < 500:
        return MailNotSent(Problem.LATER, _said(code, said))
    return MailNotSent(problem, _said(code, said), is_final=True)


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}"
