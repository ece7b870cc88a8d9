"""A committee of two consumers and a provider, and the Account of its last quarter."""

from datetime import date

import pytest

from accounts.models import Member, StandingKind
from devtools.seating import seat
from devtools.states import state
from foundation.models import Agency
from foundation.quarters import Quarter, before, quarter_of
from groups.actions.seats import open_group
from groups.models import Group, GroupKind, Office
from quarterly import actions
from quarterly.models import QuarterlyAccount

OPENING = "We were heard about the wait at the front desk, and it got shorter."


@state
def committee(
    agency: Agency,
    administrator: Member,
    committee_chair: Member,
    second_consumer: Member,
    provider: Member,
    long_ago: date,
) -> Group:
    group = open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight", by=administrator, on=long_ago
    )
    consumers = ((committee_chair, Office.CHAIR), (second_consumer, Office.NONE))
    for member, office in consumers:
        seat(
            group,
            member,
            standing=StandingKind.PRIMARY_CONSUMER,
            office=office,
            since=long_ago,
            by=administrator,
        )
    seat(group, provider, standing=StandingKind.PROVIDER, since=long_ago, by=administrator)
    return group


@pytest.fixture
def quarter(agency: Agency) -> Quarter:
    """The last one that is over."""
    return before(quarter_of(agency.today()))


@state
def draft(committee: Group, committee_chair: Member, agency: Agency) -> QuarterlyAccount:
    since = before(quarter_of(agency.today())).since
    return actions.begin_account(since=since, opening=OPENING, by=committee_chair)


@state
def asked(draft: QuarterlyAccount, provider: Member) -> QuarterlyAccount:
    """The consumers are asked, by somebody who is none."""
    return actions.ask_consumers(draft, by=provider)
