"""The worker beside the web processes: jobs, outgoing mail, and sweeping once an hour.

Several may run. Each takes one thing at a time under a lease, so one that is killed costs time
and nothing else. Who has jobs to do registers a handler:

    @worker.handles("certificate:render")
    def render(app: Flask, payload: dict[str, Any], now: datetime) -> None: ...

A handler opens its own transactions and may run twice for one job: it must be harmless to repeat.
"""

import logging
import os
import socket
from collections.abc import Callable
from datetime import date, datetime, timedelta
from secrets import token_hex
from threading import Event
from time import monotonic
from typing import Any

from flask import Flask
from sqlalchemy.exc import IntegrityError

from app import clock, db, sessions
from app.mail.problems import MailNotSent
from app.mail.sending import send_next
from courses.rules.notices import digest_day
from courses.services.jobs import claim_job, fail_job, finish_job
from courses.services.notices import ask_for_digests
from courses.services.sweeping import sweep

log = logging.getLogger(__name__)

Handler = Callable[[Flask, dict[str, Any], datetime], None]
HANDLERS: dict[str, Handler] = {}
Sweeper = Callable[[Flask, datetime], None]
SWEEPERS: list[Sweeper] = []
IDLE_SECONDS = 1.0
MAIL_PAUSE_SECONDS = 30.0
"""After the mail server could not be reached."""
SWEEP_EVERY = timedelta(hours=1)


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Let the decorated function do the jobs of this kind."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def sweeps(sweeper: Sweeper) -> Sweeper:
    """Let the decorated function clear away what is its own, once an hour."""
    SWEEPERS.append(sweeper)
    return sweeper


class Worker:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.name = f"{socket.gethostname()}:{os.getpid()}:{token_hex(3)}"
        self.stopping = Event()
        self._mail_rests_until = 0.0
        self._sweep_at = 0.0
        self._digests_asked_for: date | None = None

    def stop(self, *_signal: object) -> None:
        """Finish what is under way, then end."""
        self.stopping.set()

    def run(self) -> None:
        """Work until told to stop; whatever fails is logged and tried again later."""
        log.info("worker %s: started", self.name)
        pause = IDLE_SECONDS
        while not self.stopping.is_set():
            try:
                self.ask_for_digests()
                if not self.step():
                    self.stopping.wait(IDLE_SECONDS)
                pause = IDLE_SECONDS
            except Exception:  # the database may be away for a while
                log.exception("worker %s: will go on in %d s", self.name, pause)
                self.stopping.wait(pause)
                pause = min(pause * 2, 60)
        log.info("worker %s: stopped", self.name)

    def drain(self) -> None:
        """Do everything that can be done now, then end."""
        while not self.stopping.is_set() and self.step():
            pass

    def ask_for_digests(self) -> None:
        """Ask for the day's digests once its hour has come; of several workers one does it."""
        day = digest_day(clock.now(), self.app.config["STEGVIS"].notice_hour)
        if day is None or day == self._digests_asked_for:
            return
        try:
            with db.transaction(self.app) as session:
                ask_for_digests(session, day, now=clock.now())
        except IntegrityError:
            log.debug("worker %s: another asked for the digests of %s", self.name, day)
        self._digests_asked_for = day

    def step(self) -> bool:
        """Do one job and send one mail; return whether there was any."""
        self._sweep()
        did_job = self._job()
        return self._mail() or did_job

    def _job(self) -> bool:
        with db.transaction(self.app) as session:
            job = claim_job(session, worker=self.name, now=clock.now())
        if job is None:
            return False
        try:
            with self.app.app_context():
                HANDLERS[job.kind](self.app, job.payload, clock.now())
        except Exception as error:
            code = token_hex(4)
            log.exception("worker %s: job %d (%s) failed, %s", self.name, job.id, job.kind, code)
            # the text of an error may quote what somebody wrote; the log has it
            with db.transaction(self.app) as session:
                fail_job(session, job, error=f"{type(error).__name__} {code}", now=clock.now())
            return True
        with db.transaction(self.app) as session:
            finish_job(session, job, now=clock.now())
        return True

    def _mail(self) -> bool:
        if monotonic() < self._mail_rests_until:
            return False
        result = send_next(self.app)
        if isinstance(result, MailNotSent) and result.concerns_all:
            self._mail_rests_until = monotonic() + MAIL_PAUSE_SECONDS
        return bool(result)

    def _sweep(self) -> None:
        if monotonic() < self._sweep_at:
            return
        self._sweep_at = monotonic() + SWEEP_EVERY.total_seconds()  # also when it fails
        now = clock.now()
        with db.transaction(self.app) as session:
            sweep(
                session, logins_idle_since=now - sessions.IDLE,
                logins_older_than=now - sessions.ABSOLUTE, now=now,
            )
        for sweeper in SWEEPERS:
            sweeper(self.app, now)
        db.forget_writes(self.app)
