"""From the last requirement to the paper in somebody's hand, and back again.

Long because one life is followed from end to end.
"""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote

import pypdf
import pytest
from sqlalchemy import select

from app import clock
from app.jobs import certificates
from app.worker import Worker
from courses.models import AuditEvent, Certificate, CompletionEvent, Job, OutboxMail
from courses.rules.requirements import required_items
from courses.services.progress import derive, record_completion
from courses.vocabulary import CertificateState, CompletionKind, Role
from tests.factories import (
    LONG_AGO,
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_user,
    user_of,
)


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def coordinator(session):
    return make_role(session, Role.COORDINATOR)


@pytest.fixture
def asa(session, cohort, course):
    """Somebody who has met every requirement."""
    return finished(session, cohort, course, name="Åsa Öberg")


def finished(session, cohort, course, *, name, but=()):
    enrollment = make_enrollment(session, cohort, user=make_user(session, name=name))
    for item in required_items(cohort.requirement_set):
        if item not in but:
            session.add(
                CompletionEvent(
                    enrollment_id=enrollment.id, item_id=item, kind=CompletionKind.DONE,
                    at=LONG_AGO, content_digest="0",
                )
            )
    derive(session, [enrollment], course)
    return enrollment


def work(app, session):
    session.commit()
    Worker(app).drain()
    session.rollback()  # what is read from here on is what the worker left
    session.expire_all()


def issue(app, session, post, cohort, *people):
    session.commit()
    answer = post(f"/samordna/{cohort.id}/intyg", {"enrollment": [e.id for e in people]})
    work(app, session)
    return answer


def only_certificate(session):
    return session.scalars(select(Certificate)).one()


def test_from_the_last_requirement_to_the_check_by_a_stranger(
    app, client, session, post, login, cohort, coordinator, asa
):
    login(coordinator)
    page = client.get(f"/samordna/{cohort.id}/intyg").text
    assert "Åsa Öberg" in page
    assert "Utfärda 1 intyg" in page

    answer = post(f"/samordna/{cohort.id}/intyg", {"enrollment": [asa.id]})
    assert answer.status_code == 303
    assert session.scalars(select(Certificate)).all() == []  # nothing is drawn in a request
    assert "Skapas" in client.get(answer.location).text

    work(app, session)
    certificate = only_certificate(session)
    login(user_of(session, asa))
    page = client.get(f"/intyg/{certificate.id}").text
    assert "Åsa Öberg" in page
    assert certificate.code in page

    document = client.get(f"/intyg/{certificate.id}/intyg.pdf")
    assert document.mimetype == "application/pdf"
    assert document.data == certificate.pdf
    assert sha256(document.data).hexdigest() == certificate.sha256
    assert "Åsa Öberg.pdf" in unquote(document.headers["Content-Disposition"])
    assert 'filename="Intyg Asa Oberg.pdf"' in document.headers["Content-Disposition"]
    text = pypdf.PdfReader(BytesIO(document.data)).pages[0].extract_text()
    assert "Åsa Öberg" in text
    assert certificate.code in text

    stranger = app.test_client()
    sloppy = certificate.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for answer in (
        stranger.get("/verifiera", query_string={"kod": f" {sloppy} "}),
        stranger.get(f"/verifiera/{certificate.token}"),
        stranger.get(f"/verifiera/{certificate.code}"),
    ):
        assert answer.status_code == 200
        assert "Intyget är giltigt" in answer.text
        assert "Åsa Öberg" in answer.text
        assert certificate.fields["issuer"] in answer.text


def test_the_holder_gets_one_mail_and_the_trail_says_who_issued(
    app, session, post, login, cohort, coordinator, asa
):
    login(coordinator)
    issue(app, session, post, cohort, asa)

    mail = session.scalars(select(OutboxMail)).one()
    assert mail.user_id == asa.user_id
    assert mail.template == "certificate"
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "certificate:issue")
    ).one()
    assert event.actor_id == coordinator.id
    assert only_certificate(session).issued_by == coordinator.id


def test_hours_are_those_of_what_was_finished_and_add_up(
    app, session, post, login, cohort, coordinator, course, asa
):
    login(coordinator)
    issue(app, session, post, cohort, asa)

    fields = only_certificate(session).fields
    minutes = sum(
        getattr(item.minutes, "total", item.minutes)
        for i in required_items(cohort.requirement_set)
        if hasattr(item := course.items.get(i), "minutes")
    )
    assert abs(float(fields["hours"]) * 60 - minutes) <= 15
    assert sum(float(m["hours"]) for m in fields["modules"]) == float(fields["hours"])


def test_someone_with_a_requirement_left_is_not_ready(
    app, client, session, post, login, cohort, coordinator, course
):
    missing = required_items(cohort.requirement_set)[-1]
    nearly = finished(session, cohort, course, name="Nästan Klar", but=[missing])
    login(coordinator)

    issue(app, session, post, cohort, nearly)

    assert "Nästan Klar" not in client.get(f"/samordna/{cohort.id}/intyg").text
    assert session.scalars(select(Certificate)).all() == []


def test_the_worker_looks_at_the_requirements_again(
    app, session, post, login, cohort, coordinator, course, asa
):
    login(coordinator)
    session.commit()
    post(f"/samordna/{cohort.id}/intyg", {"enrollment": [asa.id]})
    record_completion(
        session, enrollment=asa, item_id=required_items(cohort.requirement_set)[0],
        course=course, actor_id=None, now=LONG_AGO, kind=CompletionKind.UNDONE, reason="fel",
    )

    work(app, session)

    assert session.scalars(select(Certificate)).all() == []


def test_issuing_twice_or_running_the_job_twice_makes_one(
    app, session, post, login, cohort, coordinator, asa
):
    login(coordinator)
    issue(app, session, post, cohort, asa)
    issue(app, session, post, cohort, asa)
    job = session.scalars(select(Job)).one()
    certificates.issue(app, job.payload, clock.now())

    only_certificate(session)


def test_two_workers_at_once_make_one(app, session, post, login, cohort, coordinator, asa):
    login(coordinator)
    session.commit()
    post(f"/samordna/{cohort.id}/intyg", {"enrollment": [asa.id]})
    payload = session.scalars(select(Job)).one().payload
    session.commit()

    def run(_number):
        certificates.issue(app, payload, clock.now())

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(run, range(4)))

    only_certificate(session)
    assert len(session.scalars(select(OutboxMail)).all()) == 1


def test_a_cohort_can_issue_by_itself(app, session, course):
    cohort = make_cohort(session, course, issues_automatically=True)
    enrollment = finished(session, cohort, course, name="Auto")

    work(app, session)

    certificate = only_certificate(session)
    assert certificate.enrollment_id == enrollment.id
    assert certificate.issued_by is None


def test_a_revoked_certificate_says_so_and_can_be_issued_anew(
    app, client, session, post, login, cohort, coordinator, asa
):
    login(coordinator)
    issue(app, session, post, cohort, asa)
    certificate = only_certificate(session)

    assert client.get(f"/intyg/{certificate.id}/aterkalla").status_code == 200
    empty = post(f"/intyg/{certificate.id}/aterkalla", {"reason": ""})
    assert empty.status_code == 422
    assert "Skriv varför" in empty.text
    answer = post(f"/intyg/{certificate.id}/aterkalla", {"reason": "Fel person"})
    assert answer.status_code == 303

    stranger = app.test_client().get(f"/verifiera/{certificate.code}")
    assert "Intyget är återkallat" in stranger.text
    assert "Fel person" not in stranger.text
    again = post(f"/intyg/{certificate.id}/aterkalla", {"reason": "Igen"})
    assert again.status_code == 409

    issue(app, session, post, cohort, asa)
    states = session.scalars(select(Certificate.state).order_by(Certificate.id)).all()
    assert states == [CertificateState.REVOKED, CertificateState.VALID]


def test_a_replaced_certificate_points_at_the_new_one(
    app, client, session, post, login, cohort, coordinator, asa
):
    login(coordinator)
    issue(app, session, post, cohort, asa)
    old = only_certificate(session)
    user_of(session, asa).name = "Åsa Berg"
    session.commit()

    answer = post(f"/intyg/{old.id}/ersatt", {"reason": "Nytt namn"})
    assert answer.status_code == 303
    assert "Giltigt, ersätts" in client.get(answer.location).text
    assert "är giltigt" in app.test_client().get(f"/verifiera/{old.code}").text
    work(app, session)

    session.expire_all()
    new = session.scalars(select(Certificate).where(Certificate.id != old.id)).one()
    assert (old.state, old.replaced_by_id) == (CertificateState.REPLACED, new.id)
    assert (new.state, new.fields["name"]) == (CertificateState.VALID, "Åsa Berg")
    assert "Intyget är ersatt" in app.test_client().get(f"/verifiera/{old.code}").text


def test_only_the_holder_opens_a_certificate(
    app, client, session, post, login, cohort, coordinator, asa
):
    login(coordinator)
    issue(app, session, post, cohort, asa)
    certificate = only_certificate(session)
    other = make_enrollment(session, cohort)

    for person in (coordinator, user_of(session, other)):
        login(person)
        assert client.get(f"/intyg/{certificate.id}").status_code == 404
        assert client.get(f"/intyg/{certificate.id}/intyg.pdf").status_code == 404
    assert app.test_client().get(f"/intyg/{certificate.id}").location.startswith("/logga-in")


def test_only_the_county_coordinator_issues(client, session, post, login, cohort, asa):
    municipal = make_role(
        session, Role.COORDINATOR, cohort=cohort, organization=make_organization(session)
    )
    path = f"/samordna/{cohort.id}/intyg"
    login(municipal)
    assert client.get(path).status_code == 403
    assert post(path, {"enrollment": [asa.id]}).status_code == 403
    login(user_of(session, asa))
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 400  # no CSRF token


def test_the_pages_ask_few_questions(
    app, client, session, post, login, cohort, coordinator, course, asa, count_statements
):
    login(coordinator)
    issue(app, session, post, cohort, asa)
    client.get(f"/samordna/{cohort.id}/intyg")
    with count_statements() as few:
        client.get(f"/samordna/{cohort.id}/intyg")
    session.commit()
    for number in range(5):
        finished(session, cohort, course, name=f"Klar {number}")
    session.commit()
    with count_statements() as many:
        client.get(f"/samordna/{cohort.id}/intyg")
    assert len(many) == len(few) <= 8

    certificate = only_certificate(session)
    login(user_of(session, asa))
    with count_statements() as own:
        client.get(f"/intyg/{certificate.id}")
    assert len(own) <= 8


def test_the_coordinator_sees_that_one_could_not_be_made(
    app, client, session, post, login, cohort, coordinator, course
):
    strange = finished(session, cohort, course, name="Person \N{CUNEIFORM SIGN A}")
    login(coordinator)
    issue(app, session, post, cohort, strange)

    page = client.get(f"/samordna/{cohort.id}/intyg").text

    assert "Ett försök misslyckades, ett nytt görs" in page
    assert session.scalars(select(Certificate)).all() == []
