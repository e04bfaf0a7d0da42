"""Addresses that nothing but a mail or a click leads to."""

from app import clock
from app.mail.unsubscribing import unsubscribe_token
from courses.services.calendar_addresses import renew_calendar_address
from courses.vocabulary import NoticeTopic


def secret_addresses(app, session, user):
    """Return what stands in the address of the user's calendar, and in one out of a mail."""
    return {
        "calendar secret": renew_calendar_address(session, user.id, now=clock.now()),
        "leaving token": leaving_token(app, user.id),
    }


def leaving_token(app, user_id):
    with app.app_context():
        return unsubscribe_token(user_id, list(NoticeTopic))
