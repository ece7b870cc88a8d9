"""Management's promises have a deadline, until the committee records their completion."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from devtools import committee
from foundation.addresses import at
from foundation.models import Agency
from oversight import actions
from oversight.models import Recommendation
from tests.conftest import Login
from tests.oversight.test_waiting import of_oversight

DAY = timedelta(days=1)


@pytest.fixture
def promised(
    recommendation: Recommendation, manager: Member, committee_chair: Member, today: date
) -> Recommendation:
    """Accepted, to be done in ten days."""
    actions.give_response(
        recommendation,
        answer="accept",
        reason="It is right.",
        actions="We buy chairs.",
        actions_by=today + 10 * DAY,
        by=manager,
    )
    committee.judge(recommendation, satisfactory=True, by=committee_chair)
    return recommendation


def marks(client: Client, agency: Agency) -> tuple[bool, bool]:
    """Whether the list and the dashboard say that it is overdue."""
    listed = client.get(at(agency, "oversight:recommendations")).context["going"]
    dashboard = client.get(at(agency, "indicators:dashboard")).content.decode()
    return (
        any(each["clock"].overdue for each in listed),
        "recommendation of the oversight committee is overdue" in dashboard,
    )


def test_a_promise_that_is_late_is_marked_everywhere_until_the_committee_closes_it(
    promised: Recommendation,
    agency: Agency,
    manager: Member,
    committee_chair: Member,
    login: Login,
    today: date,
) -> None:
    now = timezone.now()
    for days, late in ((9, False), (10, False), (11, True), (48, True)):
        with time_machine.travel(now + days * DAY, tick=False):
            assert marks(login(manager), agency) == (late, late)
            (one,) = [e for e in of_oversight(manager, agency.today()) if promised.title in e.title]
            assert (one.due, one.overdue) == (today + 10 * DAY, late)
    with time_machine.travel(now + 49 * DAY, tick=False):
        asked = [e for e in of_oversight(committee_chair, agency.today()) if e.overdue]
        assert promised.title in "".join(each.title for each in asked)
        promised.refresh_from_db()
        committee.close_recommendation(promised, evidence="They stand there.", by=committee_chair)
        assert marks(login(manager), agency) == (False, False)
        assert not [e for e in of_oversight(manager, agency.today()) if promised.title in e.title]
        day_before = agency.today() - DAY
        rows = Recommendation.objects.within(agency)
        assert [row.pk for row in rows.overdue(day_before)] == [promised.pk]


def test_what_management_will_not_do_has_no_clock(
    recommendation: Recommendation,
    agency: Agency,
    manager: Member,
    committee_chair: Member,
    today: date,
) -> None:
    actions.give_response(recommendation, answer="decline", reason="No.", by=manager)
    committee.judge(recommendation, satisfactory=True, by=committee_chair)
    rows = Recommendation.objects.within(agency)
    assert not rows.to_carry_out(today + 400 * DAY).exists()
