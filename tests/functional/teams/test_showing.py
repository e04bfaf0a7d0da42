"""Showing a version on purpose: who reads it then, what it says, and being ready."""

from sqlalchemy import func, select

from courses.models import Notice, ReadyMark, ShownVersion
from courses.vocabulary import NoticeKind
from tests.factories import make_enrollment, make_team


def text(answer):
    return answer.get_data(as_text=True)


def test_the_page_says_who_will_read_and_what_it_becomes(trio, as_):
    page = text(as_(trio.user(trio.karin)).get(f"{trio.path}/visa"))

    assert "Yngve (Polisen)" in page
    assert "tillgänglig för en annan myndighet: Polisen" in page
    assert "kan bli en allmän handling" in page


def test_what_is_shown_stays_as_it_was(trio, as_, post, session):
    before = as_(trio.user(trio.yngve)).get(f"{trio.path}/visade")
    answer = post(f"{trio.path}/visa", {"v": 1}, on=as_(trio.user(trio.karin)))
    section = trio.write("Skrivet efteråt.")

    page = text(as_(trio.user(trio.yngve)).get(answer.location))

    assert "Ingenting har visats än" in text(before)
    assert answer.status_code == 303
    assert f"Det här står under {section.label}" in page
    assert "Skrivet efteråt" not in page
    assert f"<li>{section.label}</li>" in page  # what has changed since
    told = session.scalars(select(Notice.user_id).where(Notice.kind == NoticeKind.SHOWN)).all()
    assert set(told) == {trio.anders.user_id, trio.yngve.user_id}


def test_the_same_text_is_shown_once(trio, as_, post, session):
    karin = as_(trio.user(trio.karin))
    first = post(f"{trio.path}/visa", {"v": 1}, on=karin)
    second = post(f"{trio.path}/visa", {"v": 1}, on=karin)

    assert first.location == second.location
    assert session.scalar(select(func.count(ShownVersion.id))) == 1


def test_a_text_that_changed_meanwhile_is_read_first(trio, as_, post):
    trio.write()

    answer = post(f"{trio.path}/visa", {"v": 1}, on=as_(trio.user(trio.karin)))

    assert answer.status_code == 409
    assert "Utkastet har ändrats" in text(answer)


def test_a_personal_number_is_never_shown(trio, as_, post, session):
    trio.write("Hen har 19811228-9874.")

    answer = post(f"{trio.path}/visa", {"v": 2, "checked": "1"}, on=as_(trio.user(trio.karin)))

    assert answer.status_code == 422
    assert session.scalar(select(func.count(ShownVersion.id))) == 0


def test_what_may_point_out_somebody_is_asked_about_once(trio, as_, post):
    trio.write("Ring Lena Berg på 070-123 45 67.")
    karin = as_(trio.user(trio.karin))

    asked = post(f"{trio.path}/visa", {"v": 2}, on=karin)
    shown = post(f"{trio.path}/visa", {"v": 2, "checked": "1"}, on=karin)

    assert (asked.status_code, shown.status_code) == (422, 303)


def test_without_a_token_nothing_is_shown(trio, as_):
    assert as_(trio.user(trio.karin)).post(f"{trio.path}/visa", data={"v": 1}).status_code == 400


def test_ready_falls_back_when_the_text_changes(trio, as_, post, session):
    anders = as_(trio.user(trio.anders))
    post(f"{trio.path}/klar-for-mig", {"v": 1}, on=anders)
    ready = text(anders.get(trio.path))
    trio.write()

    later = text(anders.get(trio.path))

    assert "Anders: klar<" in ready
    assert "Anders: klar för en tidigare version" in later
    assert "Yngve: inte klar än" in later
    assert session.scalar(select(func.count(ReadyMark.id))) == 1


def test_who_may_not_read_the_draft_is_ready_with_what_was_shown(trio, as_, post):
    yngve = as_(trio.user(trio.yngve))
    refused = post(f"{trio.path}/klar-for-mig", {"v": 1}, on=yngve)
    shown = trio.show()

    post(f"{trio.path}/klar-for-mig", {"visad": shown.id}, on=yngve)

    assert refused.status_code == 403
    assert "Yngve: har läst den visade versionen" in text(yngve.get(trio.path))


def test_ready_can_be_taken_back(trio, as_, post):
    anders = as_(trio.user(trio.anders))
    post(f"{trio.path}/klar-for-mig", {"v": 1}, on=anders)
    post(f"{trio.path}/klar-for-mig", {"v": 1, "inte": "1"}, on=anders)

    assert "Anders: inte klar än" in text(anders.get(trio.path))


def test_a_version_of_another_team_is_not_found(trio, session, as_):
    other = make_team(session, trio.cohort)
    stranger = make_enrollment(session, trio.cohort, team=other)
    shown = trio.show()
    address = f"/team/{other.id}/uppgift/{trio.joint.slug}/visade/{shown.id}"

    assert as_(trio.user(stranger)).get(f"{trio.path}/visade/{shown.id}").status_code == 404
    assert as_(trio.user(stranger)).get(address).status_code == 404


def test_who_may_not_read_the_draft_meets_the_shown_version_before_the_sections(
    trio, as_, post
):
    yngve = as_(trio.user(trio.yngve))
    assert "Läs den visade versionen" not in text(yngve.get(trio.path))
    shown = post(f"{trio.path}/visa", {"v": 1}, on=as_(trio.user(trio.karin))).location

    top, _sections = text(as_(trio.user(trio.yngve)).get(trio.path)).split("<table", 1)

    assert shown in top
