"""Counts of concerns: only whole years, never a number that could point to somebody."""

from datetime import date, timedelta

import pytest

from concerns.actions import writing
from concerns.counting import by_year
from concerns.models import Concern
from foundation.addresses import at
from foundation.models import Agency
from tests.concerns.conftest import CodedReader, Send
from tests.concerns.test_pages import get
from tests.conftest import Login

pytestmark = pytest.mark.django_db
Readers = tuple[CodedReader, CodedReader, CodedReader]


def test_a_year_is_counted_once_it_is_over_and_never_below_the_minimum(
    established: None, readers: Readers, send: Send, agency: Agency, login: Login
) -> None:
    today = agency.today()
    summer = date(today.year - 1, 6, 15)
    last_year = summer - timedelta(days=summer.weekday())
    # None at all looks like a few.
    assert [(each.year, each.all) for each in by_year(agency, today)] == [
        (today.year - 1, "fewer than 5"),
        (today.year - 2, "fewer than 5"),
    ]
    sent = [send() for _each in range(5)]
    assert by_year(agency, today)[0].all == "fewer than 5"
    four = [each.concern.pk for each in sent[:4]]
    Concern.objects.within(agency).filter(pk__in=four).update(week=last_year)
    assert by_year(agency, today)[0].all == "fewer than 5"
    Concern.objects.within(agency).update(week=last_year)
    writing.make_complaint(agency, keys=sent[0].keys)
    told = by_year(agency, today)[0]
    assert (told.all, told.taken, told.complaints) == ("5", "", "")
    page = get(login(readers[0].member), at(agency, "concerns:readers"))
    assert f"{today.year - 1}: 5" in page
    assert "Formal complaints" not in page
    # All of them would say so of each.
    Concern.objects.within(agency).update(complaint=True)
    assert by_year(agency, today)[0].complaints == ""
