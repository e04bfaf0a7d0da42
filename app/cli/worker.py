"""`flask worker`: does what waits, until it is told to stop."""

import logging
import signal

import click
from flask import current_app
from flask.cli import with_appcontext

from app.copies import making  # noqa: F401
from app.files import jobs as file_jobs  # noqa: F401 - they register their jobs
from app.jobs import certificates, notices  # noqa: F401 - they register their jobs
from app.login import account_links  # noqa: F401 - it registers its job
from app.worker import Worker


@click.command("worker")
@click.option("--once", is_flag=True, help="Do everything that waits, then end.")
@with_appcontext
def group(once: bool) -> None:
    """Do jobs, send mail, sweep. SIGTERM ends it after what is under way."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    worker = Worker(current_app._get_current_object())
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    if once:
        worker.ask_for_digests()
        worker.drain()
    else:
        worker.run()
