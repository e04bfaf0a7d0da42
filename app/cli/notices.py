"""`flask notices …`: who would be told what today, and sending it without a worker."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.jobs.notices import found_today, write_digests
from app.jobs.promises import keep_promises
from courses.rules.notices import Candidate, Hold
from courses.vocabulary import NoticeKind

group = AppGroup("notices", help="The day's digests.")
WHY = {
    NoticeKind.DEADLINE: "the last day is near and it is not handed in",
    NoticeKind.MEETING: "a meeting is near",
    NoticeKind.FEEDBACK: "there is an answer to what was handed in",
    NoticeKind.ARRIVED: "it waits for this person's answer",
    NoticeKind.PROMISE_NEAR: "the answer is promised for a day that is near",
    NoticeKind.PROMISE_LATE: "the promised day came without an answer",
    NoticeKind.PROMISE_MOVED: "the answer is promised for another day",
    NoticeKind.HOLDER: "has come to hold the pen",
    NoticeKind.PEN_TAKEN: "somebody in the team holds the pen now",
    NoticeKind.SHOWN: "a version of the joint work was shown",
    NoticeKind.SIGN_OFF_ASKED: "an authority is asked to sign off",
    NoticeKind.SIGN_OFF_ANSWERED: "an authority has answered about signing off",
    NoticeKind.WITHDRAWN: "the team took it back",
    NoticeKind.HANDOVER: "somebody has left a team, or has taken over",
    NoticeKind.REPLY: "a trainer has written, or has read a draft",
    NoticeKind.EXTENDED: "there is a later date",
    NoticeKind.QUESTION: "somebody has asked something",
    NoticeKind.REGISTERED: "somebody has handed in for this person",
    NoticeKind.EXCUSED: "something need not be done",
    NoticeKind.CONTRIBUTION: "somebody has shared a contribution with the team",
    NoticeKind.PLAN_ISSUED: "the team's plan has been issued",
    NoticeKind.SECOND_READING: "this person is to read it second",
    NoticeKind.NO_HOLDER: "a joint last day is near and nobody holds the team's pen",
}
WHY_NOT = {
    Hold.BREAK: "the cohort has a break",
    Hold.PAUSED: "paused",
    Hold.HAD_TODAY: "has had today's digest",
    Hold.UNSENT: "the digest before has not gone yet",
    Hold.TOLD: "told before",
    Hold.OVER: "the cohort has ended",
    Hold.GONE: "takes no part any more, or has no account",
    Hold.TURNED_OFF: "turned off",
    Hold.MOOT: "done, handed in or changed meanwhile",
}


@group.command("preview")
def preview() -> None:
    """Say who would get what today and why, and who would not. Writes nothing."""
    found = sorted(found_today(), key=lambda one: (one.person.user_id, one.fact))
    told = [one for one in found if one.hold is None]
    for one in told:
        click.echo(f"would get: {_in_words(one)} ({WHY[one.kind]})")
    for one in found:
        if one.hold is not None:
            click.echo(f"would not: {_in_words(one)} ({WHY_NOT[one.hold]})")
    people = len({one.person.user_id for one in told})
    click.echo(f"{people} digests with {len(told)} facts; {len(found) - len(told)} held back")


@group.command("send")
def send() -> None:
    """Put today's digests into the outbox now, whatever the hour; at most one a person. What was
    to be answered today gets a new day first."""
    app = current_app._get_current_object()
    moved = keep_promises(app)
    click.echo(f"{write_digests(app)} digests, {moved} promises moved")


def _in_words(one: Candidate) -> str:
    day = f", {one.day}" if one.day else ""
    return f"user {one.person.user_id} {one.kind} {one.item_id or ''}{day} [{one.fact}]"
