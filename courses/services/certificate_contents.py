"""What will stand on a certificate: read, checked and put into words, and nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course, EditionStore, Item, Lesson
from courses.documents.certificate import CertificateData, CertificateModule, Translation
from courses.documents.codes import new_code, new_token
from courses.models import Cohort, Completion, Edition, Enrollment, OwnerSetting, User
from courses.rules.calendar import STOCKHOLM
from courses.rules.certificates import half_hours
from courses.rules.installing import OWNER
from courses.rules.requirements import is_met, required_by_module
from courses.vocabulary import Language


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A certificate that only needs to be drawn and kept."""

    enrollment_id: int
    user_id: int
    course_id: str
    edition_digest: str
    token: str
    data: CertificateData

    @property
    def fields(self) -> dict[str, Any]:
        """Everything printed, as it is kept beside the document."""
        data = self.data
        return {
            "language": data.language,
            "kind": data.kind,
            "subject": data.subject,
            "name": data.holder,
            "paragraphs": list(data.paragraphs),
            "modules": [
                {"number": each.number, "title": each.title, "hours": str(each.hours)}
                for each in data.modules
            ],
            "starts_on": data.starts_on.isoformat(),
            "ends_on": data.ends_on.isoformat(),
            "hours": str(data.hours),
            "issuer": data.issuer,
            "issued_on": data.issued_on.isoformat(),
            "disclaimer": data.disclaimer,
        }


def prepare_certificate(
    session: Session,
    editions: EditionStore,
    enrollment_id: int,
    *,
    base_url: str,
    now: datetime,
    even_if_open: bool = False,
) -> Prepared | None:
    """Return what the full certificate of an enrollment says, or None when it is not earned.

    `even_if_open` is for a new copy of what has been issued before: that was earned.
    """
    enrollment = session.get_one(Enrollment, enrollment_id)
    cohort = session.get_one(Cohort, enrollment.cohort_id)
    edition = session.get_one(Edition, cohort.edition_id)
    holder = session.get_one(User, enrollment.user_id)
    finished = {
        row.item_id: row.at.astimezone(STOCKHOLM).date()
        for row in session.execute(
            select(Completion.item_id, Completion.at).where(
                Completion.enrollment_id == enrollment_id
            )
        )
    }
    if not even_if_open and not is_met(cohort.requirement_set, finished):
        return None
    loaded = editions.get(edition.digest)
    token = new_token()
    return Prepared(
        enrollment_id=enrollment_id,
        user_id=holder.id,
        course_id=cohort.course_id,
        edition_digest=edition.digest,
        token=token,
        data=_data(
            cohort, holder, finished, now.astimezone(STOCKHOLM).date(), base_url, token,
            courses=[loaded.course(language) for language in Language],
            issuer=_issuer(session),
        ),
    )


def _issuer(session: Session) -> str:
    """The authority that the installation was set up with, if it was."""
    stored = session.get(OwnerSetting, OWNER)
    return str(stored.value["name"]) if stored else ""


def _data(
    cohort: Cohort,
    holder: User,
    finished: Mapping[str, date],
    today: date,
    base_url: str,
    token: str,
    *,
    courses: list[Course],
    issuer: str,
) -> CertificateData:
    swedish, english = courses
    modules = _modules(swedish, cohort, finished)
    hours = sum((module.hours for module in modules), Decimal())
    required = [item for line in cohort.requirement_set for item in line["items"]]
    ends_on = max((finished[item] for item in required if item in finished), default=today)
    kind, _, subject = swedish.certificate.title.partition(": ")
    places = {
        "name": holder.own_name,
        "start": cohort.starts_on,
        "end": max(ends_on, cohort.starts_on),
        "hours": hours,
    }
    return CertificateData(
        language=swedish.language,
        kind=kind,
        subject=subject or swedish.title,
        holder=holder.own_name,
        paragraphs=(_filled(swedish, places),),
        modules=modules,
        starts_on=cohort.starts_on,
        ends_on=max(ends_on, cohort.starts_on),
        hours=hours,
        issuer=issuer or swedish.owner.name,
        issued_on=today,
        code=new_code(),
        verify_url=f"{base_url}/verifiera/{token}",
        check_address=f"{base_url}/verifiera".partition("://")[2],
        disclaimer=swedish.certificate.disclaimer,
        translation=(
            Translation("en", (_filled(english, places), english.certificate.disclaimer))
            if "en" in english.languages
            else None
        ),
    )


def _filled(course: Course, places: Mapping[str, Any]) -> str:
    """Return the course's text with names, days and numbers in its places."""

    def said(value: Any) -> str:
        if isinstance(value, date):
            return format_date(value, "d MMMM y", locale=course.language)
        if isinstance(value, Decimal):
            return format_decimal(value, locale=course.language)
        return str(value)

    return course.certificate.text.format_map({name: said(v) for name, v in places.items()})


def _modules(
    course: Course, cohort: Cohort, finished: Mapping[str, date]
) -> tuple[CertificateModule, ...]:
    """Return the modules of the requirement set, with the hours of what is finished in them."""
    required = required_by_module(
        cohort.requirement_set, {module.id: module.items for module in course.modules}
    )
    listed = [module for module in course.modules if required[module.id]]
    hours = half_hours(
        [
            sum(_minutes(module.items[i]) for i in required[module.id] if i in finished)
            for module in listed
        ]
    )
    return tuple(
        CertificateModule(module.number, module.title, each)
        for module, each in zip(listed, hours, strict=True)
    )


def _minutes(item: Item) -> int:
    if isinstance(item, Lesson):
        return item.minutes.total
    return item.minutes if isinstance(item, Assignment) else 0
