from datetime import UTC, datetime, timedelta

import pytest

from courses.models import CohortMeeting
from tests.factories import make_cohort, make_enrollment, user_of


@pytest.mark.parametrize(
    ("hours", "period", "times"),
    [
        (24, "29–30 september 2099, lunch till lunch", "tisdag kl. 12.00 till onsdag kl. 12.00"),
        (28, "29–30 september 2099<br>", "tisdag kl. 12.00 till onsdag kl. 16.00"),
        (48, "29 september – 1 oktober 2099, lunch", "tisdag kl. 12.00 till torsdag kl. 12.00"),
    ],
)
def test_a_meeting_over_days_is_shown_with_both(
    client, login, session, course, hours, period, times
):
    karin = make_enrollment(session, make_cohort(session, course))
    start = datetime(2099, 9, 29, 10, tzinfo=UTC)
    session.add(
        CohortMeeting(
            cohort_id=karin.cohort_id, meeting_id="T1", starts_at=start,
            ends_at=start + timedelta(hours=hours), place="Lycksele",
        )
    )
    login(user_of(session, karin))

    page = client.get("/hem").text

    assert period in page
    assert f"Från {times}" in page
    english = client.get("/hem?lang=en").text
    assert ("lunch to lunch" in english) == ("lunch" in period)
    assert "From Tuesday 12:00 to" in english
