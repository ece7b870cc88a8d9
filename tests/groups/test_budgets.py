from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from accounts.models import Member, StandingKind
from devtools import seating
from foundation.addresses import at
from groups import actions
from groups.models import Choice, DecisionStatus, Group, GroupKind, Meeting, Office, Seat
from tests.conftest import Login, assert_budget
from tests.groups.conftest import Propose

DAY = timedelta(days=1)


@pytest.mark.parametrize("page", ["list", "people", "meetings", "decisions", "group"])
def test_pages_ask_as_many_queries_with_twice_the_rows(
    page: str,
    seated: Group,
    propose: Propose,
    chair: Member,
    consumer: Member,
    administrator: Member,
    enter: Callable[..., Member],
    today: date,
    login: Login,
) -> None:
    agency = seated.agency
    url = (
        at(agency, "groups:list") if page == "list" else at(agency, f"groups:{page}", pk=seated.pk)
    )

    def more() -> None:
        for number in range(4):
            name = f"P{today.toordinal()}{number}{Group.objects.within(agency).count()}"
            seating.seat(seated, enter(name, StandingKind.PROVIDER), since=today, by=administrator)
            actions.plan_meeting(seated, starts_at=now() + number * DAY, by=chair)
            propose(title=name)
        for number in range(4):
            actions.open_group(
                agency, kind=GroupKind.CELL, name=f"Cell {number}", by=administrator, on=today
            )

    more()
    client = login(consumer)
    first = assert_budget(client, url)
    more()
    assert assert_budget(client, url) == first


@pytest.mark.parametrize("page", ["meeting", "attendance", "decision", "calendar"])
def test_the_pages_of_meetings_and_proposals_keep_within_ten_queries(
    page: str,
    meeting: Meeting,
    coming: Meeting,
    propose: Propose,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    login: Login,
) -> None:
    decision = propose()
    agency = decision.agency
    actions.take_position(decision, member=consumer, choice=Choice.OBJECT, reason="No.")
    actions.take_position(decision, member=chair, choice=Choice.AGREE)
    actions.amend(decision, title="Tea", text="Tea.", by=chair)
    url = {
        "meeting": at(agency, "groups:meeting", pk=meeting.pk),
        "attendance": at(agency, "groups:attendance", pk=meeting.pk),
        "decision": at(agency, "groups:decision", pk=decision.pk),
        "calendar": at(agency, "groups:calendar"),
    }[page]
    client = login(chair)
    actions.record_attendance(meeting, present={consumer: Decimal(1)}, by=chair)
    first = assert_budget(client, url)
    actions.record_attendance(meeting, present={second_consumer: Decimal(1)}, by=chair)
    for member in (consumer, second_consumer, chair):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    for number in range(3):
        actions.plan_meeting(coming.group, starts_at=now() + number * DAY, by=chair)
    assert assert_budget(client, url) == first


def test_what_waits_to_be_confirmed_from_paper_keeps_within_the_budget(
    meeting: Meeting,
    propose: Propose,
    chair: Member,
    consumer: Member,
    facilitator: Member,
    administrator: Member,
    login: Login,
) -> None:
    """For a voting member who may confirm it, and for somebody who also runs the group."""
    seat = Seat.objects.within(meeting.agency).get(member=consumer)
    seating.give_office(seat, office=Office.CO_CHAIR, on=seat.agency.today(), by=administrator)
    actions.record_attendance(meeting, present={consumer: Decimal(1)}, by=chair)
    proposal = propose()
    actions.take_position(proposal, member=consumer, choice=Choice.AGREE)
    written = actions.write_down(
        proposal.group,
        title=proposal.title,
        text=proposal.text,
        on=meeting.on,
        waiver="The others knew.",
        by=chair,
        decision=proposal,
    )
    assert written.status == DecisionStatus.RECORDED
    page = at(written.agency, "groups:decision", pk=written.pk)
    client = login(consumer)
    assert at(written.agency, "groups:attest", pk=written.pk) in client.get(page).text
    assert_budget(client, page)
    assert_budget(login(facilitator), page)
