"""Mail: rendered from `templates/mail/`, sent by the worker, never inside a transaction."""
