"""A demo that is built twice; in this process, since the browser's has enough to do."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.actions import found_agency
from devtools.demo.database import built
from devtools.demo.story import BEGAN, begin


def test_two_builds_tell_the_same_story(django_db_setup: None) -> None:
    first, second = built().said, built("demo_again").said
    # Its duration is reported but not judged, since machines differ.
    assert re.search(r"was built in [0-9.]+ s", second)
    # Each as of its own day: midnight may have passed since the first was built.
    digests = [re.findall(r"digest (\w+)", said) for said in (first, second)]
    assert digests[0] == digests[1]
    assert len(digests[0]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [0, 9, 22, 23])
@pytest.mark.parametrize("month", [1, 4, 7, 11])
def test_the_agency_is_founded_on_one_day_at_whatever_hour_it_is_built(
    hour: int, month: int
) -> None:
    """Half a year apart, clocks may show another hour, and at 23:00 so another day."""
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, month, 20, hour, 30, tzinfo=zone)
    with time_machine.travel(now.astimezone(UTC), tick=False):
        story = begin(
            lambda: found_agency(
                slug="beside",
                name="Beside",
                timezone="America/New_York",
                administrator="Ada",
                email="ada@beside.example",
            ),
            zone,
        )
    founded = story.agency.opened.astimezone(zone).date()
    assert founded == now.date() - timedelta(days=BEGAN)
