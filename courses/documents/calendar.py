"""Somebody's dates as a calendar that calendar programs read (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.rules.calendar import STOCKHOLM

REFRESH = timedelta(hours=6)
"""How often calendar programs are asked to look again."""
# the rule of the European Union, which programs know better than a list of its days
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A meeting (with times), or a last day (a date alone)."""

    key: str
    """Names it for good, whatever is changed about it."""
    title: str
    starts: datetime | date
    ends: datetime | None = None
    place: str = ""
    text: str = ""
    url: str
    revision: int
    """Grows when it is changed."""
    changed_at: datetime


def calendar(entries: Iterable[Entry], *, name: str, host: str) -> bytes:
    """Return the calendar: the same entries give the same bytes."""
    from icalendar import Calendar, Timezone

    whole = Calendar()
    whole.add("prodid", f"-//{host}//Stegvis//SV")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    whole.add("x-wr-timezone", "Europe/Stockholm")
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add_component(Timezone.from_ical(ZONE))
    for one in entries:
        whole.add_component(_event(one, host))
    return bytes(whole.to_ical())


def _event(one: Entry, host: str):  # type: ignore[no-untyped-def]  # icalendar comes on use
    from icalendar import Event

    event = Event()
    event.add("uid", f"{one.key}@{host}")
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.revision)
    event.add("summary", one.title)
    if isinstance(one.starts, datetime):
        event.add("dtstart", one.starts.astimezone(STOCKHOLM))
        event.add("dtend", (one.ends or one.starts).astimezone(STOCKHOLM))
    else:  # a last day takes no time of the day
        event.add("dtstart", one.starts)
        event.add("dtend", one.starts + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for name, value in (("location", one.place), ("description", one.text), ("url", one.url)):
        if value:
            event.add(name, value)
    return event
