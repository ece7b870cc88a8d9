"""The first lines of all who came to a meeting are what each would get alone."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member, StandingKind
from compensation.choosing import actions as choosing
from compensation.claims.models import Claim, ClaimStatus, Owed
from compensation.offers.actions import offer
from compensation.offers.models import Offer
from compensation.plan.models import PlanVersion
from foundation.models import Agency, Event
from groups.actions import plan_meeting, record_attendance, void_attendance
from groups.models import Attendance, Group, Meeting
from notifications.models import Message
from tests.conftest import Enter

FIELDS = ("member", "status", "hours", "amount", "before_cap", "rate", "service_on", "due_on")


def chosen(member: Member, choice: str) -> None:
    on = member.agency.today()
    offer(member, on=on)
    choosing.elect(member, choice=choice, on=on)


@pytest.fixture
def people(enter: Enter, plan: PlanVersion) -> dict[str, Member]:
    """Each another case; for one of them there is other time that day."""
    found = {
        name: enter(name, StandingKind.PRIMARY_CONSUMER)
        for name in ("Accepts", "Declines", "Undecided", "Capped", "Twice", "Again")
    }
    found["Staff"] = enter("Staff", StandingKind.PROVIDER)
    for name, choice in (("Accepts", "accept"), ("Twice", "accept"), ("Declines", "decline")):
        chosen(found[name], choice)
    return found


@pytest.fixture
def hours(people: dict[str, Member]) -> dict[Member, Decimal]:
    return {member: Decimal(4 if name == "Capped" else 2) for name, member in people.items()}


@pytest.fixture
def busy(
    people: dict[str, Member], council: Group, meeting: Meeting, administrator: Member
) -> None:
    """One was in another meeting that day; another's record was voided."""
    other = plan_meeting(council, starts_at=timezone.now(), by=administrator)
    record_attendance(other, present={people["Twice"]: Decimal("1.5")}, by=administrator)
    record_attendance(meeting, present={people["Again"]: Decimal(1)}, by=administrator)
    row = Attendance.objects.within(administrator.agency).get(member=people["Again"])
    void_attendance(row, reason="She had left.", by=administrator)


def made(agency: Agency) -> Mapping[str, Any]:
    """All that recording leaves behind about pay, whatever the order."""
    claims, owed = Claim.objects.within(agency), Owed.objects.within(agency)
    return {
        "lines": sorted(map(str, claims.values_list(*FIELDS))),
        "history": Claim.history.filter(agency=agency).count(),
        "owed": sorted(map(str, owed.values_list("claim__member", "due_on"))),
        "offers": sorted(Offer.objects.within(agency).values_list("member", flat=True)),
        "told": sorted(
            Message.objects.within(agency)
            .filter(code__startswith="payment.")
            .values_list("member", "code")
        ),
        "events": sorted(
            Event.objects.within(agency)
            .filter(name__in=["payment.earned", "payment.corrected", "attendance.recorded"])
            .values_list("name", flat=True)
        ),
    }


@pytest.mark.usefixtures("busy")
def test_all_at_once_get_what_each_gets_alone(
    hours: dict[Member, Decimal], people: dict[str, Member], meeting: Meeting, administrator: Member
) -> None:
    agency = administrator.agency
    with transaction.atomic():
        record_attendance(meeting, present=hours, by=administrator)
        together = made(agency)
        transaction.set_rollback(True)
    for member, each in hours.items():
        record_attendance(meeting, present={member: each}, by=administrator)
    assert together == made(agency)
    claims = Claim.objects.within(agency).filter(attendance__meeting=meeting)
    amounts = {claim.member.display_name: (claim.status, claim.amount) for claim in claims}
    assert amounts == {
        "Accepts": (ClaimStatus.EARNED, Decimal(40)),
        "Declines": (ClaimStatus.WAIVED, Decimal(40)),
        "Undecided": (ClaimStatus.WAITING, Decimal(40)),
        "Capped": (ClaimStatus.WAITING, Decimal(50)),
        "Twice": (ClaimStatus.EARNED, Decimal(20)),
        "Again": (ClaimStatus.WAITING, Decimal(40)),
    }


def test_each_more_who_came_costs_no_query_more(
    enter: Enter, plan: PlanVersion, council: Group, administrator: Member
) -> None:
    everybody = [enter(f"Person {n}", StandingKind.PRIMARY_CONSUMER) for n in range(14)]
    for member in everybody:
        chosen(member, "accept")
    asked = []
    for day, count in enumerate((1, 2, 12)):
        at = timezone.now() - timedelta(hours=day)
        meeting = plan_meeting(council, starts_at=at, by=administrator)
        present = {everybody.pop(): Decimal(1) for _ in range(min(count, len(everybody)))}
        with CaptureQueriesContext(connection) as queries:
            record_attendance(meeting, present=present, by=administrator)
        asked.append(len(queries))
    assert asked[1] == asked[2], asked
