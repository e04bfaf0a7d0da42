"""Every place in which text rests, holding words that are then stopped: nobody but those who
wrote the stopped round reads them, over any route.

Generated twice over: the places from the models, the routes from the matrix. A new column of text
has to be planted in, or said why nobody reads there what another has typed about a team's work.
Long because one world is made for all of it.
"""

import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import JSON, Enum, LargeBinary, String, select

from app import clock
from courses.models import (
    Contribution,
    ContributionLine,
    DataCopy,
    Draft,
    DraftReading,
    DraftReply,
    Edition,
    Enrollment,
    Extension,
    Handover,
    HandoverNote,
    JointSection,
    LoneReading,
    MunicipalPlan,
    PlanChapter,
    PromiseChange,
    Reading,
    Review,
    ReviewDraft,
    SavedComment,
    SecondReader,
    SectionComment,
    SectionSource,
    SharedContribution,
    SignOff,
    SignOffWaiver,
    Submission,
    SubmissionRound,
    TeamMember,
    ThreadMessage,
    ThreadReader,
    TimeRequest,
    User,
)
from courses.models.about import models
from courses.queries.my_data import own_rows
from courses.rules.secrecy import Passage
from courses.services.my_data import copy_made
from courses.services.threads import MESSAGE
from courses.vocabulary import Outcome, SubmissionState
from tests.copying import make_copy
from tests.factories import answers_to, make_enrollment, user_of
from tests.functional.test_matrix import cast, things  # noqa: F401 - fixtures
from tests.functional.test_stopped_texts import walk
from tests.reviewing import NOON
from tests.stopping import stop_round
from tests.talking import make_reading, make_thread
from tests.teamwork import make_shown

WORDS = "Pojken vid den blå kiosken i Hede slog sin lärare."
TYPED = {
    "contribution.text", "contribution_line.line", "draft.answers", "draft_reading.answers",
    "draft_reply.comments", "draft_reply.overall", "extension.reason", "handover.message",
    "handover.note", "handover_note.text", "lone_reading.reason", "municipal_plan.docx",
    "municipal_plan.fields", "municipal_plan.pdf", "plan_chapter.answers",
    "promise_change.reason", "reading.content", "review.comments", "review.overall",
    "review.reason", "review_draft.content", "saved_comment.text", "section_comment.text",
    "section_source.before", "shared_contribution.text", "shown_version.answers",
    "sign_off.line", "sign_off_waiver.reason", "submission_round.answers",
    "submission_round.registered_reason", "thread_message.text", "thread_reader.unsent",
    "time_request.answer", "time_request.line",
}
"""What somebody types about a team's work, or what is made of it."""
NOBODY_TYPES = {
    # names, numbers, digests, addresses and facts that Stegvis puts together itself
    "access_event.what", "audit_event.action", "audit_event.object_type",
    "authenticator_app.secret", "certificate.code", "certificate.fields", "certificate.pdf",
    "certificate.token", "cohort.requirement_set", "content_change.path", "data_copy.file",
    "disposal_item.table_name", "draft_reading.attestation", "draft_reading.reference",
    "job.dedupe_key", "job.kind", "job.last_error", "job.leased_by", "job.payload",
    "login_failure.account_key", "login_failure.address", "login_session.device",
    "municipal_plan.docx_sha256", "municipal_plan.pdf_sha256", "notice.fact",
    "organization.scb_code", "outbox_mail.dedupe_key", "outbox_mail.last_error",
    "outbox_mail.params", "outbox_mail.recipient", "outbox_mail.template",
    "passkey.credential_id", "passkey.public_key", "passkey.transports", "plan_chapter.sources",
    "recovery_code.selector", "review.levels", "round_file.media_type", "round_source.sources",
    "secrecy_undertaking.words", "stored_file.media_type", "stored_file.reason",
    "submission_round.attestation", "submission_round.members", "submission_round.reference",
    "survey_result.counts", "idempotency_key.endpoint", "idempotency_key.key",
    "idempotency_key.location", "lesson_place.part", "edition.digest",
}
OWN_OR_ELSEWHERE = {
    # read by whoever typed it alone
    "behalf_file.name", "handover_note.text", "reflection.stored", "reflection.id", "passkey.name",
    # answers of no team, which nobody reads beside a name
    "response.answers", "survey_answer.answers", "survey_answer.key", "survey_result.texts",
    # about a person, a place or the service: typed by the office, not about a text
    "audit_event.details", "certificate.reason", "cohort.name", "cohort_meeting.link",
    "cohort_meeting.place", "completion_event.reason", "contact_message.key",
    "contact_message.reply_to", "contact_message.text", "contact_message.topic",
    "content_change.content", "disposal_item.reason", "organization.name", "owner_setting.key",
    "owner_setting.value", "team.name", "user.alias", "user.email", "user.name",
    "account_link.email",
    # files: `test_stopped_texts`, and below
    "draft_file.name", "round_file.name",
    # the stop itself: the officer, and the writers
    "secrecy_step.note", "secrecy_stop.diary_number", "secrecy_stop.masked",
    "secrecy_stop.message", "secrecy_stop.passages",
}
A_NAME = re.compile(r"(_id|_hash|digest|sha256|^kind|password_hash)$")
"""Of columns that point at something, or tell it from other things."""


def test_every_column_that_holds_text_is_planted_in_or_said_why_not():
    found = {
        f"{name}.{column.name}"
        for name, model in models().items()
        for column in model.__table__.columns
        if isinstance(column.type, JSON | LargeBinary | String)
        and not isinstance(column.type, Enum)
        and not A_NAME.search(column.name)
    }
    named = {one for one in TYPED | NOBODY_TYPES | OWN_OR_ELSEWHERE
             if not A_NAME.search(one.partition(".")[2])}
    assert found == named


def says(place):
    """The words, and where they stand, in a form that a page leaves alone."""
    return f"{WORDS} {mark(place)}"


def mark(place):
    return "plats" + re.sub(r"[^a-z]", "", place)


@pytest.fixture
def world(app, session, course, cast, things, login):  # noqa: F811
    """Version 3 of the team's work, and everything about it, holds the words; version 4 is
    without them. Two have come since, one to the police; one has left who wrote neither."""
    now, nora, trainer = clock.now(), cast.enrollment, cast.people["trainer"]
    submission = session.get_one(Submission, things["read by two"])
    assignment = course.items[submission.assignment_id]
    texts = [one.id for one in assignment.sections if one.kind == "text"]
    section, key = texts[0], {"team_id": cast.team.id, "assignment_id": assignment.id}
    first = session.scalars(
        select(SubmissionRound).where(
            SubmissionRound.submission_id == submission.id, SubmissionRound.number == 1
        )
    ).one()
    rounds = {}
    for number in (3, 4):
        rounds[number] = SubmissionRound(
            submission_id=submission.id, number=number, reference=f"T{number}",
            answers=answers_to(assignment)
            | ({section: says("submission_round.answers")} if number == 3 else {}),
            members=first.members, edition_digest=first.edition_digest,
            content_digest=first.content_digest, attestation=first.attestation,
            submitted_by=nora.user_id, submitted_at=now - timedelta(hours=10 - number),
            registered_reason=says("submission_round.registered_reason") if number == 4 else None,
        )
    session.add_all(rounds.values())
    session.flush()
    submission.round, submission.state = 4, SubmissionState.RETURNED
    submission.claimed_by, submission.claimed_until = None, None
    cast.cohort.needs_sign_off = cast.cohort.shares_drafts_across_authorities = True
    police = session.get_one(
        Enrollment,
        session.scalars(
            select(Enrollment.id).where(
                Enrollment.user_id == cast.people["police teammate"].id
            )
        ).first(),
    )
    mate = session.scalars(
        select(Enrollment).where(Enrollment.user_id == cast.people["teammate"].id)
    ).one()
    newcomer = make_enrollment(session, cast.cohort, team=cast.team)
    officer = make_enrollment(
        session, cast.cohort, team=cast.team, organization_id=police.organization_id
    )
    former = make_enrollment(session, cast.cohort, team=cast.team)
    session.get_one(TeamMember, (cast.team.id, former.id)).left_on = clock.today()
    cast.team.deputy_id = newcomer.id
    session.flush()
    criterion = assignment.criteria[0].id
    said = {"comments": {criterion: says("review.comments")}, "overall": says("review.overall")}
    review = Review(
        round_id=rounds[4].id, reviewer_id=trainer.id, outcome=Outcome.RETURN, levels={},
        due_on=date(2099, 1, 31), created_at=now, reason=None, **said,
    )
    session.add(review)
    session.flush()
    row = JointSection(**key, section_id=section, version=1, saved_at=now, saved_by=nora.user_id)
    gift = SharedContribution(
        **key, section_id=section, enrollment_id=nora.id, number=1, shared_at=now,
        organization_id=nora.organization_id, text=says("shared_contribution.text"),
    )
    thread = make_thread(session, cast.team, assignment, by=cast.people["nora"],
                         texts=(says("thread_message.text"),))
    reading = make_reading(
        session, thread, assignment, session.get_one(Edition, cast.cohort.edition_id),
        by=cast.people["nora"],
    )
    quoting = DraftReading(
        thread_id=thread.id, number=2, reference="U2", sent_at=now, sent_by=nora.user_id,
        answers={section: says("draft_reading.answers")}, edition_digest=first.edition_digest,
        content_digest=first.content_digest, attestation="Läst.",
    )
    shown = make_shown(
        session, cast.team, assignment, by=cast.people["nora"], course=course,
        organization_id=police.organization_id,
        answers=answers_to(assignment) | {section: says("shown_version.answers")},
    )
    session.add_all([
        row, gift, quoting,
        Review(
            round_id=rounds[4].id, reviewer_id=trainer.id, outcome=Outcome.RETURN, levels={},
            due_on=date(2099, 1, 31), created_at=now, reason=says("review.reason"),
            corrects_id=review.id, **said,
        ),
        ReviewDraft(
            round_id=rounds[4].id, reviewer_id=trainer.id, updated_at=now,
            content={"overall": says("review_draft.content")},
        ),
        SavedComment(
            user_id=trainer.id, created_at=now, text=says("saved_comment.text"),
            criterion_id=course.items[cast.submission.assignment_id].criteria[0].id,
        ),
        SecondReader(
            team_id=None, submission_id=submission.id, reader_id=cast.role.user_id,
            named_by=trainer.id, named_at=now,
        ),
        *(
            Reading(
                round_id=rounds[4].id, reader_id=who, done_at=now, compared_at=now,
                review_id=review.id,
                content={"levels": {}, "comments": {criterion: says("reading.content")},
                         "overall": says("reading.content"), "outcome": "return", "due_on": ""},
            )
            for who in (trainer.id, cast.role.user_id)
        ),
        LoneReading(
            round_id=rounds[4].id, reason=says("lone_reading.reason"), recorded_by=trainer.id,
            recorded_at=now,
        ),
        PromiseChange(
            round_id=rounds[4].id, from_on=date(2099, 1, 1), to_on=date(2099, 1, 8),
            reason=says("promise_change.reason"), moved_by=trainer.id, moved_at=now,
        ),
        Draft(
            **key, answers={section: says("draft.answers")}, updated_at=now,
            updated_by=nora.user_id,
        ),
        Contribution(
            **key, enrollment_id=nora.id, section_id=section, updated_at=now,
            text=says("contribution.text"),
        ),
        SectionComment(
            **key, section_id=section, user_id=nora.user_id, created_at=now,
            text=says("section_comment.text"),
        ),
        SignOff(
            shown_version_id=shown.id, enrollment_id=police.id, is_approved=False,
            line=says("sign_off.line"), answered_at=now,
        ),
        SignOffWaiver(
            **key, organization_id=police.organization_id, reason=says("sign_off_waiver.reason"),
            waived_by=cast.people["county coordinator"].id, waived_at=now,
        ),
        ContributionLine(
            round_id=rounds[4].id, enrollment_id=mate.id, line=says("contribution_line.line"),
            written_at=now,
        ),
        TimeRequest(
            thread_id=thread.id, wanted_on=date(2099, 2, 28), line=says("time_request.line"),
            asked_by=nora.user_id, asked_at=now, granted_on=date(2099, 2, 28),
            answer=says("time_request.answer"), answered_by=trainer.id, answered_at=now,
        ),
        Extension(
            cohort_id=cast.cohort.id, **key, due_on=date(2099, 2, 28), granted_by=trainer.id,
            reason=says("extension.reason"), round=4, at=now,
        ),
        ThreadMessage(
            thread_id=thread.id, author_id=trainer.id, from_trainer=True, at=now,
            text=says("thread_message.text"),
        ),
        ThreadReader(
            thread_id=thread.id, user_id=trainer.id, updated_at=now,
            unsent={MESSAGE: {"text": says("thread_reader.unsent")}},
        ),
        DraftReply(
            reading_id=reading.id, comments={section: says("draft_reply.comments")},
            overall=says("draft_reply.overall"), reader_id=trainer.id, at=now,
        ),
        HandoverNote(
            team_id=cast.team.id, enrollment_id=nora.id, text=says("handover_note.text"),
            updated_at=now,
        ),
        Handover(
            team_id=cast.team.id, enrollment_id=mate.id, successor_id=newcomer.id,
            note=says("handover.note"), message=says("handover.message"),
            made_by=cast.people["county coordinator"].id, made_at=now,
        ),
        PlanChapter(
            team_id=cast.team.id, chapter_id="lage", sources={}, updated_at=now,
            updated_by=nora.user_id, answers={"inledning": says("plan_chapter.answers")},
        ),
        MunicipalPlan(
            team_id=cast.team.id, number=2, issued_at=now, issued_by=nora.user_id,
            fields={"title": "Plan", "issued_on": "2026-11-01", "sources": [], "chapters": [
                {"id": "lage", "parts": [{"id": "inledning",
                                          "value": says("municipal_plan.fields")}]}]},
            pdf=b"%PDF-" + says("municipal_plan.pdf").encode(), pdf_sha256="0" * 64,
            docx=b"PK" + says("municipal_plan.docx").encode(), docx_sha256="0" * 64,
            edition_digest="0" * 64,
        ),
    ])
    session.flush()
    cast.submission.claimed_by = trainer.id
    cast.submission.claimed_until = now + timedelta(days=30)
    source = SectionSource(
        section_row_id=row.id, contribution_id=gift.id, added_by=nora.user_id, added_at=now,
        version=1, before={"value": says("section_source.before")},
    )
    session.add(source)
    comment = session.scalars(
        select(SectionComment.id).where(SectionComment.assignment_id == assignment.id)
    ).first()
    session.flush()
    places = things | {
        "joint": assignment.slug, "joint id": assignment.id, "section": section,
        "individual id": assignment.id,  # the matrix builds a trainer's address of a team with it
        "joint submission": submission.id, "contribution": gift.id, "comment": comment,
        "source": source.id, "shown version": shown.id,
    }
    session.commit()
    people = {
        **{name: cast.people[name] for name in (
            "nora", "trainer", "county coordinator", "coordinator of Norr",
            "participant of Söder", "administrator",
        )},
        "newcomer": user_of(session, newcomer),
        "newcomer of the police": user_of(session, officer), "former": user_of(session, former),
    }
    clients = {name: login(user, on=app.test_client()) for name, user in people.items()}
    return clients, places, people, (submission, section)


def stop(session, course, cast, world):  # noqa: F811
    submission, section = world[3]
    by = session.get_one(User, cast.role.user_id)
    found = stop_round(
        session, submission, course, by=by, number=3, now=clock.now(),
        passages=[Passage(section=section, text=WORDS)],
    )
    session.commit()
    return found


def read(app, world, name, methods):
    """(what was read, where) of every place that somebody meets over the routes."""
    clients, places = world[:2]
    known = {mark(one): one for one in TYPED}
    return {
        (known.get(found, found), f"{method} {path}")
        for method, path, body in walk(app, places, clients[name], methods)
        for found in re.findall(re.escape(WORDS) + r"\W*(plats\w+|\b)", body)
    }


READ_BY_A_NEWCOMER = TYPED - {
    # hers alone; or nobody's before it is undone
    "contribution.text", "handover_note.text", "section_source.before", "saved_comment.text",
    # trainers'
    "lone_reading.reason", "promise_change.reason", "reading.content", "review_draft.content",
    "thread_reader.unsent", "municipal_plan.fields", "submission_round.answers",
}
READ_BY_A_TRAINER = {
    "contribution_line.line", "draft_reading.answers", "draft_reply.comments",
    "draft_reply.overall", "extension.reason",
    "promise_change.reason", "reading.content", "review.comments", "review.overall",
    "review.reason", "review_draft.content", "saved_comment.text",
    "submission_round.registered_reason", "thread_message.text", "thread_reader.unsent",
    "time_request.answer", "time_request.line",
}
READ_BY_A_FORMER = {
    "draft_reading.answers", "draft_reply.comments", "draft_reply.overall", "extension.reason",
    "thread_message.text", "time_request.answer", "time_request.line",
}


def test_before_the_stop_the_places_are_read(app, world):
    """The walk finds what is there to be found."""
    for name, places in (
        ("newcomer", READ_BY_A_NEWCOMER), ("trainer", READ_BY_A_TRAINER),
        ("former", READ_BY_A_FORMER),
    ):
        assert places == {place for place, _ in read(app, world, name, {"GET"})}, name


def test_after_it_nobody_reads_them_but_the_writers(
    app, session, course, cast, world  # noqa: F811
):
    stop(session, course, cast, world)

    told = [
        (name, *one)
        for name in world[0]
        if name != "nora"
        for one in read(app, world, name, {"GET"})
    ]
    assert told == []
    mine = {place for place, _ in read(app, world, "nora", {"GET"})}
    assert {"draft.answers", "section_comment.text", "plan_chapter.answers"} <= mine


def test_nor_in_what_is_answered_to_a_form(app, session, course, cast, world):  # noqa: F811
    stop(session, course, cast, world)

    assert [
        (name, *one)
        for name in ("newcomer", "newcomer of the police", "trainer")
        for one in read(app, world, name, {"POST"})
    ] == []


def test_nor_in_a_copy_of_ones_own_data(session, course, cast, world):  # noqa: F811
    people = world[2]
    stop(session, course, cast, world)

    for name, user in people.items():
        copy = json.dumps(own_rows(session, user.id), default=str, ensure_ascii=False)
        assert (WORDS in copy) is (name == "nora"), name


def test_a_copy_that_was_made_before_can_be_fetched_by_the_writers_alone(
    app, session, course, cast, world  # noqa: F811
):
    clients, _places, people = world[:3]
    copies = {
        name: make_copy(app, session, people[name], holds=WORDS.encode()).id
        for name in ("nora", "newcomer", "trainer")
    }
    waiting = DataCopy(
        user_id=people["trainer"].id, file="e" * 32, asked_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=24),
    )
    session.add(waiting)
    session.commit()
    for name, number in copies.items():
        answer = clients[name].get(f"/konto/integritet/kopia/{number}")
        assert answer.status_code == 200
        answer.close()

    stop(session, course, cast, world)

    for name, number in copies.items():
        answer = clients[name].get(f"/konto/integritet/kopia/{number}")
        assert answer.status_code == (200 if name == "nora" else 404), name
        answer.close()
    copy_made(session, waiting.id, now=waiting.asked_at)  # as of when the work was begun
    session.commit()
    assert session.get_one(DataCopy, waiting.id).ready_at is None


def test_what_somebody_has_typed_themselves_they_read(
    session, course, cast, world  # noqa: F811
):
    """The newcomer writes the words that she has heard: it is she who reads them."""
    stop(session, course, cast, world)
    clients, places, people = world[:3]
    session.add(
        SectionComment(
            team_id=cast.team.id, assignment_id=places["joint id"], section_id=places["section"],
            user_id=people["newcomer"].id, text=f"{WORDS} Egna.", created_at=NOON,
        )
    )
    session.commit()
    page = f"/team/{cast.team.id}/uppgift/{places['joint']}/avsnitt/{places['section']}"
    assert f"{WORDS} Egna." in clients["newcomer"].get(page).text
    assert f"{WORDS} Egna." not in clients["newcomer of the police"].get(page).text
