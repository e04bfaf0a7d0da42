"""How long a link in a mail works, by what it is for."""

from datetime import timedelta

from courses.vocabulary import LinkPurpose

JOB = "account:link"
"""The kind of the job that makes and mails a link."""
VALID_FOR = {
    LinkPurpose.LOGIN: timedelta(minutes=15),
    LinkPurpose.RESET: timedelta(minutes=15),
    LinkPurpose.NEW_ADDRESS: timedelta(hours=24),
    LinkPurpose.OLD_ADDRESS: timedelta(days=7),
}
"""Whoever takes over an account changes its address first: its owner has a week to object."""
