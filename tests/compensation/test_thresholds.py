"""Amounts of law by year: which one counts, who is asked to enter it, and what a member reads."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.mine.reading import Together, together
from compensation.payments import actions as paying
from compensation.payments.counsel import Counsel, Year, reached
from compensation.policies import (
    BENEFIT_MARKER,
    GAINFUL_2026,
    TAX_REPORTING,
    TRIAL_WORK_2026,
    tax_reporting,
)
from foundation.addresses import at
from foundation.models import Agency
from foundation.policies import Limit
from groups.actions import plan_meeting
from groups.models import Group
from indicators import actions as settings
from notifications.waiting import waiting
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.compensation.test_periods import paid
from tests.conftest import Login, assert_budget
from tests.days import days_on

__all__ = ["council", "earned", "meeting", "paid", "plan"]


def moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 17, tzinfo=UTC)


@pytest.mark.parametrize(("year", "amount"), [(2024, 600), (2025, 600), (2026, 2000), (2027, None)])
def test_each_year_has_its_own_amount(year: int, amount: int | None, agency: Agency) -> None:
    assert tax_reporting(agency, year) == amount


@pytest.fixture
def entered(administrator: Member, agency: Agency) -> int:
    """The year that comes, for which an administrator entered an amount."""
    year = max(agency.today().year + 1, 2027)
    settings.change_policy(
        TAX_REPORTING.code, value=2100, since=date(year, 1, 1), reason="IRS", by=administrator
    )
    return year


def test_what_is_entered_counts_for_its_year_alone(entered: int, agency: Agency) -> None:
    assert tax_reporting(agency, entered) == 2100
    assert tax_reporting(agency, entered + 1) is None
    assert tax_reporting(agency, 2026) == 2000


def asked(member: Member, day: date) -> list[str]:
    """The years for which the amount is asked for."""
    titles = [each.title for each in waiting(member, day) if "tax papers" in each.title]
    return [title[-4:] for title in titles]


def test_administrators_are_asked_from_november_on(
    administrator: Member, payer: Member, agency: Agency
) -> None:
    assert asked(administrator, date(2026, 10, 31)) == []
    assert asked(administrator, date(2026, 11, 1)) == ["2027"]
    assert asked(administrator, date(2027, 6, 1)) == ["2027"]
    assert asked(payer, date(2026, 11, 1)) == []


def test_nobody_is_asked_for_what_is_entered(entered: int, administrator: Member) -> None:
    assert asked(administrator, date(entered - 1, 12, 1)) == []
    assert asked(administrator, date(entered, 10, 31)) == []
    assert asked(administrator, date(entered, 11, 1)) == [str(entered + 1)]


def test_a_page_says_when_the_amount_is_not_entered(
    earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency, login: Login
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    with time_machine.travel(moment(2027, 3, 1), tick=True):
        paying.pay([earned], by=payer, paid_on=agency.today(), method="cash")
        client, url = login(consumer), at(agency, "compensation:my_payments")
        assert "is not entered yet" in client.get(url).text
        assert_budget(client, url)


@pytest.mark.parametrize(
    ("amount", "year", "expected"),
    [
        (BENEFIT_MARKER.value - 1, 2026, ()),
        (BENEFIT_MARKER.value, 2026, (BENEFIT_MARKER,)),
        (TRIAL_WORK_2026.value, 2026, (BENEFIT_MARKER, TRIAL_WORK_2026)),
        (GAINFUL_2026.value, 2026, (BENEFIT_MARKER, TRIAL_WORK_2026, GAINFUL_2026)),
        (GAINFUL_2026.value, 2027, (BENEFIT_MARKER,)),
    ],
)
def test_the_page_names_the_amounts_that_pay_reaches_and_never_says_safe(
    amount: int, year: int, expected: tuple[Limit, ...]
) -> None:
    month = Decimal(amount)
    found = Counsel(Year(year), Year(year - 1), month, reached(month, year))
    assert found.passed == expected
    assert found.may_touch_benefits is bool(expected)
    text = render_to_string("compensation/mine/counsel.html", {"counsel": found})
    assert "benefits counselor" in text
    assert "safe" not in text
    assert [each.words in text for each in found.further] == [True] * len(found.further)


def test_pay_of_several_months_that_may_come_at_once_is_told_before(
    earned: Claim, council: Group, consumer: Member, administrator: Member, agency: Agency
) -> None:
    """Costs don't count, and neither does what the member has turned down."""
    with time_machine.travel(days_on(40), tick=True):
        today = agency.today()
        claiming.claim_cost(
            member=consumer,
            amount=Decimal(90),
            on=today,
            what_for="A ride",
            no_receipt="Lost",
            by=consumer,
        )
        assert together(consumer, today) is None
        later = plan_meeting(council, starts_at=timezone.now(), by=administrator)
        attend(later, administrator, {consumer: "1.00"})
        assert together(consumer, today) is None, "it does not reach a marker"
        attend(later, administrator, {consumer: "1.50"})
        assert together(consumer, today) == Together(Decimal(70), 2)
        choosing.elect(consumer, choice="decline", on=today, gives_up_earned=True)
        assert together(consumer, today) is None
