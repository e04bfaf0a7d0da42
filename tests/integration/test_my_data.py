"""A copy holds what every table declares and nobody else's; erasing takes what it declares.

The rows are made from the metadata, so a table that is added is asked about at once.
Long because copy and erasure are asked of the same people."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import LargeBinary, String, func, select

from app import clock
from app.copies import making  # noqa: F401 - registers the worker's part
from app.copies.keeping import Sealed, folder, pieces
from app.worker import Worker
from courses.errors import NotFound, Reason, Refused
from courses.models import (
    AccessEvent,
    AuditEvent,
    DataCopy,
    Draft,
    Enrollment,
    FileFinding,
    OutboxMail,
    StoredFile,
    Submission,
    SubmissionRound,
    Team,
    TeamMember,
    User,
)
from courses.models.about import about, leading, models, shown
from courses.models.base import NOT_PERSONAL
from courses.queries.my_data import (
    MANY,
    copy_to_fetch,
    erasable_counts,
    own_rows,
    stored_counts,
)
from courses.rules.identity_guard import FindingKind
from courses.services.erasing import ERASED, erase_person
from courses.services.my_data import order_copy
from courses.vocabulary import EnrollmentState, FileState, Role
from tests.copying import person_with_everything
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
    user_of,
)
from tests.files.good import pdf
from tests.filing import beside_draft
from tests.reflecting import make_reflection

NOW = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def me(session, course, cohort):
    return person_with_everything(session, course, cohort, "minatext")


@pytest.fixture
def other(session, course, cohort):
    return person_with_everything(session, course, cohort, "annantext")


def personal():
    return {
        name: model for name, model in models().items()
        if model.__personal__ is not NOT_PERSONAL
    }


def written(value):
    return json.dumps(value, default=str, ensure_ascii=False)


def test_every_table_about_people_leads_to_them_or_says_why_not():
    for name, model in personal().items():
        if not leading(model):
            assert not model.__personal__.is_exported, name
            assert not model.__personal__.is_erased, name


def test_a_copy_has_every_table_that_declares_it(session, me):
    rows = own_rows(session, me.id)

    expected = {name for name, model in personal().items() if model.__personal__.is_exported}
    assert rows.keys() == expected
    assert stored_counts(session, me.id).keys() >= expected


def test_a_copy_has_every_text_but_those_that_are_withheld(session, me):
    copy = written(own_rows(session, me.id))

    have = {"user", "enrollment", "team", "team_member", "submission", "submission_round"}
    for name, model in personal().items():
        if name in have or not model.__personal__.is_exported or not leading(model):
            continue
        for column in model.__table__.columns:
            if type(column.type) is not String or column.foreign_keys or column.name == "sha256":
                continue
            told = f"minatext {name}.{column.name}" in copy
            assert told is (column.name in shown(model)), (name, column.name)


def test_no_copy_shows_a_hash_or_a_key(session, me):
    for name, rows in own_rows(session, me.id).items():
        for column in models()[name].__table__.columns:
            if column.name.endswith("_hash") or isinstance(column.type, LargeBinary):
                assert column.name not in rows[0], name


def test_a_copy_has_nothing_of_anybody_else(session, me, other):
    copy = own_rows(session, me.id)

    assert "annantext" not in written(copy)
    assert "minatext" not in written(own_rows(session, other.id))


def test_a_joint_hand_in_is_in_the_copy_of_whoever_was_a_member_then(session, course, cohort):
    team = make_team(session, cohort)
    early = make_enrollment(session, cohort, team=team)
    submission = make_submission(session, cohort, team, course.items["GU1"])
    late = make_enrollment(session, cohort, team=team)

    mine = own_rows(session, early.user_id)
    theirs = own_rows(session, late.user_id)

    assert len(mine["submission_round"]) == 1
    assert "members" not in mine["submission_round"][0]
    assert "submission_round" not in theirs
    assert submission.id == mine["submission"][0]["id"]


def test_a_joint_draft_is_the_teams_and_in_nobodys_copy(session, course, cohort):
    team = make_team(session, cohort)
    enrollment = make_enrollment(session, cohort, team=team)
    session.add(
        Draft(team_id=team.id, assignment_id="GU1", answers={"a": "Vårt"}, updated_at=NOW,
              updated_by=enrollment.user_id)
    )
    session.flush()

    assert "draft" not in own_rows(session, enrollment.user_id)
    erase_person(session, enrollment.user_id, now=NOW)
    assert session.scalar(select(func.count(Draft.id))) == 1


def make_it(app):
    worker = Worker(app)
    while worker._job():
        pass


def unpacked(app, session, user_id):
    session.rollback()
    copy = session.scalars(
        select(DataCopy).where(DataCopy.user_id == user_id, DataCopy.ready_at == NOW)
        .order_by(DataCopy.id.desc())
    ).first()
    with app.app_context():
        return copy, zipfile.ZipFile(io.BytesIO(b"".join(pieces(copy.file))))


def test_the_worker_makes_one_file_that_reads_without_us(app, session, course, cohort):
    enrollment = make_enrollment(session, cohort, user=make_user(session, name="Nora Norr"))
    user = user_of(session, enrollment)
    make_reflection(app, session, user, text="Bara jag vet.")
    order_copy(session, user.id, now=NOW)
    order_copy(session, user.id, now=NOW)  # the one that is being made
    session.commit()

    make_it(app)
    copy, archive = unpacked(app, session, user.id)

    assert archive.testzip() is None
    page = archive.read("index.html").decode()
    data = json.loads(archive.read("data.json"))
    assert "Nora Norr" in page
    assert "Bara jag vet." in page
    assert data["tables"]["reflection"][0]["text"] == "Bara jag vet."
    assert "http" not in page.replace("http-equiv", "")
    assert copy.expires_at == NOW + timedelta(hours=24)
    with app.app_context():
        on_disk = (folder() / copy.file).read_bytes()
    assert b"Bara jag vet" not in on_disk
    assert on_disk[:2] != b"PK"


def test_a_copy_of_somebody_with_everything_can_be_made(app, session, me):
    order_copy(session, me.id, now=NOW)
    session.commit()

    make_it(app)
    _, archive = unpacked(app, session, me.id)

    assert "minatext" in archive.read("index.html").decode()


def test_ones_own_files_are_in_the_copy_but_neither_others_nor_what_was_stopped(
    app, session, course, cohort
):
    team = make_team(session, cohort)
    mine, theirs = (make_enrollment(session, cohort, team=team) for _ in range(2))
    for place, (enrollment, name) in enumerate(((mine, "min.pdf"), (theirs, "annan.pdf")), 1):
        beside_draft(
            app, session, team, course.items["GU1"], by=user_of(session, enrollment), name=name,
            place=place, content=pdf(name),
        )
    beside_draft(
        app, session, team, course.items["GU1"], by=user_of(session, mine), name="smitta.pdf",
        place=3, state=FileState.REFUSED, reason="upload_virus",
    )
    order_copy(session, mine.user_id, now=NOW)
    session.commit()

    make_it(app)
    _, archive = unpacked(app, session, mine.user_id)

    names = [name for name in archive.namelist() if name.startswith("filer/")]
    assert len(names) == 1
    assert names[0].endswith("min.pdf")
    assert archive.read(names[0]) == pdf("min.pdf")


def test_a_copy_goes_after_a_day_with_its_file(app, session, cohort):
    user = make_user(session)
    order_copy(session, user.id, now=NOW)
    session.commit()
    make_it(app)
    copy, _ = unpacked(app, session, user.id)
    assert copy_to_fetch(session, user.id, copy.id, now=NOW + timedelta(hours=23)).copy is copy
    with pytest.raises(NotFound):
        copy_to_fetch(session, user.id, copy.id, now=NOW + timedelta(hours=24))
    session.rollback()

    with time_machine.travel(NOW + timedelta(hours=24, minutes=1), tick=False):
        make_it(app)

    session.rollback()
    assert session.scalar(select(func.count(DataCopy.id))) == 0
    with app.app_context():
        assert list(folder().iterdir()) == []


def test_a_copy_is_made_also_after_the_first_has_gone(app, session, cohort):
    user = make_user(session)
    for day in range(2):
        with time_machine.travel(NOW + timedelta(days=2 * day), tick=False):
            copy = order_copy(session, user.id, now=clock.now())
            session.commit()
            make_it(app)
            session.refresh(copy)
            assert copy.ready_at == clock.now()
            session.rollback()
        with time_machine.travel(NOW + timedelta(days=2 * day + 1, hours=1), tick=False):
            make_it(app)  # it goes


def test_a_copy_names_everybody_who_has_opened_something(app, session, cohort):
    user, reader = make_user(session), make_user(session)
    session.add_all(
        AccessEvent(at=NOW, actor_id=reader.id, subject_id=user.id, what=f"submission:{n}")
        for n in range(MANY + 1)
    )
    order_copy(session, user.id, now=NOW)
    session.commit()

    make_it(app)

    _, archive = unpacked(app, session, user.id)
    assert len(json.loads(archive.read("data.json"))["opened_by"]) == MANY + 1


def test_large_copies_are_written_and_read_in_pieces(app):
    held = bytes(range(256)) * 10_000
    with app.app_context():
        file = Sealed("f" * 32)
        for start in range(0, len(held), 77_777):
            file.write(held[start : start + 77_777])
        file.keep()
        read = list(pieces("f" * 32))

    assert b"".join(read) == held
    assert len(read) == 3


def test_erasing_takes_what_the_tables_declare_and_leaves_the_rest(session, me, other):
    before = {
        name: session.scalar(
            select(func.count()).select_from(model).where(about(model, me.id))
        )
        for name, model in personal().items() if leading(model)
    }
    others = stored_counts(session, other.id)
    promised = erasable_counts(session, me.id)

    gone = erase_person(session, me.id, now=NOW)
    session.expire_all()

    for name, model in personal().items():
        if not leading(model) or name in ("audit_event", "user"):
            continue
        left = session.scalar(select(func.count()).select_from(model).where(about(model, me.id)))
        if name in ("stored_file", "file_finding"):
            assert left == before[name], name  # it was handed in
        elif model.__personal__.is_erased:
            assert left == 0, name
            assert gone[name] == before[name], name
        else:
            assert left == before[name], name
    assert stored_counts(session, other.id) == others
    assert promised == gone  # what the page before it has said


def test_what_was_found_in_a_file_goes_with_the_file(app, session, course, cohort):
    mine = make_enrollment(session, cohort, team=make_team(session, cohort))
    file = beside_draft(app, session, mine, course.items["U1"], by=user_of(session, mine))
    session.add(FileFinding(stored_file_id=file.stored_file_id, kind=FindingKind.NAME, line=3))
    session.flush()

    erase_person(session, mine.user_id, now=NOW)

    assert session.scalar(select(func.count(StoredFile.id))) == 0
    assert session.scalar(select(func.count(FileFinding.id))) == 0


def test_erasing_empties_the_row_and_keeps_its_id(session, me, cohort):
    erase_person(session, me.id, now=NOW)
    session.expire_all()

    user = session.get(User, me.id)
    assert (user.email, user.name, user.password_hash, user.sector, user.organization_id) == (
        None, ERASED, None, None, None
    )
    assert user.disabled_at == NOW
    assert session.scalars(select(SubmissionRound)).one()
    enrollment = session.scalars(select(Enrollment).where(Enrollment.user_id == me.id)).one()
    assert enrollment.state is EnrollmentState.ENDED
    assert session.scalars(
        select(TeamMember.left_on).where(TeamMember.enrollment_id == enrollment.id)
    ).all() == [NOW.date()]
    assert session.scalars(select(Team.holder_id)).all() == [None]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "user:erase")).one()
    assert "minatext" not in str(event.details)


def test_erasing_again_does_nothing(session, me):
    assert erase_person(session, me.id, now=NOW)
    assert erase_person(session, me.id, now=NOW) == {}
    assert session.scalar(
        select(func.count(AuditEvent.id)).where(AuditEvent.action == "user:erase")
    ) == 1


def test_the_coordinator_is_told_once_and_without_a_name(session, cohort):
    enrollment = make_enrollment(session, cohort, user=make_user(session, name="Nora Norr"))
    coordinator = make_role(session, Role.COORDINATOR, cohort=cohort)
    make_role(session, Role.COORDINATOR, cohort=make_cohort_elsewhere(session, cohort))
    make_role(session, Role.ADMINISTRATOR)

    erase_person(session, enrollment.user_id, now=NOW)

    mail = session.scalars(select(OutboxMail)).one()
    assert (mail.user_id, mail.template) == (coordinator.id, "account_erased")
    assert "Nora" not in str(mail.params)


def make_cohort_elsewhere(session, cohort):
    from courses.models import Cohort

    elsewhere = Cohort(
        course_id=cohort.course_id, edition_id=cohort.edition_id, name="Annan",
        starts_on=cohort.starts_on, ends_on=cohort.ends_on, opened_at=cohort.opened_at,
        requirement_set=cohort.requirement_set, shares_drafts_across_authorities=False,
    )
    session.add(elsewhere)
    session.flush()
    return elsewhere


def test_without_a_cohort_an_administrator_is_told(session):
    editor = make_role(session, Role.EDITOR)
    administrator = make_role(session, Role.ADMINISTRATOR)

    erase_person(session, editor.id, now=NOW)

    assert session.scalars(select(OutboxMail)).one().user_id == administrator.id


def test_the_last_administrator_stays(session):
    only = make_role(session, Role.ADMINISTRATOR)

    with pytest.raises(Refused) as refused:
        erase_person(session, only.id, now=NOW)

    assert refused.value.reason is Reason.LAST_ADMINISTRATOR


def test_what_somebody_was_reading_is_free_for_others(session, course, cohort):
    trainer = make_role(session, Role.TRAINER, cohort=cohort)
    submission = make_submission(
        session, cohort, make_enrollment(session, cohort), course.items["U1"],
        claimed_by=trainer.id, claimed_until=NOW + timedelta(minutes=20),
    )

    erase_person(session, trainer.id, now=NOW)
    session.expire_all()

    assert session.get(Submission, submission.id).claimed_by is None
