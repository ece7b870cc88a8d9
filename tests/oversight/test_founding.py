"""A review of a quarter within the founding: nothing says "Act" that is not judged yet."""

from datetime import datetime, time, timedelta

import time_machine

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from foundation.quarters import quarter_of
from groups.models import Group
from indicators.actions import catch_up
from oversight import actions
from tests.conftest import Login
from tests.oversight.conftest import text

CODES = ("mission", "process", "compensation", "oversight")


def test_a_review_and_its_packet_keep_that_it_was_the_founding(
    agency: Agency, committee_group: Group, committee_chair: Member, login: Login
) -> None:
    """The quarter in which the agency began ends within its 120 days."""
    quarter = quarter_of(agency.today())
    after = datetime.combine(quarter.until + timedelta(days=2), time(12), agency.zone)
    with time_machine.travel(after):
        catch_up(agency)
        review = actions.open_review(since=quarter.since, by=committee_chair)
        client = login(committee_chair)
        page = text(client, at(agency, "oversight:review", pk=review.pk))
        assert page.count("app-sign--founding") == len(CODES)
        for code in CODES:
            own = text(client, at(agency, "oversight:sign", pk=review.pk, code=code))
            assert "app-answer app-sign--founding" in own
            assert "app-status--not-met" not in own
        packet = text(client, at(agency, "oversight:packet", pk=review.pk))
        assert packet.count("app-status--founding") == len(CODES)
    # What was frozen says the same long after.
    with time_machine.travel(after + timedelta(days=400)):
        page = text(login(committee_chair), at(agency, "oversight:review", pk=review.pk))
        assert page.count("app-sign--founding") == len(CODES)
