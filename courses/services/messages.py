"""What somebody writes to the owner: kept, and told to the owner's mailbox."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.models import ContactMessage, OutboxMail
from courses.vocabulary import Language, MessageTopic


def receive_message(
    session: Session,
    *,
    topic: MessageTopic,
    text: str,
    reply_to: str,
    language: Language,
    key: str,
    owner: str,
    now: datetime,
) -> bool:
    """Keep a message and put a mail to `owner`, an address, into the outbox.

    Returns False, with nothing written, when the form with this `key` has been received before.
    """
    known = select(ContactMessage.id).where(ContactMessage.key == key)
    if session.scalar(known) is not None:
        return False
    try:
        with session.begin_nested():  # the second of two simultaneous clicks ends here
            session.add(
                ContactMessage(
                    at=now, topic=topic.value, text=text, reply_to=reply_to, language=language,
                    key=key,
                )
            )
    except IntegrityError:
        return False
    session.add(
        OutboxMail(
            user_id=None, recipient=owner, template="contact_message", language=Language.SWEDISH,
            params={"topic": topic.value, "text": text, "reply_to": reply_to},
            dedupe_key=f"contact_message:{key}", not_before=now, created_at=now,
        )
    )
    return True
