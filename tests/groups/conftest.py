"""A council with two consumers, a provider and its chair, reached through the actions."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts.actions import enter_member
from accounts.models import Member, StandingKind
from devtools import seating
from devtools.states import state
from foundation.models import Agency
from groups import actions
from groups.models import Decision, Group, GroupKind, Meeting, Office

Propose = Callable[..., Decision]
DAY = timedelta(days=1)


@pytest.fixture
def today(agency: Agency) -> date:
    return agency.today()


@pytest.fixture
def start(today: date) -> date:
    """The council's first day."""
    return today - timedelta(days=100)


@state
def council(agency: Agency, administrator: Member, start: date) -> Group:
    return actions.open_group(
        agency,
        kind=GroupKind.COUNCIL,
        name="Council on welcome",
        purpose="How people are welcomed.",
        by=administrator,
        on=start,
    )


@state
def chair(
    council: Group, enter: Callable[..., Member], start: date, administrator: Member
) -> Member:
    member = enter("Hal", StandingKind.PROVIDER)
    seating.seat(council, member, office=Office.CHAIR, since=start, by=administrator)
    return member


@state
def seated(
    council: Group,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    administrator: Member,
    start: date,
) -> Group:
    """The council with Rosa and Sam (consumers), Priya (a provider) and Hal, its chair."""
    for member in (consumer, second_consumer, provider):
        seating.seat(council, member, since=start, by=administrator)
    return council


@pytest.fixture
def propose(seated: Group, consumer: Member) -> Propose:
    def propose(**kwargs: Any) -> Decision:
        given = {"title": "Water at the door", "text": "Offer water to all who come.", **kwargs}
        return actions.propose(seated, by=given.pop("by", consumer), **given)

    return propose


def planned_long_ago(meeting: Meeting) -> Meeting:
    """As if its date was set a month before."""
    meeting.dated_on = meeting.on - 30 * DAY
    Meeting.objects.within(meeting.agency).filter(pk=meeting.pk).update(dated_on=meeting.dated_on)
    return meeting


@state
def meeting(seated: Group, chair: Member) -> Meeting:
    return planned_long_ago(
        actions.plan_meeting(
            seated, starts_at=now() - DAY, by=chair, minutes_planned=90, agenda="Welcome."
        )
    )


@state
def coming(seated: Group, chair: Member) -> Meeting:
    return planned_long_ago(
        actions.plan_meeting(
            seated, starts_at=now() + 7 * DAY, by=chair, place="Room 4", agenda="Tea."
        )
    )


@state
def board(agency: Agency, administrator: Member, start: date) -> Group:
    return actions.open_group(
        agency, kind=GroupKind.GOVERNING_BODY, name="Board", by=administrator, on=start
    )


@state
def committee(
    agency: Agency,
    administrator: Member,
    committee_chair: Member,
    second_consumer: Member,
    provider: Member,
    start: date,
) -> Group:
    """Chidi (chair) and Sam are consumers, Priya a provider."""
    group = actions.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight", by=administrator, on=start
    )
    seating.seat(group, committee_chair, office=Office.CHAIR, since=start, by=administrator)
    for member in (second_consumer, provider):
        seating.seat(group, member, since=start, by=administrator)
    return group


@state
def on_paper(agency: Agency, administrator: Member, long_ago: date) -> Member:
    """Somebody without a way to sign in."""

    return enter_member(
        by=administrator,
        name="Olga Paper",
        display_name="Olga",
        since=long_ago,
        standings=(StandingKind.PRIMARY_CONSUMER,),
    )


def send(client: Client, url: str, **data: object) -> Any:
    return client.post(url, {"submission": str(uuid4()), **data})
