"""Money handed over before its approval is recorded as it was."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.payments import actions as paying
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import plan_meeting, record_attendance
from groups.models import Group
from tests.conftest import Login
from tests.days import days_on

DAY = timedelta(days=1)


@pytest.fixture
def approved(
    agency: Agency,
    plan: PlanVersion,
    council: Group,
    consumer: Member,
    administrator: Member,
    approver: Member,
) -> Iterator[Claim]:
    """Earned three days ago, approved today: ten days after the plan began."""
    choosing.elect(consumer, choice="accept", on=agency.today())
    with time_machine.travel(days_on(10)):
        met = plan_meeting(council, starts_at=timezone.now() - 3 * DAY, by=administrator)
        record_attendance(met, present={consumer: Decimal(1)}, by=administrator)
        claim = Claim.objects.within(agency).get(member=consumer)
        (approved,) = claiming.approve([claim], by=approver, on=agency.today())
        yield approved


def test_cash_on_the_day_is_recorded_and_the_list_says_so(
    agency: Agency, approved: Claim, payer: Member, login: Login
) -> None:
    on = agency.today() - 3 * DAY
    (payment,) = paying.pay([approved], by=payer, paid_on=on, method="cash")
    assert payment.paid_on == on
    page = login(payer).get(at(agency, "compensation:paid")).content.decode()
    assert "before it was approved" in page


@pytest.mark.parametrize("days", [-1, 4])
def test_not_on_a_day_to_come_nor_before_it_was_earned(
    agency: Agency, approved: Claim, payer: Member, days: int
) -> None:
    with pytest.raises(ValidationError):
        paying.pay([approved], by=payer, paid_on=agency.today() - days * DAY, method="cash")
