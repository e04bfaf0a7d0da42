"""The line at a field that says who reads what is written there, now and later.

It is made from the table that decides access (`courses.onlookers` asks the policy), so that it
cannot promise anything else than what holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from courses.onlookers import Onlooker, onlookers
from courses.permissions import Permission, Scope

ONLY_ITS_WRITER = None
"""Instead of a permission: the page asks for the rows of who is logged in, and no other does."""
YOU, NOW = _l("du"), _l("Nu:")


@dataclass(frozen=True)
class Text:
    """A kind of text: from when on who may read it, by which permission."""

    stages: Sequence[tuple[LazyString, Permission | None]]
    owner: LazyString = YOU
    """What the one is called to whose place in the course it belongs."""
    besides: LazyString | None = None
    """Who else gets it in the end, outside of Stegvis."""


OWN_DRAFT = (NOW, Permission.DRAFT_READ)
TEXTS = {
    "thread": Text(
        (
            (NOW, ONLY_ITS_WRITER),
            (_l("När du har skickat:"), Permission.THREAD_READ),
        ),
    ),
    "draft copy": Text(
        (OWN_DRAFT, (_l("När du har skickat:"), Permission.DRAFT_COPY_READ)),
    ),
    "registered": Text(
        ((_l("När du har skickat:"), Permission.SUBMISSION_READ),), owner=_l("deltagaren"),
    ),
    "thread answer": Text(
        (
            (NOW, ONLY_ITS_WRITER),
            (_l("När du har skickat:"), Permission.THREAD_READ),
        ),
        owner=_l("deltagaren"),
    ),
    "own": Text(
        (OWN_DRAFT, (_l("När du har skickat in:"), Permission.SUBMISSION_READ)),
    ),
    "joint": Text(
        (
            OWN_DRAFT,
            (_l("När ni har skickat in:"), Permission.SUBMISSION_READ),
            (_l("När den är godkänd dessutom:"), Permission.APPROVED_WORK_READ),
        ),
    ),
    "own notes": Text((OWN_DRAFT,)),
    "joint notes": Text((OWN_DRAFT,)),
    "plan": Text(
        (OWN_DRAFT, (_l("När ni har gett ut planen dessutom:"), Permission.PLAN_READ)),
    ),
    "contribution": Text(
        (
            (NOW, ONLY_ITS_WRITER),
            (_l("När du har delat:"), Permission.CONTRIBUTION_READ),
        ),
    ),
    "comment": Text(((_l("När du har skickat:"), Permission.DRAFT_READ),)),
    "reflection": Text(((_l("Alltid:"), Permission.REFLECTION_READ),)),
    "feedback": Text(
        (
            (NOW, ONLY_ITS_WRITER),
            (_l("När du har skickat återkopplingen:"), Permission.SUBMISSION_READ),
        ),
        owner=_l("deltagaren"),
    ),
    "handover note": Text(
        (
            (NOW, ONLY_ITS_WRITER),
            (_l("När du har lämnat teamet:"), Permission.WORK_READ),
        ),
    ),
    "promise": Text(
        ((_l("När du har sparat:"), Permission.SUBMISSION_READ),), owner=_l("deltagaren"),
    ),
    "sign-off line": Text(((_l("När du har svarat:"), Permission.SHOWN_VERSION_READ),)),
    "own line": Text(
        ((_l("När du har sparat:"), Permission.SUBMISSION_READ),), owner=_l("du"),
    ),
    "waiver": Text(
        ((_l("När du har sparat:"), Permission.WORK_READ),),
        besides=_l("omgångens samordnare"),
    ),
    "excuse": Text(
        ((_l("När du har sparat:"), Permission.PARTICIPANT_READ),),
        owner=_l("deltagaren"), besides=_l("den som inte behöver göra det"),
    ),
    "reading": Text(
        (
            (NOW, ONLY_ITS_WRITER),
            (_l("När ni båda är klara med er läsning:"), Permission.REVIEW_WRITE),
        ),
    ),
    "lone reading": Text(((_l("När du har sparat:"), Permission.REVIEW_WRITE),)),
    "stop": Text(
        (
            (_l("När du har stoppat texten:"), Permission.WORK_READ),
            (_l("Dessutom:"), Permission.SECRECY_READ),
        ),
        owner=_l("deltagaren"),
    ),
    "message": Text(
        (
            (NOW, ONLY_ITS_WRITER),
            (_l("När du har skickat:"), Permission.ADMIN_READ),
        ),
        besides=_l("de som läser utbildningens brevlåda"),
    ),
}
WORDS = {
    Onlooker.PEN: _l("den som är skrivansvarig och ersättaren"),
    Onlooker.TEAM_AT_THE_AUTHORITY: _l("de i teamet som arbetar i kommunen"),
    Onlooker.TEAM_AT_THE_AUTHORS: _l("de i teamet som arbetar där du arbetar"),
    Onlooker.TEAM: _l("hela teamet"),
    Onlooker.ASKED: _l("de i teamet som arbetar på den myndighet som frågas"),
    Onlooker.PARTICIPANT: _l("alla deltagare i omgången"),
    Onlooker.TRAINER: _l("omgångens utbildare"),
    Onlooker.COORDINATOR_OF_THE_ORGANIZATION: _l("kommunens eller myndighetens samordnare"),
    Onlooker.COORDINATOR_OF_ANOTHER: _l("andra kommuners samordnare"),
    Onlooker.COORDINATOR_OF_THE_COHORT: _l("omgångens samordnare"),
    Onlooker.COORDINATOR_OF_THE_COUNTY: _l("länets samordnare"),
    Onlooker.PARTICIPANT_ELSEWHERE: _l("deltagare i andra omgångar"),
    Onlooker.TRAINER_ELSEWHERE: _l("utbildare i andra omgångar"),
    Onlooker.COORDINATOR_ELSEWHERE: _l("samordnare i andra omgångar"),
    Onlooker.EDITOR: _l("redaktionen"),
    Onlooker.ADMINISTRATOR: _l("administratörerna"),
    Onlooker.SECRECY_OFFICER: _l("ansvarig tjänsteperson"),
    Onlooker.NOBODY: _l("alla som har ett konto"),
}
WIDER = {
    Onlooker.PEN: {Onlooker.TEAM},
    Onlooker.TEAM_AT_THE_AUTHORITY: {Onlooker.TEAM},
    Onlooker.TEAM_AT_THE_AUTHORS: {Onlooker.TEAM},
    Onlooker.ASKED: {Onlooker.TEAM},
    Onlooker.COORDINATOR_OF_THE_COHORT: {Onlooker.COORDINATOR_OF_THE_COUNTY},
}
"""Who is named with somebody else, when both may read."""


@dataclass(frozen=True)
class Line:
    """When, and who reads it then."""

    when: str
    readers: str


def who_sees(kind: str, scope: Scope | None = None) -> list[Line]:
    """Return who reads a text of `kind` (a key of TEXTS), written in `scope`."""
    text = TEXTS[kind]
    return [
        Line(
            str(when),
            _("bara %(who)s", who=YOU) if permission is ONLY_ITS_WRITER
            else readers_in_words(
                onlookers(permission, scope or Scope()), text.owner, text.besides
            ),
        )
        for when, permission in text.stages
    ]


def readers_in_words(
    found: Iterable[Onlooker], owner: LazyString = YOU, besides: LazyString | None = None
) -> str:
    """Return the readers as a list that goes into a sentence; “bara du” when nobody else does."""
    kinds = set(found)
    if not kinds - {Onlooker.WRITER} and not besides:
        return _("bara %(who)s", who=owner) if kinds else _("ingen")
    if Onlooker.NOBODY in kinds:
        return str(WORDS[Onlooker.NOBODY])
    named = [str(owner)] if Onlooker.WRITER in kinds else []
    named += [
        str(word)
        for kind, word in WORDS.items()
        if kind in kinds and not WIDER.get(kind, set()) & kinds
    ]
    named += [str(besides)] if besides else []
    if len(named) == 1:
        return named[0]
    return _("%(some)s och %(last)s", some=", ".join(named[:-1]), last=named[-1])


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(who_sees=who_sees)
