"""All dates of a cohort in one form, made from what its course has to date."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.clock import STOCKHOLM
from app.forms.fields import DayField, VersionedForm, strip
from courses.catalog import Course, Dates, Meeting
from courses.queries.coordination import CohortContext
from courses.queries.setup import StoredDates


class DatesForm(VersionedForm):
    """The fields of modules, assignments and meetings are added by `dates_form`."""

    ends_on = DayField(
        _l("Utbildningsomgången slutar"), [InputRequired(_l("Välj när omgången slutar"))]
    )
    course: Course
    stored: StoredDates
    """What stands now, whatever was typed."""

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        for meeting in self.course.meetings:
            fits = self._meeting_fits(meeting.id) and fits
        return fits

    def _meeting_fits(self, meeting_id: str) -> bool:
        day, last = self[f"day-{meeting_id}"], self[f"last-{meeting_id}"]
        begins, ends = self[f"from-{meeting_id}"], self[f"to-{meeting_id}"]
        if day.errors or last.errors or begins.errors or ends.errors or day.data is None:
            return True
        for field in (begins, ends):
            if field.data is None:
                field.errors = [_("Skriv ett klockslag, till exempel 09.00")]
                return False
        if (last.data or day.data, ends.data) <= (day.data, begins.data):
            ends.errors = [_("Träffen behöver sluta efter att den har börjat")]
            return False
        return True

    def dates(self) -> Dates:
        """Return what was filled in; an empty day means that there is no date."""
        course = self.course
        return Dates(
            ends_on=self.ends_on.data,
            opens=self._days("opens", [module.id for module in course.modules]),
            due=self._days("due", [one.id for one in course.assignments]),
            meetings={
                m.id: self._meeting(m.id) for m in course.meetings if self[f"day-{m.id}"].data
            },
        )

    def _days(self, kind: str, ids: list[str]) -> dict[str, Any]:
        return {key: self[f"{kind}-{key}"].data for key in ids if self[f"{kind}-{key}"].data}

    def _meeting(self, meeting_id: str) -> Meeting:
        def value(name: str) -> Any:
            return self[f"{name}-{meeting_id}"].data

        first, last = value("day"), value("last") or value("day")
        return Meeting(
            starts_at=datetime.combine(first, value("from"), STOCKHOLM),
            ends_at=datetime.combine(last, value("to"), STOCKHOLM),
            place=value("place"),
            link=value("link"),
        )


def dates_form(
    context: CohortContext, course: Course, stored: StoredDates, data: Any = None
) -> DatesForm:
    """Return the form with what stands now; with `data`, with what was typed."""
    fields: dict[str, Any] = {"course": course, "stored": stored}
    values: dict[str, Any] = {}
    for module in course.modules:
        fields[f"opens-{module.id}"] = DayField(_("Modulen öppnar"), [Optional()])
        values[f"opens-{module.id}"] = stored.opens.get(module.id)
    for one in course.assignments:
        fields[f"due-{one.id}"] = DayField(
            _("Sista dag för ”%(title)s”", title=one.title), [Optional()]
        )
        values[f"due-{one.id}"] = stored.due.get(one.id)
    for meeting in course.meetings:
        fields |= _meeting_fields(meeting.id)
        values |= _meeting_values(meeting.id, stored, meeting.place)
    form_class = type("CohortDatesForm", (DatesForm,), fields)
    cohort = context.cohort
    return form_class(data, data={"ends_on": cohort.ends_on, "version": cohort.version} | values)


def _meeting_fields(key: str) -> dict[str, Field]:
    too_long = _("Texten är för lång")
    return {
        f"day-{key}": DayField(_("Första dag"), [Optional()]),
        f"from-{key}": TimeField(_("Börjar kl."), [Optional()]),
        f"last-{key}": DayField(_("Sista dag"), [Optional()]),
        f"to-{key}": TimeField(_("Slutar kl."), [Optional()]),
        f"place-{key}": StringField(
            _("Plats"), [Length(max=200, message=too_long)], filters=[strip]
        ),
        f"link-{key}": StringField(
            _("Länk, om träffen är digital"),
            [Optional(), Length(max=500, message=too_long),
             Regexp(r"^https?://\S+$", message=_("Skriv en hel adress som börjar med https://"))],
            filters=[strip],
        ),
    }


def _meeting_values(key: str, stored: StoredDates, place: str) -> dict[str, Any]:
    meeting = stored.meetings.get(key)
    if meeting is None:
        return {f"place-{key}": place}
    starts, ends = (t.astimezone(STOCKHOLM) for t in (meeting.starts_at, meeting.ends_at))
    return {
        f"day-{key}": starts.date(), f"from-{key}": starts.time(), f"last-{key}": ends.date(),
        f"to-{key}": ends.time(), f"place-{key}": meeting.place, f"link-{key}": meeting.link,
    }
