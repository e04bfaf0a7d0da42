"""Settings: environment variables with the prefix STEGVIS_, read once into a checked object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
ROOT = Path(__file__).resolve().parent
SITE = "Våldsprevention Västerbotten"
"""What the site is called where no reader's language decides: in mails' senders and on devices."""


class ConfigError(Exception):
    """A setting is missing or cannot be right. The message says which and what to write."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything a Stegvis needs to know of its surroundings."""

    database_url: str
    """`sqlite:////path/stegvis.db` or `postgresql://…`."""
    secret_key: str = field(repr=False)
    """At least 32 characters; signs cookies, forms and what is counted."""
    data_dir: Path
    """Editions, counters and, on SQLite, the database."""
    base_url: str
    """Where people reach the site; links in mails and certificates start with it."""
    smtp_url: str = ""
    """`smtp://user:password@host:port`, `smtps://…`, `starttls://…`; empty: mail waits."""
    content_dir: Path = ROOT / "content"
    mail_from: str = ""
    """Sender of mails; by default no-reply at the base URL's host."""
    clamd_url: str = ""
    """Virus scanner: `tcp://host:port` or `unix:/path`; empty: there is none."""
    opens_unscanned: bool = False
    """Without a scanner, files whose structure was checked may be opened by others."""
    notice_hour: int = 7
    """From which hour of the day, by Stockholm's clock, the day's digests are sent."""
    trusted_proxies: int = 0
    """How many proxies in front set X-Forwarded-For and -Proto."""
    offline: bool = True
    """Whether people may save the course for reading without a network; off ends it for all."""
    demo: bool = False
    """Shows the banner that the people are invented."""
    testing: bool = False

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def trusted_hosts(self) -> list[str]:
        """Names the site answers to. On one's own machine its usual names are one."""
        return ["localhost", "127.0.0.1", "[::1]"] if self.host in LOOPBACK else [self.host]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read and check the settings; raise ConfigError naming every one that is wrong."""
        problems = []
        values = {}
        for name in ("DATABASE_URL", "SECRET_KEY", "DATA_DIR", "BASE_URL"):
            values[name] = environ.get(f"STEGVIS_{name}", "")
            if not values[name]:
                problems.append(f"STEGVIS_{name} is not set")
        if 0 < len(values["SECRET_KEY"]) < 32:
            problems.append("STEGVIS_SECRET_KEY needs at least 32 characters")
        if values["BASE_URL"] and urlsplit(values["BASE_URL"]).scheme not in ("http", "https"):
            problems.append("STEGVIS_BASE_URL must start with https:// or http://")
        proxies = environ.get("STEGVIS_TRUSTED_PROXIES", "0")
        if not proxies.isdigit():
            problems.append("STEGVIS_TRUSTED_PROXIES must be a whole number")
        hour = environ.get("STEGVIS_NOTICE_HOUR", "7")
        if not hour.isdigit() or int(hour) > 23:
            problems.append("STEGVIS_NOTICE_HOUR must be an hour from 0 to 23")
        smtp_url = environ.get("STEGVIS_SMTP_URL", "")
        if smtp_url and urlsplit(smtp_url).scheme not in ("smtp", "smtps", "starttls"):
            problems.append("STEGVIS_SMTP_URL must start with smtp://, smtps:// or starttls://")
        clamd_url = environ.get("STEGVIS_CLAMD_URL", "")
        if clamd_url and urlsplit(clamd_url).scheme not in ("tcp", "unix"):
            problems.append("STEGVIS_CLAMD_URL must be tcp://host:port or unix:/path")
        if problems:
            raise ConfigError("; ".join(problems))
        return cls(
            database_url=values["DATABASE_URL"],
            secret_key=values["SECRET_KEY"],
            data_dir=Path(values["DATA_DIR"]).resolve(),
            base_url=values["BASE_URL"].rstrip("/"),
            smtp_url=smtp_url,
            content_dir=Path(environ.get("STEGVIS_CONTENT_DIR", ROOT / "content")),
            mail_from=environ.get("STEGVIS_MAIL_FROM", ""),
            clamd_url=clamd_url,
            opens_unscanned=environ.get("STEGVIS_OPEN_UNSCANNED", "") == "1",
            notice_hour=int(hour),
            trusted_proxies=int(proxies),
            offline=environ.get("STEGVIS_OFFLINE", "1") != "0",
            demo=environ.get("STEGVIS_DEMO", "") == "1",
        )
