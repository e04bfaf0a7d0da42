"""How gunicorn serves Stegvis; `gunicorn wsgi:app` reads this file by itself."""

import os

bind = os.environ.get("STEGVIS_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
graceful_timeout = 10
control_socket_disable = True  # nothing here uses it, and it would be made in the home folder
