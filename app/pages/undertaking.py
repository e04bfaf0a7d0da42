"""What trainers undertake before they read what others hand in: its words, and who has to be
asked (again)."""

from collections.abc import Callable
from hashlib import sha256

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import db, editions
from app.owner import given_by_us
from courses.identity import Identity
from courses.permissions import Context, Permission, needs_undertaking


def _words(_: Callable[[str], str]) -> tuple[str, ...]:
    return (
        _(
            "Det som deltagarna skickar in ska inte handla om någon enskild person. Det kan ändå "
            "göra det, och då kan uppgifterna vara hemliga."
        ),
        _(
            "Hemligt kan allt vara som rör en person som går att känna igen: hälsa, brott, "
            "familj, boende, insatser från socialtjänst, vård, skola eller polis. Det spelar "
            "ingen roll om namnet står där eller inte."
        ),
        _(
            "Jag berättar inte sådant för någon, varken i tal, skrift eller bild, och använder "
            "det inte för egen del. Det gäller också när uppdraget är slut."
        ),
        _(
            "Jag sparar, skriver ut och skickar inte mer än uppdraget kräver. Det jag har skrivit "
            "ut eller hämtat förstör jag när jag är klar."
        ),
        _(
            "Kan någon kännas igen i en text trycker jag på Sekretesstopp. Jag skriver ingen "
            "kommentar om det i texten och ringer den som skrev."
        ),
        _(
            "Är jag inte anställd av en myndighet är det här ett avtal mellan mig och "
            "%(owner)s, som jag har uppdraget av. Är jag anställd gäller dessutom lagen om "
            "offentlighet och sekretess."
        ),
    )


def paragraphs() -> list[str]:
    """Return the words in the reader's language."""
    return [one % {"owner": owner_name()} for one in _words(gettext)]


def source(owner: str) -> str:
    """Return the words as they are kept: in Swedish, whatever language they were read in."""
    return "\n\n".join(_words(str)) % {"owner": owner}


def digest_of(owner: str) -> str:
    """Return what tells these words from earlier ones, and from those of another owner."""
    return sha256(source(owner).encode()).hexdigest()


def owner_name() -> str:
    """Return the owner's Swedish name, as this installation was set up."""
    store = editions.store()
    digest = store.current(store.courses()[0])
    return given_by_us(store.get(digest).course("sv")).owner.name if digest else ""


def asked_first(
    identity: Identity, context: Context, permission: Permission
) -> ResponseReturnValue | None:
    """Return the way to the undertaking, when it comes before what is asked for.

    What somebody sends is let through when they gave it in earlier words: they have read what
    they write about, and it must not be lost; they are asked on the next page that they open.
    """
    if not needs_undertaking(identity, context, permission):
        return None
    if identity.undertaking == digest_of(owner_name()):
        return None
    if request.method not in db.SAFE:
        if identity.undertaking is not None:
            return None
        return redirect(url_for("undertaking.show"), 303)
    return redirect(url_for("undertaking.show", next=request.full_path.rstrip("?")), 303)
