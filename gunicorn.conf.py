"""How gunicorn serves Stegvis; `gunicorn wsgi:app` reads this file by itself."""

import gc
import os

bind = os.environ.get("STEGVIS_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # workers share what is imported once; `create_app` leaves no connection open
graceful_timeout = 10
control_socket_disable = True  # nothing here uses it, and it would be made in the home folder


def pre_fork(_server: object, _worker: object) -> None:
    """Leave what is there out of garbage collection, so that its pages stay shared."""
    gc.freeze()
