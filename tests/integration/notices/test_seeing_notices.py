"""What the owner sees of who is told, and what a digest says in the mail."""

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.cli.notices import WHY, WHY_NOT
from app.mail.sending import send_all
from courses.models import OutboxMail
from courses.rules.notices import Hold
from courses.services.notices import notify
from courses.vocabulary import EnrollmentState, NoticeKind, Role
from tests.factories import make_enrollment, make_role, make_user
from tests.integration.notices.conftest import TODAY
from tests.mailserver import use


def test_the_preview_says_who_and_why_and_writes_nothing(app, session, cohort, own, due):
    due(own, TODAY + timedelta(days=7))
    one, paused = make_enrollment(session, cohort), make_enrollment(session, cohort)
    paused.state = EnrollmentState.PAUSED
    session.commit()

    said = app.test_cli_runner().invoke(args=["notices", "preview"]).output

    assert f"would get: user {one.user_id} deadline {own.id}, 2027-02-08" in said
    assert f"would not: user {paused.user_id} deadline" in said
    assert "(the last day is near and it is not handed in)" in said
    assert "(paused)" in said
    assert "1 digests with 1 facts; 1 held back" in said
    assert session.scalars(select(OutboxMail)).all() == []


def test_the_preview_has_words_for_everything():
    assert (set(WHY), set(WHY_NOT)) == (set(NoticeKind), set(Hold))


def test_the_administrator_sees_who_was_told_what_kind_of_thing(session, cohort, own, client,
                                                                login, send):
    person = make_enrollment(session, cohort, user=make_user(session, email="anna@example.org"))
    admin = make_role(session, Role.ADMINISTRATOR)
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    send()

    page = login(admin, on=client).get("/admin").text

    told = page.split("Vem som har fått vilka besked")[1].split("<h2")[0]
    assert "anna@example.org" in told
    assert "Återkoppling" in told
    assert "Väntar" in told
    assert own.title not in page


def test_a_digest_goes_by_mail_and_holds_no_text_of_anybodys(app, server, session, cohort, own,
                                                             send):
    person = make_enrollment(session, cohort)
    notify(session, [person.user_id], NoticeKind.FEEDBACK, "feedback:1", cohort_id=cohort.id,
           item_id=own.id, now=clock.now())
    send()
    use(app, f"smtp://127.0.0.1:{server.port}")

    assert send_all(app) == (1, 0)

    message = server.taken[0][1]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<https://stegvis.example/avanmal/")
    assert message["List-Unsubscribe"][1:-1] in message.get_content()
    assert message.get_content_type() == "text/plain"
    assert f"https://stegvis.example/uppgift/{own.slug}/aterkoppling" in message.get_content()
