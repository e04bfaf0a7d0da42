"""Joint work as the team's members speak of it: who is ready, who approves, who did what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.queries.team_facts import Belongs, OwnLine, Shown, TeamFacts, Waiver
from courses.queries.work_context import WorkContext
from courses.rules.sign_offs import AskedVersion, Said, SignOffWord, last_said, sign_off_word


class ReadyWord(StrEnum):
    """How a member stands to the text."""

    NO = "no"
    YES = "yes"
    EARLIER = "earlier"
    """Ready with the text as it was before."""
    READ = "read"
    """Has read the version that was shown, which is the text as it is."""
    READ_EARLIER = "read_earlier"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """One authority of the team, and where it stands to the text."""

    organization_id: int
    name: str
    word: SignOffWord
    shown: Shown | None
    """The version that it was asked about last."""
    said: tuple[Said, ...]
    """What its members answered about that one, each the last."""
    waiver: Waiver | None


@dataclass(frozen=True, kw_only=True)
class Readiness:
    enrollment_id: int
    name: str
    word: ReadyWord


@dataclass(frozen=True, kw_only=True)
class TeamWork:
    """Everything that the team says about one joint assignment."""

    authorities: tuple[Authority, ...]
    """Those that must approve before the one who hands in may; none when the cohort does not
    ask for that."""
    ready: tuple[Readiness, ...]
    shown: tuple[Shown, ...]
    """What may be read of what was shown, the newest first."""
    names: dict[int, str]
    """Authority → its name."""
    lines: tuple[OwnLine, ...]
    facts: TeamFacts

    @property
    def missing(self) -> tuple[Authority, ...]:
        """The authorities whose word is missing."""
        return tuple(one for one in self.authorities if not one.word.lets_through)


def team_work(
    context: WorkContext,
    facts: TeamFacts,
    members: Sequence[Belongs],
    *,
    readable: Iterable[int] = (),
    digest: str | None = None,
) -> TeamWork:
    """Return what the team says; no statement. `readable` are the ids of the shown versions that
    the reader may open, `digest` that of the draft where its text is at hand."""
    current = {
        one.id
        for one in facts.shown
        if (one.digest == digest if digest else one.draft_version == context.version)
    }
    names = {one.organization_id: one.organization for one in members}
    may_open = set(readable)
    return TeamWork(
        authorities=tuple(_authorities(context, facts, members, current)),
        ready=tuple(
            Readiness(
                enrollment_id=one.enrollment_id, name=one.name,
                word=_ready(facts, one.enrollment_id, context.version, current),
            )
            for one in members
        ),
        shown=tuple(one for one in facts.shown if one.id in may_open),
        names=names, lines=tuple(facts.lines), facts=facts,
    )


def _authorities(
    context: WorkContext, facts: TeamFacts, members: Sequence[Belongs], current: set[int]
) -> Iterable[Authority]:
    if not context.cohort.needs_sign_off or context.team is None:
        return
    ids = {one.enrollment_id for one in members}
    pens = context.scope.pen_enrollment_ids
    mine = context.enrollment.id if context.enrollment.id in pens else context.team.holder_id
    own = {one.organization_id for one in members if one.enrollment_id == mine}
    versions = [
        AskedVersion(
            id=one.id, organization_id=one.organization_id, is_current=one.id in current
        )
        for one in facts.shown
    ]
    names = {one.organization_id: one.organization for one in members}
    for organization_id, name in sorted(names.items(), key=lambda item: item[1]):
        if organization_id in own:
            continue
        asked = [one for one in facts.shown if one.organization_id == organization_id]
        last = next((one for one in asked if one.id in current), next(iter(asked), None))
        yield Authority(
            organization_id=organization_id, name=name, shown=last,
            said=tuple(last_said(facts.said, last.id)) if last else (),
            waiver=facts.waived.get(organization_id),
            word=sign_off_word(
                organization_id, versions, facts.said, waived=facts.waived, members=ids
            ),
        )


def _ready(facts: TeamFacts, enrollment_id: int, version: int, current: set[int]) -> ReadyWord:
    said = facts.ready.get(enrollment_id)
    if said is None:
        return ReadyWord.NO
    if said.shown_id is not None:
        return ReadyWord.READ if said.shown_id in current else ReadyWord.READ_EARLIER
    return ReadyWord.YES if said.draft_version == version else ReadyWord.EARLIER
