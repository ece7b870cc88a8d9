"""A committee with two consumers and a provider, a governing body, and ways to decide."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Member
from devtools import seating
from devtools.states import state
from documents import actions
from documents.checklists import checklist
from documents.models import DocumentKind, Rating, Version
from foundation.models import Agency
from groups import actions as group_actions
from groups.models import Choice, Decision, DecisionStatus, Group, GroupKind, Office

Put = Callable[..., Version]
Adopt = Callable[[Version], Version]
Rate = Callable[..., Rating]


@pytest.fixture
def today(agency: Agency) -> date:
    return agency.today()


@state
def committee(
    agency: Agency,
    administrator: Member,
    committee_chair: Member,
    consumer: Member,
    provider: Member,
    long_ago: date,
) -> Group:
    group = group_actions.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight", by=administrator, on=long_ago
    )
    for member, office in ((committee_chair, Office.CHAIR), (consumer, ""), (provider, "")):
        seating.seat(group, member, office=office, since=long_ago, by=administrator)
    return group


@state
def board(
    agency: Agency,
    administrator: Member,
    manager: Member,
    second_consumer: Member,
    long_ago: date,
) -> Group:
    group = group_actions.open_group(
        agency, kind=GroupKind.GOVERNING_BODY, name="Board", by=administrator, on=long_ago
    )
    for member, office in ((manager, Office.CHAIR), (second_consumer, "")):
        seating.seat(group, member, office=office, since=long_ago, by=administrator)
    return group


@pytest.fixture
def put(committee: Group, board: Group, administrator: Member) -> Put:
    """Write a version and put it before both bodies."""

    def put(kind: str = DocumentKind.MISSION, text: str = "We trust in hope.") -> Version:
        version = actions.draft(kind, text=text, by=administrator)
        actions.propose_for_ratification(version, by=administrator)
        version.refresh_from_db()
        return version

    return put


def decide(version: Version, group: Group, *, adopted: bool = True) -> Decision:
    """Every voting member of the group takes a position, and its chair closes."""
    decision = Decision.objects.within(version.agency).get(
        subject_type="document_version",
        subject_id=version.pk,
        group=group,
        status=DecisionStatus.OPEN,
    )
    seats = list(group.seats.select_related("member").order_by("pk"))
    for seat in seats:
        seat.member.agency = version.agency
        choice = Choice.AGREE if adopted else Choice.OBJECT
        group_actions.take_position(
            decision, member=seat.member, choice=choice, reason="" if adopted else "Not yet."
        )
    return group_actions.close_decision(decision, by=seats[0].member, adopted=adopted)


@pytest.fixture
def adopt(committee: Group, board: Group) -> Adopt:
    """Both bodies adopt the version."""

    def adopt(version: Version) -> Version:
        decide(version, committee)
        decide(version, board)
        version.refresh_from_db()
        return version

    return adopt


@pytest.fixture
def rate() -> Rate:
    def rate(version: Version, rater: Member, *, without: str = "", **kwargs: Any) -> Rating:
        """A rating that found every checklist item except those in `without`."""
        answers = {
            item.code: (item.code != without, f"the words for {item.code}")
            for item in checklist(version.document.kind)
        }
        return actions.rate(version, rater=rater, answers=answers, **kwargs)

    return rate


def send(client: Client, url: str, **data: object) -> Any:
    return client.post(url, {"submission": str(uuid4()), **data})
