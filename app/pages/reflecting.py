"""Reflections between the page and the database: encrypted, found, made readable again."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy.orm import Session

from app import keys
from app.pages.reading import load_home
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Reflection
from courses.queries.reflections import (
    ReflectionContext,
    own_reflections,
    reflection_context,
    reflections_context,
)
from courses.rules.reflections import Words

RING = "reflections"
NAME = re.compile(r"[A-Za-z0-9_-]{22}")


def about(reflection_id: str, user_id: int) -> str:
    """Return what a reflection's ciphertext is bound to."""
    return f"reflection {reflection_id} of {user_id}"


class Sealing:
    """Encrypts and decrypts with the installation's keys for reflections."""

    def __init__(self) -> None:
        self.ring = keys.ring(RING)

    def seal(self, words: Words, *, reflection_id: str, user_id: int) -> bytes:
        plain = json.dumps({"prompt": words.prompt, "text": words.text}, ensure_ascii=False)
        return self.ring.encrypt(plain.encode(), about=about(reflection_id, user_id))

    def unseal(self, reflection: Reflection) -> Words | None:
        belongs_to = about(reflection.id, reflection.user_id)
        try:
            return Words(**json.loads(self.ring.decrypt(reflection.stored, about=belongs_to)))
        except keys.Undecipherable:
            return None


@dataclass(frozen=True, kw_only=True)
class Readable:
    """A reflection as its author reads it; `words` is None when its key is gone."""

    id: str
    module_id: str | None
    created_at: datetime
    updated_at: datetime
    version: int
    words: Words | None


def readable(row: Reflection, sealing: Sealing | None = None) -> Readable:
    """Return what stands in a row. Only its author's pages and copies ask for it."""
    return Readable(
        id=row.id, module_id=row.module_id, created_at=row.created_at,
        updated_at=row.updated_at, version=row.version,
        words=(sealing or Sealing()).unseal(row),
    )


def all_of(session: Session, user_id: int) -> list[Readable]:
    """Return somebody's own reflections, the latest first."""
    sealing = Sealing()
    return [readable(row, sealing) for row in own_reflections(session, user_id)]


def new_name() -> str:
    """Return the name of a reflection that is about to be written."""
    return token_urlsafe(16)


def load_all(session: Session, identity: Identity) -> ReflectionContext:
    return reflections_context(identity, load_home(session, identity).reading)


def load_one(session: Session, identity: Identity, reflection_id: str) -> ReflectionContext:
    """A reflection that may not be written yet, or not be there any more; never another's."""
    if not NAME.fullmatch(reflection_id):
        raise NotFound
    return reflection_context(session, load_all(session, identity), reflection_id)


def load_written(session: Session, identity: Identity, reflection_id: str) -> ReflectionContext:
    """A reflection that is there."""
    context = load_one(session, identity, reflection_id)
    if context.reflection is None:
        raise NotFound
    return context
