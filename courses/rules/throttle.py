"""How many failed logins are let through before somebody has to wait."""

from datetime import timedelta

WINDOW = timedelta(hours=1)
PER_ACCOUNT = 10
PER_ADDRESS = 300
"""Forty people behind one network address mistype now and then."""
PER_DEVICE = 30
"""A device that has logged in before is counted on its own, so that nobody else's guessing
can lock its owner out."""
LINKS_PER_ACCOUNT = 5
"""Links that may be asked for in an hour to one address, which is somebody's mailbox."""
